// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A zone of a built tree: what it serves, and its keys, to craft what it would never serve.
 *
 * <p>An RRset is signed when it is first asked for, and then kept. Safe for use by many threads.
 */
public final class SignedZone {

  private record RrsetKey(Name owner, int type) {}

  private final DnsTree tree;
  private final ZoneBuilder settings;
  private final ZoneContents contents;
  private final Optional<DenialChain> denial;
  private final List<ZoneKey> keys;
  private final ZoneLookup lookup;
  private final Map<RrsetKey, RRset> honest = new ConcurrentHashMap<>();
  private final Map<RrsetKey, Optional<RRset>> served = new ConcurrentHashMap<>();

  SignedZone(DnsTree tree, ZoneBuilder settings, ZoneContents contents) {
    this.tree = tree;
    this.settings = settings;
    this.contents = contents;
    this.denial = settings.denialOf(contents);
    this.keys = settings.zoneKeys().signing();
    this.lookup = new ZoneLookup(this, contents);
  }

  /**
   * Returns the name of the zone.
   *
   * @return the apex
   */
  public Name name() {
    return contents.apex();
  }

  /**
   * Returns the tree that the zone belongs to.
   *
   * @return the tree
   */
  public DnsTree tree() {
    return tree;
  }

  /**
   * Returns the keys that sign the zone.
   *
   * @return the keys, none for an unsigned zone
   */
  public List<ZoneKey> keys() {
    return keys;
  }

  /**
   * Returns the DS records that a parent would publish in the given forms.
   *
   * @param forms the forms, each for every key-signing key
   * @return the records
   */
  public List<DSRecord> dsRecords(DsForm... forms) {
    return settings.zoneKeys().dsRecords(List.of(forms));
  }

  /**
   * Returns when the signatures of the zone begin.
   *
   * @return the inception
   */
  public Instant inception() {
    return tree.at().plus(settings.validFrom());
  }

  /**
   * Returns when the signatures of the zone end.
   *
   * @return the expiration
   */
  public Instant expiration() {
    return tree.at().plus(settings.validUntil());
  }

  /**
   * Returns an RRset as it is served, damage included.
   *
   * @param owner the owner, relative to the zone unless it ends in a dot; {@code @} is the apex
   * @param type a type of dnsjava's {@code Type}
   * @return the RRset with its signatures, or nothing if it is not there or was dropped
   */
  public Optional<RRset> rrset(String owner, int type) {
    return served(settings.absolute(owner), type).map(RRset::new);
  }

  /**
   * Returns an RRset as the zone signed it, before any damage.
   *
   * @param owner the owner, relative to the zone unless it ends in a dot; {@code @} is the apex
   * @param type a type of dnsjava's {@code Type}
   * @return the RRset with its signatures, or nothing if it is not there
   */
  public Optional<RRset> honestRrset(String owner, int type) {
    return honest(settings.absolute(owner), type).map(RRset::new);
  }

  /**
   * Returns everything that the zone serves: keys and denial of existence too.
   *
   * @return the RRsets with their signatures, in canonical order, the denial last
   */
  public List<RRset> rrsets() {
    List<RRset> all = new ArrayList<>();
    for (Name owner : contents.owners()) {
      contents.types(owner).forEach(type -> served(owner, type).ifPresent(all::add));
    }
    denial.ifPresent(
        chain -> chain.owners().forEach(owner -> served(owner, chain.type()).ifPresent(all::add)));
    return all.stream().map(RRset::new).toList();
  }

  /**
   * Signs data, of whatever zone, with the keys that sign the data of this zone.
   *
   * @param rrset the data; signatures that it carries are left out
   * @param inception when the signatures begin
   * @param expiration when they end
   * @return a new RRset with one signature of each algorithm of the zone
   */
  public RRset sign(RRset rrset, Instant inception, Instant expiration) {
    RRset signed = new RRset(rrset.rrs(false).toArray(Record[]::new));
    signers(rrset.getType()).forEach(key -> signed.addRR(key.sign(signed, inception, expiration)));
    return signed;
  }

  /**
   * Returns an authoritative name server of this zone alone: it answers with AA set, refuses names
   * of other zones, and makes no referrals.
   *
   * @return a responder, for a {@link DnsServer} of its own
   */
  public DnsResponder authority() {
    return new Authority(this);
  }

  ZoneAnswer lookup(Name name, int type) {
    return settings
        .damage()
        .denialOf(name, type)
        .map(lie -> lie.answer(this, name))
        .orElseGet(() -> lookup.lookup(name, type));
  }

  Optional<DenialChain> denialChain() {
    return denial;
  }

  Optional<RRset> soa() {
    return served(contents.apex(), Type.SOA);
  }

  Optional<RRset> served(Name owner, int type) {
    RrsetKey key = new RrsetKey(owner, type);
    Optional<RRset> known = served.get(key);
    if (known == null) {
      known = honest(owner, type).flatMap(rrset -> settings.damage().applyTo(rrset, this));
      served.put(key, known);
    }
    return known;
  }

  private Optional<RRset> honest(Name owner, int type) {
    RrsetKey key = new RrsetKey(owner, type);
    RRset known = honest.get(key);
    if (known == null) {
      Optional<RRset> made = isDenial(type) ? signedDenial(owner) : signedData(owner, type);
      made.ifPresent(rrset -> honest.put(key, rrset));
      return made;
    }
    return Optional.of(known);
  }

  private boolean isDenial(int type) {
    return denial.isPresent() && denial.get().type() == type;
  }

  private Optional<RRset> signedDenial(Name owner) {
    return denial
        .flatMap(chain -> chain.rrset(owner))
        .map(rrset -> sign(rrset, inception(), expiration()));
  }

  private Optional<RRset> signedData(Name owner, int type) {
    return contents
        .rrset(owner, type)
        .map(
            rrset ->
                contents.isAuthoritative(owner, type)
                    ? sign(rrset, inception(), expiration())
                    : rrset);
  }

  // RFC 4035 §2.2: one signature of each algorithm; with split keys the KSK signs the keys alone.
  private List<ZoneKey> signers(int type) {
    List<ZoneKey> fit =
        keys.stream().filter(key -> key.isKeySigning() == (type == Type.DNSKEY)).toList();
    return fit.isEmpty() ? keys : fit;
  }

  @Override
  public String toString() {
    return "zone " + name();
  }
}
