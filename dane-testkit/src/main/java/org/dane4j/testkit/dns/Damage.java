// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

/**
 * Something that is done to a signed RRset before it is served: what an attacker, a broken signer
 * or a forgotten cron job does.
 *
 * <p>{@code z.damage("mx", Type.A, Damage.corruptSignature())} does it to one RRset of a zone. Own
 * kinds of damage are functions from the honest RRset, signatures included, to the one that is
 * served, or to none.
 */
@FunctionalInterface
public interface Damage {

  /**
   * Returns what is served in place of the honest RRset.
   *
   * @param honest the RRset with its signatures, a copy that may be changed
   * @param zone the zone that it comes from
   * @return the damaged RRset, or nothing if the RRset disappears
   */
  Optional<RRset> applyTo(RRset honest, SignedZone zone);

  /**
   * Returns this damage followed by another.
   *
   * @param next what to do to the outcome, if there is one
   * @return both, in this order
   */
  default Damage then(Damage next) {
    return (honest, zone) -> applyTo(honest, zone).flatMap(rrset -> next.applyTo(rrset, zone));
  }

  /**
   * One bit of every signature is wrong.
   *
   * @return the damage
   */
  static Damage corruptSignature() {
    return (honest, zone) -> Optional.of(withSignatures(honest, Damage::withOneBitWrong));
  }

  /**
   * Before each signature stand others that differ from it in some bits, as in CVE-2023-50387.
   *
   * @param count how many wrong ones for each right one
   * @return the damage
   */
  static Damage wrongSignatures(int count) {
    return (honest, zone) -> {
      RRset jammed = new RRset(honest.rrs(false).toArray(Record[]::new));
      for (RRSIGRecord signature : honest.sigs()) {
        for (int i = 1; i <= count; i++) {
          byte[] octets = signature.getSignature().clone();
          octets[octets.length / 2] ^= (byte) i;
          octets[octets.length / 2 + 1] ^= (byte) (i >>> 8);
          jammed.addRR(ZoneKey.withSignature(signature, octets));
        }
        jammed.addRR(signature);
      }
      return Optional.of(jammed);
    };
  }

  /**
   * The signatures were right until a day ago.
   *
   * @return the damage
   */
  static Damage expired() {
    return signedAnew(Duration.ofDays(-30), Duration.ofDays(-1));
  }

  /**
   * The signatures will be right from tomorrow on.
   *
   * @return the damage
   */
  static Damage notYetValid() {
    return signedAnew(Duration.ofDays(1), Duration.ofDays(30));
  }

  /**
   * The data comes without any signature.
   *
   * @return the damage
   */
  static Damage strippedSignature() {
    return (honest, zone) -> Optional.of(new RRset(honest.rrs(false).toArray(Record[]::new)));
  }

  /**
   * The RRset disappears with its signatures. The denial of existence is not changed: it still says
   * that the RRset exists.
   *
   * @return the damage
   */
  static Damage dropped() {
    return (honest, zone) -> Optional.empty();
  }

  /**
   * The data is replaced and the old signatures stay.
   *
   * @param rdata the forged data of each record, in the form of a zone file
   * @return the damage
   */
  static Damage forged(String... rdata) {
    List<String> texts = List.of(rdata);
    return (honest, zone) -> {
      RRset forged = new RRset();
      texts.forEach(text -> forged.addRR(sameOwner(honest, text)));
      honest.sigs().forEach(forged::addRR);
      return Optional.of(forged);
    };
  }

  /**
   * The only signature is that of another zone of the tree, which says so in its signer's name.
   *
   * @param zoneName the name of the zone whose key signs
   * @return the damage
   */
  static Damage signedByZone(String zoneName) {
    return (honest, zone) -> {
      SignedZone foreign = zone.tree().zone(zoneName);
      return Optional.of(foreign.sign(honest, foreign.inception(), foreign.expiration()));
    };
  }

  /**
   * The only signature is that of a given key, which no DNSKEY RRset need hold.
   *
   * @param key the key that signs
   * @return the damage
   */
  static Damage signedWith(ZoneKey key) {
    return (honest, zone) -> {
      RRset signed = new RRset(honest.rrs(false).toArray(Record[]::new));
      signed.addRR(key.sign(signed, zone.inception(), zone.expiration()));
      return Optional.of(signed);
    };
  }

  /**
   * The signatures were made by the right keys with other dates.
   *
   * @param inception the begin, counted from the time of the tree
   * @param expiration the end, counted from the time of the tree
   * @return the damage
   */
  static Damage signedAnew(Duration inception, Duration expiration) {
    return (honest, zone) -> {
      Instant at = zone.tree().at();
      return Optional.of(zone.sign(honest, at.plus(inception), at.plus(expiration)));
    };
  }

  private static RRset withSignatures(RRset honest, Function<RRSIGRecord, RRSIGRecord> change) {
    RRset changed = new RRset(honest.rrs(false).toArray(Record[]::new));
    honest.sigs().forEach(signature -> changed.addRR(change.apply(signature)));
    return changed;
  }

  private static RRSIGRecord withOneBitWrong(RRSIGRecord signature) {
    byte[] octets = signature.getSignature().clone();
    octets[octets.length / 2] ^= 0x10;
    return ZoneKey.withSignature(signature, octets);
  }

  private static Record sameOwner(RRset honest, String rdata) {
    return ZoneRecords.record(honest.getName(), honest.getType(), rdata);
  }
}
