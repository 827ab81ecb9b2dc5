// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.dane4j.dnssec.Alias.Security;
import org.dane4j.dnssec.AnswerProof.Absence;
import org.dane4j.dnssec.AnswerProof.Claim;
import org.dane4j.dnssec.AnswerProof.Established;
import org.dane4j.dnssec.Finding.Bogus;
import org.dane4j.dnssec.Finding.Insecure;
import org.dane4j.dnssec.Finding.Secure;
import org.dane4j.dnssec.Finding.Trouble;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.dnssec.wire.WireMessage;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Walks from the name asked for along its aliases to the answer, and proves every step. The answer
 * is as good as its worst step: one bogus step makes it bogus, else one insecure step makes it
 * insecure.
 */
final class AnswerWalk {

  private final Validation validation;
  private final Question question;
  private final AnswerProof proofs;
  private final List<Alias> aliases = new ArrayList<>();
  private Proof proof = Proof.EMPTY;
  private Instant validUntil = Instant.MAX;
  private @Nullable Insecure<?> insecure;
  private @Nullable WireMessage aliasResponse;

  AnswerWalk(Validation validation, Question question) {
    this.validation = validation;
    this.question = question;
    this.proofs = new AnswerProof(validation);
  }

  ValidationResult judge() {
    Set<Name> visited = new HashSet<>();
    Name name = question.name();
    WireMessage response = null;
    while (visited.add(name) && visited.size() <= validation.limits().maxAliases() + 1) {
      Question current = new Question(name, question.type());
      if (response == null || !speaksOf(name, response)) {
        response = validation.response(current);
      }
      if (response == null) {
        return failed(validation.unknown(current));
      }
      SignedRrset data = response.answer(name, question.type());
      AliasStep step = AliasStep.from(name, response);
      if (question.type() == Type.CNAME && step != null && step.isByDname()) {
        return substituted(step, response);
      }
      if (data != null) {
        return positive(data, response);
      }
      if (step == null) {
        return negative(current, response);
      }
      Name target = step.target();
      Finding<Established> finding = proofs.alias(step, response);
      if (target == null || !accept(finding, step.record())) {
        return target == null ? nowhere(step) : failed(finding);
      }
      aliases.add(new Alias(name, target, security()));
      aliasResponse = response;
      name = target;
    }
    return failed(
        new Bogus<>(
            BogusReason.ALIASES,
            "the aliases of " + question.name() + " come to no end at " + name));
  }

  /** Whether a response has data, an alias or a denial for the target of an alias in it. */
  private boolean speaksOf(Name name, WireMessage response) {
    return response.answer(name, question.type()) != null
        || AliasStep.from(name, response) != null
        || response.authority().stream()
            .anyMatch(rrset -> rrset.type() == Type.SOA && name.subdomain(rrset.owner()));
  }

  private ValidationResult nowhere(AliasStep step) {
    return failed(
        new Bogus<>(
            BogusReason.ALIASES,
            "the "
                + Type.string(step.record().type())
                + " record at "
                + step.record().owner()
                + " leads "
                + step.owner()
                + " nowhere"));
  }

  /** Takes over a proven or insecure step; returns false for any other. */
  private boolean accept(Finding<Established> finding, SignedRrset rrset) {
    if (finding instanceof Secure<Established> secure) {
      proof = proof.and(secure.value().proof());
      validUntil = AnswerProof.earlier(validUntil, secure.value().validUntil());
      return true;
    }
    if (finding instanceof Insecure<Established> unsigned) {
      accept(unsigned, rrset.ttl());
      return true;
    }
    return false;
  }

  private void accept(Insecure<?> unsigned, long ttl) {
    insecure = insecure == null ? unsigned : insecure;
    proof = proof.and(unsigned.proof());
    // Whoever replays the last hours of a proof must not gain a day by a TTL of his own.
    validUntil = AnswerProof.earlier(validUntil, unsigned.proof().validUntil());
    validUntil = AnswerProof.earlier(validUntil, validation.at().plusSeconds(ttl));
    TrustAnchors.Negative negative = validation.negativeAnchor(unsigned.zone());
    if (unsigned.reason() == InsecureReason.NEGATIVE_TRUST_ANCHOR && negative != null) {
      validUntil = AnswerProof.earlier(validUntil, negative.until());
    }
  }

  private ValidationResult positive(SignedRrset rrset, WireMessage response) {
    Finding<Established> finding = proofs.present(rrset, response);
    if (!accept(finding, rrset)) {
      return failed(finding);
    }
    return concluded(new Answer.Positive(VerifiedRrset.toRrset(rrset, remaining(rrset.ttl()))));
  }

  /** RFC 6672 §5.3.1: a CNAME record that a DNAME record stands for is as good as that. */
  private ValidationResult substituted(AliasStep step, WireMessage response) {
    Name target = step.target();
    Finding<Established> finding = proofs.alias(step, response);
    if (target == null || !accept(finding, step.record())) {
      return target == null ? nowhere(step) : failed(finding);
    }
    List<Octets> rdata = List.of(Octets.of(target.toWire()));
    return concluded(
        new Answer.Positive(
            new Rrset(step.owner(), Type.CNAME, remaining(step.record().ttl()), rdata)));
  }

  /** The seconds until what was accepted so far must be forgotten, a TTL at most. */
  private long remaining(long ttl) {
    long seconds = validUntil.getEpochSecond() - validation.at().getEpochSecond();
    return Math.min(ttl, Math.max(0, seconds));
  }

  private ValidationResult negative(Question current, WireMessage response) {
    boolean nxDomain = response.rcode() == Rcode.NXDOMAIN;
    // Along an alias, the response code may be that of either end; the proof decides.
    Claim claim = aliases.isEmpty() ? (nxDomain ? Claim.NO_NAME : Claim.NO_DATA) : Claim.EITHER;
    Finding<Absence> finding = absent(current, response, claim);
    if (finding instanceof Secure<Absence> secure) {
      proof = proof.and(secure.value().proof());
      validUntil = AnswerProof.earlier(validUntil, secure.value().validUntil());
      return concluded(absence(current.name(), secure.value().nameExists()));
    }
    if (finding instanceof Insecure<Absence> unsigned) {
      accept(unsigned, AnswerProof.negativeTtl(response));
      return concluded(absence(current.name(), !nxDomain));
    }
    return failed(finding);
  }

  /** The proof may also stand beside the alias that led here. */
  private Finding<Absence> absent(Question current, WireMessage response, Claim claim) {
    Finding<Absence> finding = proofs.absent(current, response, claim);
    WireMessage before = aliasResponse;
    boolean pending = finding instanceof Unknown<Absence> unknown && unknown.trouble() == null;
    if (before == null || before.equals(response) || pending || isProven(finding)) {
      return finding;
    }
    Finding<Absence> beside = proofs.absent(current, before, claim);
    return isProven(beside) ? beside : finding;
  }

  private static boolean isProven(Finding<?> finding) {
    return finding instanceof Secure<?> || finding instanceof Insecure<?>;
  }

  private static Answer absence(Name name, boolean nameExists) {
    return nameExists ? new Answer.NoData(name) : new Answer.NxDomain(name);
  }

  private Security security() {
    return insecure == null ? Security.SECURE : Security.INSECURE;
  }

  private ValidationResult concluded(Answer answer) {
    Insecure<?> reason = insecure;
    return reason == null
        ? new ValidationResult.Secure(question, answer, aliases, validUntil, proof)
        : new ValidationResult.Insecure(
            question, reason.reason(), reason.zone(), answer, aliases, validUntil, proof);
  }

  /** No answer: says how far the chain of trust to the last name came, too. */
  private ValidationResult failed(Finding<?> finding) {
    Name last = aliases.isEmpty() ? question.name() : aliases.get(aliases.size() - 1).target();
    Proof soFar = proof.and(proofs.provenAbove(last));
    if (finding instanceof Bogus<?> bogus) {
      return new ValidationResult.Bogus(question, bogus.reason(), bogus.detail(), soFar);
    }
    if (finding instanceof Unknown<?> unknown) {
      Trouble trouble = unknown.trouble();
      String detail = trouble == null ? "" : trouble.question() + ": " + trouble.failed().text();
      OptionalInt error = trouble == null ? OptionalInt.empty() : trouble.extendedError();
      return new ValidationResult.Indeterminate(
          question, validation.missing(), error, detail, soFar);
    }
    throw new AssertionError(finding);
  }
}
