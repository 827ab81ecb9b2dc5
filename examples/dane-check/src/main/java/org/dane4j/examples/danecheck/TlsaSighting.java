// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.SignaturePeriod;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * The TLSA records that a secure answer has now.
 *
 * @param rrset what was answered, at the end of aliases
 * @param signatures what the signature over them says
 * @param at when that was
 */
record TlsaSighting(Rrset rrset, SignaturePeriod signatures, Instant at) {

  /** Looks at the records of a server; without a secure answer, there is nothing to plan with. */
  static TlsaSighting of(DnssecResolver dns, TlsaOwnerName owner, Instant at) {
    ValidationResult result = dns.resolve(new Question(name(owner), Type.TLSA));
    if (!(result instanceof Secure secure)) {
      throw new UnavailableException(
          result.explanation() + " There is no DANE to roll over without secure TLSA records.");
    }
    if (!(secure.answer() instanceof Answer.Positive positive)) {
      throw new UnavailableException(
          owner + " has no TLSA records: publish some first, 'dane-check tlsa' makes them");
    }
    SignaturePeriod period =
        secure
            .proof()
            .signatureOver(positive.name(), Type.TLSA)
            .orElseThrow(() -> new AssertionError("a secure RRset has a signature"));
    return new TlsaSighting(positive.rrset(), period, at);
  }

  TlsaSighting countedFrom(Instant end) {
    return new TlsaSighting(rrset, signatures, end);
  }

  /** The records, less what is none. */
  List<TlsaRecord> records() {
    return records(rrset.rdata());
  }

  static List<TlsaRecord> records(List<Octets> rdata) {
    return TlsaRrset.ofRdata(TlsaOwnerName.smtp("any.invalid"), rdata).records();
  }

  Duration ttl() {
    return Duration.ofSeconds(signatures.originalTtl());
  }

  /** What to ask each name server: for an alias, where the records really are. */
  Question question() {
    return new Question(rrset.name(), Type.TLSA);
  }

  /** How long the zone's signatures are valid. */
  Duration signatureLife() {
    return Duration.between(signatures.inception(), signatures.expiration());
  }

  private static Name name(TlsaOwnerName owner) {
    try {
      return Name.fromString(owner.toString());
    } catch (TextParseException e) {
      throw new AssertionError("a TLSA owner is a domain name", e);
    }
  }
}
