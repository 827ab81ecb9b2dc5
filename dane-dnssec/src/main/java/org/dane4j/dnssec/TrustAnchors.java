// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.Ds;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The keys that trust begins with (RFC 4035 §4.4): DS or DNSKEY records of one or more zones.
 *
 * <p>For a name, the anchor of the closest enclosing zone counts. Where a zone has several anchors,
 * any one of them suffices, so that old and new keys can stand side by side during a rollover.
 * Immutable and thread-safe.
 */
public final class TrustAnchors {

  /** The root zone's key signing keys, KSK-2017 and KSK-2024, as IANA publishes them. */
  private static final String IANA =
      """
      . IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
      . IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
      """;

  private final Map<Name, ZoneAnchors> zones;
  private final Map<Name, Instant> negative;

  private TrustAnchors(Map<Name, ZoneAnchors> zones) {
    this(zones, Map.of());
  }

  private TrustAnchors(Map<Name, ZoneAnchors> zones, Map<Name, Instant> negative) {
    this.zones = Map.copyOf(zones);
    this.negative = Map.copyOf(negative);
  }

  /**
   * The anchors of one zone.
   *
   * @param ds those given as DS records
   * @param keys those given as DNSKEY records
   */
  record ZoneAnchors(List<Ds> ds, List<Dnskey> keys) {}

  /**
   * Returns the anchors of the public DNS: both key signing keys of the root zone, 20326 and 38696.
   *
   * @return IANA's anchors
   */
  public static TrustAnchors iana() {
    return parse(IANA);
  }

  /**
   * Reads anchors from text in zone-file form (RFC 1035 §5): DS and DNSKEY records, comments
   * allowed. TTL and class may be left out.
   *
   * @param text the records
   * @return the anchors
   * @throws IllegalArgumentException if the text has no such record, another one, or bad syntax
   */
  public static TrustAnchors parse(String text) {
    Map<Name, ZoneAnchors> zones = new LinkedHashMap<>();
    for (Record record : records(text)) {
      add(zones, record);
    }
    if (zones.isEmpty()) {
      throw new IllegalArgumentException(
          "no trust anchor in the text: give DS or DNSKEY records, such as"
              + " '. IN DS 20326 8 2 E06D44B8...'");
    }
    return new TrustAnchors(zones);
  }

  /**
   * Reads the anchors of the root zone from the XML file that IANA publishes (RFC 9718). That the
   * file is IANA's must be known from elsewhere, such as its detached signature.
   *
   * @param xml the content of {@code root-anchors.xml}
   * @param at when the anchors are to be valid
   * @return the anchors that are valid then
   * @throws IllegalArgumentException if the file is not as RFC 9718 describes it, or no anchor is
   *     valid at that time
   */
  public static TrustAnchors fromRootAnchorsXml(String xml, Instant at) {
    String records = RootAnchorsXml.records(xml, at);
    if (records.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the root anchors is valid at " + at + ": take a newer file, or check the clock");
    }
    return parse(records);
  }

  /**
   * Returns no anchors at all: everything is insecure.
   *
   * @return the empty set
   */
  public static TrustAnchors none() {
    return new TrustAnchors(Map.of());
  }

  /**
   * Returns these anchors with a negative one (RFC 7646): a zone that is known to be broken, and
   * that counts as unsigned for a time, with all that is below. Whoever is on the way can then
   * forge its data. An anchor further down counts again.
   *
   * @param zone the zone's name
   * @param until when the zone is to be trusted again; RFC 7646 allows a week at most
   * @return the anchors with the exception
   */
  public TrustAnchors withNegativeAnchor(Name zone, Instant until) {
    if (!zone.isAbsolute()) {
      throw new IllegalArgumentException(
          "'" + zone + "' is relative: write it with a dot at the end");
    }
    Map<Name, Instant> more = new HashMap<>(negative);
    more.put(zone, Objects.requireNonNull(until, "until"));
    return new TrustAnchors(zones, more);
  }

  private static List<Record> records(String text) {
    List<Record> records = new ArrayList<>();
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    try (Master master = new Master(new ByteArrayInputStream(octets), Name.root, 3600)) {
      master.disableIncludes(true);
      // A few octets of $GENERATE would stand for any number of records.
      master.expandGenerate(false);
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        records.add(record);
      }
      return records;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the trust anchors are not in zone-file form: "
              + String.valueOf(e.getMessage()).replace("<none>:", "line ")
              + "; write a line such as '. IN DS 20326 8 2 E06D44B8...'",
          e);
    }
  }

  private static void add(Map<Name, ZoneAnchors> zones, Record record) {
    ZoneAnchors zone =
        zones.computeIfAbsent(
            record.getName(), name -> new ZoneAnchors(new ArrayList<>(), new ArrayList<>()));
    Ds ds = record.getType() == Type.DS ? Ds.read(record.rdataToWireCanonical()) : null;
    Dnskey key =
        record.getType() == Type.DNSKEY ? Dnskey.read(record.rdataToWireCanonical()) : null;
    if (ds != null) {
      zone.ds().add(ds);
    } else if (key != null) {
      zone.keys().add(key);
    } else {
      throw new IllegalArgumentException(
          "a trust anchor is a DS or DNSKEY record, but this is not: " + record);
    }
  }

  /** Returns the closest zone at or above a name that has anchors; null if none counts. */
  @Nullable Name closest(Name name, Instant at) {
    Name ancestor = closestOfAnyKind(name, at);
    return ancestor == null || isNegative(ancestor, at) ? null : ancestor;
  }

  /** Returns the negative anchor that counts for a name; null if there is none. */
  @Nullable Negative negative(Name name, Instant at) {
    Name ancestor = closestOfAnyKind(name, at);
    Instant until = ancestor == null ? null : negative.get(ancestor);
    return ancestor == null || until == null || !at.isBefore(until)
        ? null
        : new Negative(ancestor, until);
  }

  /** A zone that counts as unsigned until a time. */
  record Negative(Name zone, Instant until) {}

  private @Nullable Name closestOfAnyKind(Name name, Instant at) {
    for (Name ancestor = name; ; ancestor = new Name(ancestor, 1)) {
      if (zones.containsKey(ancestor) || isNegative(ancestor, at)) {
        return ancestor;
      }
      if (ancestor.labels() <= 1) {
        return null;
      }
    }
  }

  /** RFC 7646: at a zone that has both, the negative anchor counts; and it expires. */
  private boolean isNegative(Name zone, Instant at) {
    Instant until = negative.get(zone);
    return until != null && at.isBefore(until);
  }

  /** Returns the anchors of a zone; null if it has none that count. */
  @Nullable ZoneAnchors of(Name zone, Instant at) {
    return isNegative(zone, at) ? null : zones.get(zone);
  }

  /** Returns the anchors that were configured for a zone; null if none were. */
  @Nullable ZoneAnchors configuredAt(Name zone) {
    return zones.get(zone);
  }

  /**
   * Returns the anchors in zone-file form, a line for each, in the order of the zones' names.
   *
   * @return text for {@link #parse}; empty if there are no anchors
   */
  public String toText() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(zones)
        .forEach(
            (zone, anchors) -> {
              anchors.ds().forEach(ds -> line(text, zone, "DS " + ds));
              anchors.keys().forEach(key -> line(text, zone, "DNSKEY " + key.toRdataText()));
            });
    return text.toString();
  }

  private static void line(StringBuilder text, Name zone, String typeAndRdata) {
    text.append(zone).append(" IN ").append(typeAndRdata).append('\n');
  }

  /**
   * Returns the zones none of whose anchors counts under a policy. A validator takes such a zone,
   * and all below it, for unsigned.
   *
   * @param policy which algorithms and digests count
   * @return the zones, in no particular order
   */
  public Set<Name> unusable(AlgorithmPolicy policy) {
    Set<Name> unusable = new HashSet<>();
    zones.forEach(
        (zone, anchors) -> {
          boolean usable =
              anchors.keys().stream().anyMatch(key -> policy.supportsAlgorithm(key.algorithm()))
                  || anchors.ds().stream()
                      .filter(ds -> policy.supportsAlgorithm(ds.algorithm()))
                      .anyMatch(ds -> policy.supportsDigest(ds.digestType()));
          if (!usable) {
            unusable.add(zone);
          }
        });
    return unusable;
  }

  /** Returns the negative anchors with their ends, in the order of the zones' names. */
  SortedMap<Name, Instant> negative() {
    return new TreeMap<>(negative);
  }

  /** Returns the zones that have anchors, with the key tags. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("trust anchors");
    zones.forEach(
        (zone, anchors) -> {
          text.append(' ').append(zone).append(" (");
          anchors.ds().forEach(ds -> text.append(" DS ").append(ds.keyTag()));
          anchors.keys().forEach(key -> text.append(" DNSKEY ").append(key.keyTag()));
          text.append(" )");
        });
    return text.toString();
  }
}
