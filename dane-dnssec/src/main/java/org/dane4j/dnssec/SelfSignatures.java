// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dane4j.dnssec.crypto.CanonicalForm;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.SignatureScheme;
import org.dane4j.dnssec.crypto.ZoneKey;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;

/**
 * Finds the keys of a DNSKEY RRset that have signed it, revoked ones included. That alone makes no
 * key trusted.
 */
final class SelfSignatures {

  private final AlgorithmPolicy algorithms;
  private final ValidationLimits limits;

  SelfSignatures(AlgorithmPolicy algorithms, ValidationLimits limits) {
    this.algorithms = algorithms;
    this.limits = limits;
  }

  static List<Dnskey> keys(SignedRrset rrset) {
    List<Dnskey> keys = new ArrayList<>(rrset.rdata().size());
    for (byte[] rdata : rrset.rdata()) {
      Dnskey key = Dnskey.read(rdata);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** Returns the keys, each with the signature of it that was verified. */
  Map<Dnskey, Rrsig> of(SignedRrset rrset, Instant at) {
    Map<Dnskey, Rrsig> signers = new LinkedHashMap<>();
    int looks = limits.maxSignaturesPerRrset();
    for (Rrsig rrsig : rrset.signatures()) {
      SignatureScheme scheme = algorithms.scheme(rrsig.algorithm());
      // RFC 4035 §5.3.1
      boolean ours = rrsig.signer().equals(rrset.owner());
      boolean whole = rrsig.labels() == CanonicalForm.labelCount(rrset.owner());
      boolean timely = SignatureTime.objection(rrsig, at) == null;
      if (scheme != null && ours && whole && timely && --looks >= 0) {
        addSigner(rrset, rrsig, scheme, signers);
      }
    }
    return signers;
  }

  private void addSigner(
      SignedRrset rrset, Rrsig rrsig, SignatureScheme scheme, Map<Dnskey, Rrsig> signers) {
    byte[] data = CanonicalForm.signedData(rrset, rrsig);
    int tries = limits.maxKeysPerTag();
    for (Dnskey key : keys(rrset)) {
      boolean named = key.keyTag() == rrsig.keyTag() && key.algorithm() == rrsig.algorithm();
      if (!named || !key.isZoneKey() || --tries < 0) {
        continue;
      }
      if (new ZoneKey(key, scheme).verify(data, rrsig.signature()) == ZoneKey.Outcome.VALID) {
        signers.put(key, rrsig);
        return;
      }
    }
  }
}
