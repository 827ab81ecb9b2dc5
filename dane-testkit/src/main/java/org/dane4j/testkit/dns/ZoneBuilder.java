// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * The settings of one zone of a tree.
 *
 * <p>Unless told otherwise, a zone is signed with one ECDSA P-256 key, denies by NSEC, and has a DS
 * record of digest type 2 in its parent; its signatures are valid from one hour before the time of
 * the tree to seven days after it. SOA and NS records are made where none are given; the tree makes
 * delegations and DS records. Owner names are relative to the zone unless they end in a dot, and
 * {@code @} is the zone itself.
 */
public final class ZoneBuilder {

  /** The TTL, in seconds, of records that are given without one. */
  public static final long DEFAULT_TTL = 3600;

  /** The TTL, in seconds, of negative answers. */
  public static final long NEGATIVE_TTL = 300;

  private final Name apex;
  private final ZoneRecords records;
  private final ZoneKeys keys;
  private final ZoneDamage damage;
  private @Nullable Nsec3Parameters nsec3;
  private List<DsForm> dsForms = List.of(DsForm.SHA256);
  private Duration validFrom = Duration.ofHours(-1);
  private Duration validUntil = Duration.ofDays(7);

  ZoneBuilder(Name apex) {
    this(apex, new ZoneRecords(apex), new ZoneKeys(apex), new ZoneDamage());
  }

  private ZoneBuilder(Name apex, ZoneRecords records, ZoneKeys keys, ZoneDamage damage) {
    this.apex = apex;
    this.records = records;
    this.keys = keys;
    this.damage = damage;
  }

  ZoneBuilder copy() {
    ZoneBuilder copy = new ZoneBuilder(apex, records.copy(), keys.copy(), damage.copy());
    copy.nsec3 = nsec3;
    copy.dsForms = dsForms;
    copy.validFrom = validFrom;
    copy.validUntil = validUntil;
    return copy;
  }

  // ------ Data ------

  /**
   * Adds a record.
   *
   * @param zoneFileLine the record as a zone file has it, such as {@code "mx 300 IN A 192.0.2.1"};
   *     several lines make several records
   * @return this builder
   */
  public ZoneBuilder record(String zoneFileLine) {
    records.addText(zoneFileLine);
    return this;
  }

  /**
   * Adds a record.
   *
   * @param record the record, owned by a name of the zone
   * @return this builder
   */
  public ZoneBuilder record(Record record) {
    records.add(record);
    return this;
  }

  /**
   * Adds a record with any octets for its data, however malformed: an empty TLSA record, say.
   *
   * @param owner the owner
   * @param type the type
   * @param rdata the data
   * @return this builder
   */
  public ZoneBuilder rawRecord(String owner, int type, byte[] rdata) {
    return record(new RawRecord(absolute(owner), type, DEFAULT_TTL, rdata));
  }

  /**
   * Takes records out again, which is of use when a tree is changed.
   *
   * @param owner the owner
   * @param type the type; {@code Type.ANY} for all
   * @return this builder
   */
  public ZoneBuilder withoutRecords(String owner, int type) {
    records.remove(absolute(owner), type);
    return this;
  }

  // ------ Keys ------

  /**
   * Signs the zone with these algorithms, each with keys of its own.
   *
   * @param algorithms one or more
   * @return this builder
   */
  public ZoneBuilder algorithm(SigningAlgorithm... algorithms) {
    keys.algorithms(List.of(algorithms));
    return this;
  }

  /**
   * Signs with two keys of each algorithm: one that a DS points at and that signs the keys, one
   * that signs the data.
   *
   * @return this builder
   */
  public ZoneBuilder splitKeys() {
    keys.split();
    return this;
  }

  /**
   * Puts another algorithm number on all keys, signatures and DS records of the zone.
   *
   * @param number the number, such as one that no validator knows
   * @return this builder
   * @see ZoneKey#labeledAs(int)
   */
  public ZoneBuilder labeledAs(int number) {
    keys.labeledAs(number);
    return this;
  }

  /**
   * Signs with these keys and no others.
   *
   * @param signing the keys, at least one
   * @return this builder
   */
  public ZoneBuilder keys(ZoneKey... signing) {
    keys.use(List.of(signing));
    return this;
  }

  /**
   * Publishes a key that signs nothing, such as the next one of a rollover.
   *
   * @param key the key to add to the DNSKEY RRset
   * @return this builder
   */
  public ZoneBuilder standbyKey(ZoneKey key) {
    keys.publish(key);
    return this;
  }

  /**
   * Does not sign the zone, and takes the DS records out of the parent.
   *
   * @return this builder
   */
  public ZoneBuilder unsigned() {
    keys.none();
    return this;
  }

  /**
   * Chooses the DS records in the parent: one in each form for every key-signing key.
   *
   * @param forms the forms; none make an island of security
   * @return this builder
   */
  public ZoneBuilder ds(DsForm... forms) {
    dsForms = List.of(forms);
    return this;
  }

  /**
   * Leaves the DS records out of the parent, so that nothing leads to the keys of this zone.
   *
   * @return this builder
   */
  public ZoneBuilder withoutDs() {
    return ds();
  }

  // ------ Denial and dates ------

  /**
   * Denies by NSEC3 as RFC 9276 advises: no extra iterations, no salt.
   *
   * @return this builder
   */
  public ZoneBuilder nsec3() {
    return nsec3(0, "");
  }

  /**
   * Denies by NSEC3.
   *
   * @param iterations extra iterations of the hash
   * @param saltHex the salt in hexadecimal, which may be empty
   * @return this builder
   */
  public ZoneBuilder nsec3(int iterations, String saltHex) {
    boolean optOut = nsec3 != null && nsec3.optOut();
    nsec3 = new Nsec3Parameters(iterations, saltHex, optOut);
    return this;
  }

  /**
   * Denies by NSEC3 with opt-out, so that insecure delegations are not in the chain (RFC 5155 §6).
   *
   * @return this builder
   */
  public ZoneBuilder optOut() {
    Nsec3Parameters current = nsec3 == null ? new Nsec3Parameters(0, "", false) : nsec3;
    nsec3 = new Nsec3Parameters(current.iterations(), current.saltHex(), true);
    return this;
  }

  /**
   * Chooses the dates of all signatures.
   *
   * @param inception the begin, counted from the time of the tree
   * @param expiration the end, counted from the time of the tree
   * @return this builder
   */
  public ZoneBuilder validity(Duration inception, Duration expiration) {
    validFrom = inception;
    validUntil = expiration;
    return this;
  }

  /**
   * Lets all signatures end one day before the time of the tree.
   *
   * @return this builder
   */
  public ZoneBuilder expired() {
    return validity(Duration.ofDays(-30), Duration.ofDays(-1));
  }

  /**
   * Lets all signatures begin one day after the time of the tree.
   *
   * @return this builder
   */
  public ZoneBuilder notYetValid() {
    return validity(Duration.ofDays(1), Duration.ofDays(30));
  }

  // ------ Damage ------

  /**
   * Damages one RRset of the zone. The DS of a child belongs to its parent.
   *
   * @param owner the owner
   * @param type the type; {@code Type.ANY} for all
   * @param what what to do to it
   * @return this builder
   */
  public ZoneBuilder damage(String owner, int type, Damage what) {
    damage.add(absolute(owner), type, what);
    return this;
  }

  /**
   * Damages all RRsets of a type.
   *
   * @param type the type; {@code Type.ANY} for all, the keys and the denial included
   * @param what what to do to them
   * @return this builder
   */
  public ZoneBuilder damageAll(int type, Damage what) {
    damage.addEverywhere(type, what);
    return this;
  }

  /**
   * Damages all NSEC and NSEC3 RRsets, and so every proof that something does not exist.
   *
   * @param what what to do to them
   * @return this builder
   */
  public ZoneBuilder damageDenial(Damage what) {
    return damageAll(Type.NSEC, what).damageAll(Type.NSEC3, what);
  }

  /**
   * Denies the existence of something, whether it exists or not.
   *
   * @param owner the name that is asked for
   * @param type the type that is asked for; {@code Type.ANY} for all
   * @param denial what to say
   * @return this builder
   */
  public ZoneBuilder deny(String owner, int type, ForgedDenial denial) {
    damage.deny(absolute(owner), type, denial);
    return this;
  }

  /**
   * Forgets all damage and all forged denials, which is of use when a tree is changed.
   *
   * @return this builder
   */
  public ZoneBuilder undamaged() {
    damage.clear();
    return this;
  }

  // ------ What the tree needs ------

  Name apex() {
    return apex;
  }

  Name absolute(String name) {
    return ZoneRecords.absolute(name, apex);
  }

  ZoneRecords records() {
    return records;
  }

  ZoneKeys zoneKeys() {
    return keys;
  }

  List<Record> apexRecords() {
    List<Record> made = new ArrayList<>(keys.published());
    if (nsec3 != null && !keys.signing().isEmpty()) {
      made.add(nsec3.record(apex));
    }
    return made;
  }

  List<DSRecord> dsRecords() {
    return keys.dsRecords(dsForms);
  }

  Duration validFrom() {
    return validFrom;
  }

  Duration validUntil() {
    return validUntil;
  }

  ZoneDamage damage() {
    return damage;
  }

  Optional<DenialChain> denialOf(ZoneContents contents) {
    if (keys.signing().isEmpty()) {
      return Optional.empty();
    }
    // RFC 9077 §3
    RRset soa = contents.rrset(apex, Type.SOA).orElseThrow();
    long ttl = Math.min(soa.getTTL(), ((SOARecord) soa.first()).getMinimum());
    return Optional.of(
        nsec3 == null ? new NsecChain(contents, ttl) : new Nsec3Chain(contents, nsec3, ttl));
  }
}
