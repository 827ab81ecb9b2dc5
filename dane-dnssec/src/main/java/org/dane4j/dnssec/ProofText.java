// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dane4j.dnssec.ProofStep.Kind;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.denial.Testimony;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** The steps of a proof in words. */
final class ProofText {

  private ProofText() {}

  static ProofStep anchor(ZoneKeys zone) {
    String text =
        "trusted by configuration: DNSKEY "
            + zone.entry().keyTag()
            + ", "
            + Registry.algorithm(zone.entry().algorithm());
    return new ProofStep(Kind.TRUST_ANCHOR, zone.zone(), text);
  }

  static ProofStep keys(ZoneKeys zone) {
    String tags =
        zone.keys().stream()
            .map(key -> String.valueOf(key.dnskey().keyTag()))
            .collect(Collectors.joining(", "));
    String text =
        "DNSKEY RRset with key " + tags + ", " + signature(zone.rrsig(), zone.validUntil());
    return new ProofStep(Kind.ZONE_KEYS, zone.zone(), text);
  }

  static ProofStep signed(VerifiedRrset verified) {
    SignedRrset rrset = verified.rrset();
    Name parent = verified.wildcardParent();
    String text =
        Type.string(rrset.type())
            + (rrset.type() == Type.DS ? ds(rrset) : "")
            + ", "
            + signature(verified)
            + (parent == null ? "" : ", from the wildcard *." + parent);
    Kind kind = rrset.type() == Type.DS ? Kind.DELEGATION : Kind.RRSET;
    return new ProofStep(kind, rrset.owner(), text);
  }

  private static String ds(SignedRrset rrset) {
    StringBuilder text = new StringBuilder();
    for (byte[] rdata : rrset.rdata()) {
      @Nullable Ds ds = Ds.read(rdata);
      if (ds != null) {
        text.append(text.isEmpty() ? " for key " : "; for key ").append(ds.keyTag());
        text.append(", ").append(Registry.algorithm(ds.algorithm()));
        text.append(", digest ").append(Registry.digestType(ds.digestType()));
      }
    }
    return text.toString();
  }

  /** Returns a step for each record with what it says, and one for the conclusion. */
  static List<ProofStep> denied(ProvenDenial denied) {
    List<ProofStep> steps = new ArrayList<>();
    List<Testimony> testimonies =
        Testimony.of(denied.name(), denied.zone().zone(), denied.denial());
    for (int i = 0; i < testimonies.size(); i++) {
      Testimony testimony = testimonies.get(i);
      String signed = i < denied.records().size() ? "; " + signature(denied.records().get(i)) : "";
      steps.add(new ProofStep(Kind.DENIAL, testimony.record().owner(), testimony.text() + signed));
    }
    steps.add(new ProofStep(Kind.DENIAL, denied.name(), denied.denial().outcome().text()));
    return steps;
  }

  private static String signature(VerifiedRrset verified) {
    return signature(verified.rrsig(), verified.validUntil());
  }

  /** The signature, with its validity read as a time near another one (RFC 4034 §3.1.5). */
  private static String signature(Rrsig rrsig, Instant near) {
    return "signed by "
        + rrsig.signer()
        + " key "
        + rrsig.keyTag()
        + ", "
        + Registry.algorithm(rrsig.algorithm())
        + ", valid "
        + SignatureTime.nearest(rrsig.inception(), near)
        + " to "
        + SignatureTime.nearest(rrsig.expiration(), near);
  }
}
