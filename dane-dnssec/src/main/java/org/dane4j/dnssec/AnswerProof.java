// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.dane4j.dnssec.Finding.Bogus;
import org.dane4j.dnssec.Finding.Insecure;
import org.dane4j.dnssec.Finding.Secure;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.denial.Denial;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.dnssec.wire.WireMessage;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Proves single steps of an answer: that an RRset is what the zone holds, or that it holds none.
 */
final class AnswerProof {

  private final Validation validation;
  private final SignatureCheck signatures;
  private final ZoneWalk zones;

  AnswerProof(Validation validation) {
    this.validation = validation;
    this.signatures = new SignatureCheck(validation);
    this.zones = new ZoneWalk(validation, signatures);
  }

  /** What a proof rests on, and how long it lasts. */
  record Established(Proof proof, Instant validUntil) {}

  /** How a name is absent. */
  record Absence(boolean nameExists, Proof proof, Instant validUntil) {}

  /** Proves an RRset of the answer section (RFC 4035 §5.3, §5.3.4). */
  Finding<Established> present(SignedRrset rrset, WireMessage response) {
    Finding<VerifiedRrset> finding = signatures.check(rrset, zones);
    if (finding instanceof Secure<VerifiedRrset> secure) {
      VerifiedRrset verified = secure.value();
      Established established = new Established(Proof.of(verified), verified.validUntil());
      Name parent = verified.wildcardParent();
      return parent == null
          ? new Secure<>(established)
          : expanded(established, verified, parent, response);
    }
    return finding instanceof Bogus<VerifiedRrset> bogus
        ? unsigned(rrset.owner(), rrset.type(), new Bogus<>(bogus.reason(), bogus.detail()))
        : finding.as();
  }

  /** Proves an alias. A DNAME record above a trust anchor says nothing about names below it. */
  Finding<Established> alias(AliasStep step, WireMessage response) {
    SignedRrset record = step.record();
    Finding<Established> finding = present(record, response);
    if (!(finding instanceof Insecure<Established>) || step.owner().equals(record.owner())) {
      return finding;
    }
    String text = "the DNAME record at " + record.owner() + " is not signed, but " + step.owner();
    return unsigned(
        step.owner(),
        record.type(),
        new Bogus<>(BogusReason.SIGNATURE_MISSING, text + " is in a signed zone"));
  }

  /** RFC 4035 §5.3.4, RFC 5155 §8.8: a wildcard stands for a name only if no closer name exists. */
  private Finding<Established> expanded(
      Established established, VerifiedRrset verified, Name parent, WireMessage response) {
    Name owner = verified.rrset().owner();
    ZoneKeys zone = verified.signer();
    DenialRecords records = DenialRecords.of(zone.zone(), response, validation);
    Unknown<Established> unknown = records.verify(signatures, zones);
    Denial denial = records.ask(proof -> proof.noCloserName(owner, parent));
    Proof proof = established.proof().and(Proof.of(zone, denial, records.validUntil()));
    return switch (denial.outcome()) {
      case NO_CLOSER_NAME ->
          new Secure<>(
              new Established(proof, earlier(established.validUntil(), records.validUntil())));
      case OPT_OUT, TOO_MANY_ITERATIONS ->
          new Insecure<>(ZoneWalk.insecurity(denial), zone.zone(), proof);
      default ->
          unknown != null
              ? unknown
              : records.objection(
                  owner
                      + " "
                      + Type.string(verified.rrset().type())
                      + " comes from a wildcard, and nothing proves that "
                      + owner
                      + " has no data of its own");
    };
  }

  /** Proves that the answer section is rightly empty (RFC 4035 §5.4, RFC 5155 §8.4 to §8.7). */
  Finding<Absence> absent(Question question, WireMessage response, boolean nxDomain) {
    Finding<Absence> open = null;
    for (Name zone : DenialRecords.zones(response, question)) {
      Finding<ZoneKeys> keys = zones.keysOf(zone);
      Finding<Absence> finding =
          keys instanceof Secure<ZoneKeys> secure
              ? absentFrom(secure.value(), question, response, nxDomain)
              : keys.as();
      if (finding instanceof Secure<Absence>
          || (finding instanceof Insecure<Absence> && keys instanceof Secure<ZoneKeys>)) {
        return finding;
      }
      open = open == null || finding instanceof Unknown<Absence> ? finding : open;
    }
    if (open instanceof Unknown<Absence>) {
      return open;
    }
    String text = question + " is said not to exist, and no signed record says so";
    return unsigned(
        question.name(),
        question.type(),
        open instanceof Bogus<Absence> bogus
            ? bogus
            : new Bogus<>(BogusReason.DENIAL_MISSING, text));
  }

  private Finding<Absence> absentFrom(
      ZoneKeys zone, Question question, WireMessage response, boolean nxDomain) {
    DenialRecords records = DenialRecords.of(zone.zone(), response, validation);
    Unknown<Absence> unknown = records.verify(signatures, zones);
    Denial noData = records.ask(proof -> proof.noData(question.name(), question.type()));
    Denial noName = nxDomain ? records.ask(proof -> proof.noName(question.name())) : noData;
    Denial denial = noName.isProven() ? noName : noData;
    Proof proof = Proof.of(zone, denial, records.validUntil());
    Instant until =
        earlier(records.validUntil(), validation.at().plusSeconds(negativeTtl(response)));
    return switch (denial.outcome()) {
      case NO_DATA -> new Secure<>(new Absence(true, proof, until));
      case NO_NAME -> new Secure<>(new Absence(false, proof, until));
      case OPT_OUT, TOO_MANY_ITERATIONS ->
          new Insecure<>(ZoneWalk.insecurity(denial), zone.zone(), proof);
      default ->
          unknown != null
              ? unknown
              : records.objection(
                  "the denial records of " + zone.zone() + " do not deny " + question);
    };
  }

  /**
   * RFC 2308 §5: the SOA record's TTL and MINIMUM field bound how long absence lasts, in seconds.
   */
  static long negativeTtl(WireMessage response) {
    for (SignedRrset rrset : response.authority()) {
      if (rrset.type() == Type.SOA && rrset.rdata().size() == 1) {
        byte[] soa = rrset.rdata().get(0);
        int minimum = ByteBuffer.wrap(soa, soa.length - 4, 4).getInt();
        return Math.min(rrset.ttl(), Integer.toUnsignedLong(minimum));
      }
    }
    return 0;
  }

  /** No signature counts: either the zone is provably not signed, or the objection stands. */
  private <T> Finding<T> unsigned(Name name, int type, Bogus<T> objection) {
    Finding<ZoneKeys> zone = zones.zoneOf(name, type);
    if (zone instanceof Bogus<ZoneKeys> broken) {
      return broken.reason().compareTo(objection.reason()) > 0 ? broken.as() : objection;
    }
    return zone instanceof Secure<ZoneKeys> ? objection : zone.as();
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
