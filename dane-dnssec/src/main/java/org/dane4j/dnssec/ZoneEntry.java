// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dane4j.dnssec.AlgorithmPolicy.Completeness;
import org.dane4j.dnssec.Finding.Bogus;
import org.dane4j.dnssec.Finding.Insecure;
import org.dane4j.dnssec.Finding.Secure;
import org.dane4j.dnssec.Finding.Trouble;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.Observation.Failed;
import org.dane4j.dnssec.SignatureCheck.Accepted;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.crypto.SignatureScheme;
import org.dane4j.dnssec.crypto.ZoneKey;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.dnssec.wire.WireMessage;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Enters a zone: proves its DNSKEY RRset by a key that DS records or trust anchors vouch for (RFC
 * 4035 §5.2; RFC 6840 §5.10 and §5.11).
 */
final class ZoneEntry {

  private final Validation validation;
  private final SignatureCheck signatures;

  ZoneEntry(Validation validation, SignatureCheck signatures) {
    this.validation = validation;
    this.signatures = signatures;
  }

  /**
   * What vouches for a zone's keys: any one of the records suffices.
   *
   * @param zone the zone
   * @param ds DS records, of the parent zone or as trust anchors
   * @param keys DNSKEY records as trust anchors
   * @param delegation the parent zone's DS RRset; null if these are trust anchors
   */
  private record Vouchers(
      Name zone, List<Ds> ds, List<Dnskey> keys, @Nullable VerifiedRrset delegation) {

    @Override
    public String toString() {
      String source = delegation == null ? "the trust anchors" : "the DS records";
      String tags =
          ds.isEmpty()
              ? keys.stream().map(key -> "" + key.keyTag()).collect(Collectors.joining(", "))
              : ds.stream().map(record -> "" + record.keyTag()).collect(Collectors.joining(", "));
      return source + " (key tags " + tags + ")";
    }
  }

  /** The keys that are vouched for; only they may sign the DNSKEY RRset. */
  private record EntryKeys(Name zone, List<ZoneKey> keys, Set<Integer> required)
      implements SignatureCheck.Signers {
    @Override
    public List<ZoneKey> named(int keyTag, int algorithm) {
      return ZoneKeys.named(keys, keyTag, algorithm);
    }
  }

  /** Enters a zone that has trust anchors. */
  Finding<ZoneKeys> byAnchors(Name zone, TrustAnchors.ZoneAnchors anchors) {
    return enter(new Vouchers(zone, anchors.ds(), anchors.keys(), null));
  }

  /** Enters a zone by its proven DS RRset. */
  Finding<ZoneKeys> byDelegation(Name zone, VerifiedRrset delegation) {
    if (delegation.rrset().rdata().size() > validation.limits().maxDsRecords()) {
      return new Bogus<>(BogusReason.LIMITS, zone + " has too many DS records");
    }
    List<Ds> records = new ArrayList<>();
    for (byte[] rdata : delegation.rrset().rdata()) {
      Ds ds = Ds.read(rdata);
      if (ds != null) {
        records.add(ds);
      }
    }
    // RFC 4035 §5.2: only records that name unknown algorithms make a zone insecure.
    return records.isEmpty()
        ? new Bogus<>(BogusReason.MALFORMED, zone + " has DS records without a digest only")
        : enter(new Vouchers(zone, records, List.of(), delegation));
  }

  private Finding<ZoneKeys> enter(Vouchers all) {
    Vouchers usable = usable(all);
    if (usable.ds.isEmpty() && usable.keys.isEmpty()) {
      return unsupported(all);
    }
    Question question = new Question(all.zone, Type.DNSKEY);
    WireMessage response = validation.response(question);
    if (response == null) {
      return validation.unknown(question);
    }
    SignedRrset rrset = response.answer(all.zone, Type.DNSKEY);
    if (all.delegation == null && !response.signed()) {
      // Whoever has no signature on an answer about an anchor's keys has no signatures at all.
      Failed stripped = new Failed(FetchFailure.DNSSEC_STRIPPED, "");
      return new Unknown<>(new Trouble(question, stripped));
    }
    if (rrset == null) {
      return new Bogus<>(
          BogusReason.KEY_MISSING,
          all.zone + " has no DNSKEY RRset, but " + all + " vouch for one");
    }
    if (rrset.rdata().size() > validation.limits().maxKeysPerZone()) {
      return new Bogus<>(BogusReason.LIMITS, all.zone + " has too many DNSKEY records");
    }
    return verify(usable, rrset);
  }

  /** Leaves out what cannot be used, and what must not be used beside something stronger. */
  private Vouchers usable(Vouchers all) {
    AlgorithmPolicy policy = validation.algorithms();
    List<Ds> supported =
        all.ds.stream()
            .filter(ds -> policy.supportsAlgorithm(ds.algorithm()))
            .filter(ds -> policy.supportsDigest(ds.digestType()))
            .toList();
    // RFC 4509 §3: SHA-1 does not count where a stronger digest is there.
    List<Ds> strong = supported.stream().filter(ds -> ds.digestType() != Ds.SHA1).toList();
    List<Dnskey> keys =
        all.keys.stream().filter(key -> policy.supportsAlgorithm(key.algorithm())).toList();
    return new Vouchers(all.zone, strong.isEmpty() ? supported : strong, keys, all.delegation);
  }

  /**
   * RFC 4035 §5.2, RFC 6840 §5.2: nothing usable vouches for the zone, so it counts as unsigned.
   */
  private Finding<ZoneKeys> unsupported(Vouchers all) {
    AlgorithmPolicy policy = validation.algorithms();
    boolean knownDigest =
        all.ds.isEmpty() || all.ds.stream().anyMatch(ds -> policy.supportsDigest(ds.digestType()));
    InsecureReason reason =
        knownDigest ? InsecureReason.UNSUPPORTED_ALGORITHM : InsecureReason.UNSUPPORTED_DIGEST;
    VerifiedRrset delegation = all.delegation;
    Proof proof = delegation == null ? Proof.EMPTY : Proof.of(delegation);
    return new Insecure<>(reason, all.zone, proof);
  }

  private Finding<ZoneKeys> verify(Vouchers vouchers, SignedRrset rrset) {
    List<Dnskey> all = new ArrayList<>(rrset.rdata().size());
    for (byte[] rdata : rrset.rdata()) {
      Dnskey key = Dnskey.read(rdata);
      if (key != null) {
        all.add(key);
      }
    }
    List<Dnskey> vouchedFor = all.stream().filter(key -> isVouchedFor(vouchers, key)).toList();
    List<ZoneKey> entries = usableKeys(vouchedFor);
    if (entries.isEmpty()) {
      return noEntry(vouchers, vouchedFor);
    }
    EntryKeys signers = new EntryKeys(vouchers.zone, entries, required(vouchers));
    Finding<Accepted<EntryKeys>> accepted =
        signatures.firstValid(rrset, signer -> onlyBy(signers, signer));
    if (accepted instanceof Secure<Accepted<EntryKeys>> secure) {
      return new Secure<>(zoneKeys(vouchers, rrset, usableKeys(all), secure.value()));
    }
    return accepted.as();
  }

  /** RFC 6840 §5.11: one algorithm is enough, unless the completeness test is asked for. */
  private Set<Integer> required(Vouchers vouchers) {
    if (validation.algorithms().completeness() == Completeness.ANY_ALGORITHM) {
      return Set.of();
    }
    Set<Integer> algorithms = new TreeSet<>();
    vouchers.ds.forEach(ds -> algorithms.add(ds.algorithm()));
    vouchers.keys.forEach(key -> algorithms.add(key.algorithm()));
    return algorithms;
  }

  /** RFC 4035 §5.3.1: the DNSKEY RRset is signed by the zone itself. */
  private static Finding<EntryKeys> onlyBy(EntryKeys signers, Name signer) {
    return signer.equals(signers.zone)
        ? new Secure<>(signers)
        : new Bogus<>(
            BogusReason.SIGNATURE_WRONG,
            "the DNSKEY RRset of " + signers.zone + " is signed by " + signer);
  }

  private boolean isVouchedFor(Vouchers vouchers, Dnskey key) {
    if (vouchers.keys.contains(key)) {
      return true;
    }
    for (Ds ds : vouchers.ds) {
      if (ds.names(key) && validation.budget().payDigest() && ds.matches(vouchers.zone, key)) {
        return true;
      }
    }
    return false;
  }

  /** The keys that may sign zone data, are not revoked (RFC 5011 §2.1), and are supported. */
  private List<ZoneKey> usableKeys(List<Dnskey> keys) {
    List<ZoneKey> usable = new ArrayList<>(keys.size());
    for (Dnskey key : keys) {
      SignatureScheme scheme = validation.algorithms().scheme(key.algorithm());
      if (scheme != null && key.isZoneKey() && !key.isRevoked()) {
        usable.add(new ZoneKey(key, scheme));
      }
    }
    return usable;
  }

  private Finding<ZoneKeys> noEntry(Vouchers vouchers, List<Dnskey> vouchedFor) {
    if (!vouchedFor.isEmpty()) {
      return new Bogus<>(
          BogusReason.NO_ZONE_KEY,
          vouchedFor + " of " + vouchers.zone + " must not sign zone data");
    }
    if (validation.budget().isExhausted()) {
      return new Bogus<>(BogusReason.LIMITS, vouchers.zone + " has too many DS and DNSKEY records");
    }
    return new Bogus<>(
        BogusReason.KEY_MISSING, vouchers.zone + " has no DNSKEY that " + vouchers + " vouch for");
  }

  private ZoneKeys zoneKeys(
      Vouchers vouchers, SignedRrset rrset, List<ZoneKey> keys, Accepted<EntryKeys> accepted) {
    VerifiedRrset delegation = vouchers.delegation;
    Instant own = SignatureTime.validUntil(rrset.ttl(), accepted.rrsig(), validation.at());
    Instant until = delegation == null ? own : AnswerProof.earlier(own, delegation.validUntil());
    return new ZoneKeys(
        vouchers.zone,
        keys,
        accepted.signers().required(),
        accepted.key(),
        rrset,
        accepted.rrsig(),
        delegation,
        until);
  }
}
