// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * A tree of signed zones from the root down, which answers as an honest resolver would that asked
 * its servers.
 *
 * <p>Its answers are those to a query with DO=1 and CD=1: data with signatures and proofs, judged
 * by nobody. A query without DO gets the data alone. A tree does not change; {@link #changed} makes
 * a new one with the same keys. Safe for use by many threads.
 */
public final class DnsTree implements DnsResponder {

  private static final int PAYLOAD_SIZE = 1232;

  private final DnsTreeBuilder origin;
  private final Instant at;
  private final Map<Name, SignedZone> zones = new TreeMap<>();
  private final Recursion recursion = new Recursion(this);

  DnsTree(DnsTreeBuilder origin) {
    this.origin = origin;
    this.at = origin.at();
    for (ZoneBuilder settings : origin.zones()) {
      ZoneContents contents = new ZoneContents(settings.apex(), origin.recordsOf(settings));
      zones.put(settings.apex(), new SignedZone(this, settings, contents));
    }
  }

  /**
   * Begins a tree that has a signed root zone and nothing else.
   *
   * @param at the time that the signatures are made for: without further notice they are valid from
   *     an hour before to seven days after it
   * @return a builder
   */
  public static DnsTreeBuilder at(Instant at) {
    return new DnsTreeBuilder(at);
  }

  /**
   * Returns a tree with some changes, in which zones keep their keys and the other settings.
   *
   * @param change what to change: zones to add or to set up further, a later time
   * @return a new tree; this one stays as it is
   */
  public DnsTree changed(Consumer<DnsTreeBuilder> change) {
    DnsTreeBuilder builder = origin.copy();
    change.accept(builder);
    return builder.build();
  }

  /**
   * Returns the time that the tree was made for.
   *
   * @return the time
   */
  public Instant at() {
    return at;
  }

  /**
   * Returns a zone by its name.
   *
   * @param name the name of the zone
   * @return the zone
   * @throws IllegalArgumentException if the tree has no such zone
   */
  public SignedZone zone(String name) {
    SignedZone zone = zones.get(ZoneRecords.absolute(name, Name.root));
    if (zone == null) {
      throw new IllegalArgumentException("no zone " + name + " among " + zones.keySet());
    }
    return zone;
  }

  /**
   * Returns all zones.
   *
   * @return the zones in canonical order, the root first
   */
  public List<SignedZone> zones() {
    return List.copyOf(zones.values());
  }

  /**
   * Returns the trust anchors for the tree as DS records of the root's keys.
   *
   * @return one line of zone-file text for each key, none if the root is unsigned
   */
  public List<String> trustAnchors() {
    return text(zone(".").dsRecords(DsForm.SHA256));
  }

  /**
   * Returns the trust anchors for the tree as DNSKEY records.
   *
   * @return one line of zone-file text for each key, none if the root is unsigned
   */
  public List<String> trustAnchorKeys() {
    return text(
        zone(".").keys().stream().filter(ZoneKey::isKeySigning).map(ZoneKey::dnskey).toList());
  }

  /**
   * Returns the honest answer to a query.
   *
   * @param query a query
   * @return the response, with all the signatures and proofs that belong to it if DO is set
   */
  public Message answer(Message query) {
    return recursion.answer(query);
  }

  /**
   * Returns the honest answer to a question that is asked as a validator asks: DO=1, CD=1, RD=1.
   *
   * @param name the name, with or without its final dot
   * @param type a type of dnsjava's {@code Type}
   * @return the response
   */
  public Message answer(String name, int type) {
    Name absolute = ZoneRecords.absolute(name, Name.root);
    Message query = Message.newQuery(Record.newRecord(absolute, type, DClass.IN));
    query.getHeader().setFlag(Flags.CD);
    query.addRecord(new OPTRecord(PAYLOAD_SIZE, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return answer(query);
  }

  @Override
  public DnsReply respond(Message query) {
    return DnsReply.of(answer(query));
  }

  /** Returns the zone closest to a name, from the name or from above it. */
  Optional<SignedZone> enclosing(Name name) {
    for (int skipped = 0; skipped < name.labels(); skipped++) {
      SignedZone zone = zones.get(new Name(name, skipped));
      if (zone != null) {
        return Optional.of(zone);
      }
    }
    return Optional.empty();
  }

  private static List<String> text(List<? extends Record> records) {
    List<String> lines = new ArrayList<>();
    records.forEach(record -> lines.add(record.toString()));
    return lines;
  }
}
