// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.dane4j.dnssec.Finding.Bogus;
import org.dane4j.dnssec.Finding.Insecure;
import org.dane4j.dnssec.Finding.Secure;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.denial.Denial;
import org.dane4j.dnssec.denial.Denial.Outcome;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.dnssec.wire.WireMessage;
import org.jspecify.annotations.Nullable;
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

  /** What a response without data says. */
  enum Claim {
    /** The name has no such data. */
    NO_DATA,
    /** The name does not exist. */
    NO_NAME,
    /** One or the other. */
    EITHER
  }

  /** How a name is absent. */
  record Absence(boolean nameExists, Proof proof, Instant validUntil) {}

  /** Proves an RRset of the answer section (RFC 4035 §5.3, §5.3.4). */
  Finding<Established> present(SignedRrset rrset, WireMessage response) {
    Insecure<Established> excepted =
        zones.underNegativeAnchor(ZoneWalk.owningName(rrset.owner(), rrset.type()));
    if (excepted != null) {
      return excepted;
    }
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
    Proof proof = established.proof().and(records.proof(zone, owner, denial));
    return switch (denial.outcome()) {
      case NO_CLOSER_NAME ->
          new Secure<>(
              new Established(proof, earlier(established.validUntil(), records.validUntil())));
      case OPT_OUT, TOO_MANY_ITERATIONS ->
          speaksOf(zone, owner)
              ? new Insecure<>(ZoneWalk.insecurity(denial), zone.zone(), proof)
              : unproven(verified, records);
      default -> unknown != null ? unknown : unproven(verified, records);
    };
  }

  /** RFC 4035 §5: above the closest trust anchor, nobody can say that a name is not signed. */
  private boolean speaksOf(ZoneKeys zone, Name name) {
    Name anchor = validation.closestAnchor(name);
    return anchor == null || zone.zone().subdomain(anchor);
  }

  private static <T> Bogus<T> unproven(VerifiedRrset verified, DenialRecords records) {
    Name owner = verified.rrset().owner();
    String text =
        owner
            + " "
            + Type.string(verified.rrset().type())
            + " comes from a wildcard, and nothing proves that "
            + owner
            + " has no data of its own";
    Bogus<T> objection = records.objection(text);
    return objection.reason().compareTo(BogusReason.WILDCARD_UNPROVEN) > 0
        ? objection
        : new Bogus<>(BogusReason.WILDCARD_UNPROVEN, text);
  }

  /** Proves that the answer section is rightly empty (RFC 4035 §5.4, RFC 5155 §8.4 to §8.7). */
  Finding<Absence> absent(Question question, WireMessage response, Claim claim) {
    Insecure<Absence> excepted =
        zones.underNegativeAnchor(ZoneWalk.owningName(question.name(), question.type()));
    if (excepted != null) {
      return excepted;
    }
    Finding<Absence> open = null;
    for (Name zone : DenialRecords.zones(response, question)) {
      Finding<ZoneKeys> keys = zones.keysOf(zone);
      Finding<Absence> finding =
          keys instanceof Secure<ZoneKeys> secure
              ? absentFrom(secure.value(), question, response, claim)
              : keys.as();
      // As long as a zone closer to the name may say more, none makes it insecure.
      boolean decided = keys instanceof Secure<ZoneKeys> && !(open instanceof Unknown<Absence>);
      if (finding instanceof Secure<Absence> || (finding instanceof Insecure<Absence> && decided)) {
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
      ZoneKeys zone, Question question, WireMessage response, Claim claim) {
    DenialRecords records = DenialRecords.of(zone.zone(), response, validation);
    Unknown<Absence> unknown = records.verify(signatures, zones);
    Denial denial = denial(question, claim, records);
    Insecure<Absence> delegated =
        denial.isProven() ? null : delegated(zone, question.name(), question.type(), records);
    if (delegated != null) {
      return delegated;
    }
    Proof proof = records.proof(zone, question.name(), denial);
    Instant until =
        earlier(records.validUntil(), validation.at().plusSeconds(negativeTtl(response)));
    switch (denial.outcome()) {
      case NO_DATA -> {
        return new Secure<>(new Absence(true, proof, until));
      }
      case NO_NAME -> {
        return new Secure<>(new Absence(false, proof, until));
      }
      case OPT_OUT, TOO_MANY_ITERATIONS -> {
        if (speaksOf(zone, ZoneWalk.owningName(question.name(), question.type()))) {
          return new Insecure<>(ZoneWalk.insecurity(denial), zone.zone(), proof);
        }
      }
      default -> {
        // Nothing is proven: said below.
      }
    }
    return unknown != null
        ? unknown
        : records.objection("the denial records of " + zone.zone() + " do not deny " + question);
  }

  /** What the records deny: the name, if it is said not to exist, or else the data. */
  private static Denial denial(Question question, Claim claim, DenialRecords records) {
    Denial noData = records.ask(proof -> proof.noData(question.name(), question.type()));
    if (claim == Claim.NO_DATA) {
      return noData;
    }
    Denial noName = records.ask(proof -> proof.noName(question.name()));
    // RFC 5155 §8.4: opt-out does not stand for the proof that there is no wildcard.
    boolean noWildcardProof = claim == Claim.NO_NAME && noData.outcome() == Outcome.OPT_OUT;
    return noName.isProven() || noWildcardProof ? noName : noData;
  }

  /** The records may also say that the name is below an unsigned delegation (RFC 4035 §5.2). */
  private @Nullable Insecure<Absence> delegated(
      ZoneKeys zone, Name asked, int type, DenialRecords records) {
    Name name = ZoneWalk.owningName(asked, type);
    if (!speaksOf(zone, name)) {
      return null;
    }
    for (int labels = zone.zone().labels() + 1; labels <= name.labels(); labels++) {
      Name ancestor = new Name(name, name.labels() - labels);
      Denial denial = records.ask(proof -> proof.unsignedDelegation(ancestor));
      if (denial.isProven()) {
        return new Insecure<>(
            InsecureReason.UNSIGNED_DELEGATION, ancestor, records.proof(zone, ancestor, denial));
      }
    }
    return null;
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
    if (zone instanceof Unknown<ZoneKeys> unknown
        && unknown.trouble() != null
        && objection.reason().compareTo(BogusReason.DENIAL_WRONG) >= 0) {
      // There are signatures, so somebody claims that the zone is signed, and they do not hold.
      return objection;
    }
    if (zone instanceof Bogus<ZoneKeys> broken) {
      // That a delegation is not explained says less than that the data are not signed.
      boolean tellsMore = broken.reason().compareTo(BogusReason.WILDCARD_UNPROVEN) > 0;
      boolean isWorse = broken.reason().compareTo(objection.reason()) > 0;
      return tellsMore && isWorse ? broken.as() : objection;
    }
    return zone instanceof Secure<ZoneKeys> ? objection : zone.as();
  }

  /** Returns what is proven of the zones above a name, whatever came of the rest. */
  Proof provenAbove(Name name) {
    return zones.provenAbove(name);
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
