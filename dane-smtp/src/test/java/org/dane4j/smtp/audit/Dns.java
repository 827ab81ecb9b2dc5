// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.InsecureReason;
import org.dane4j.dnssec.Proof;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/** Lookups of validation, made by hand. */
final class Dns {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final Instant UNTIL = AT.plusSeconds(3600);
  private static final Proof NO_PROOF =
      ValidationResult.Indeterminate.because(Question.of("a.test", Type.A), FetchFailure.TIMEOUT)
          .proof();

  private Dns() {}

  static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static Rrset rrset(String name, int type, String... records) {
    return new Rrset(
        name(name),
        type,
        3600,
        Arrays.stream(records).map(text -> rdata(name, type, text)).toList());
  }

  private static Octets rdata(String name, int type, String text) {
    try {
      Record record =
          Record.fromString(name(name), type, DClass.IN, 3600, new Tokenizer(text), Name.root);
      return Octets.of(record.rdataToWireCanonical());
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static ValidationResult secure(String name, int type, String... records) {
    return secure(rrset(name, type, records));
  }

  static ValidationResult secure(Rrset rrset) {
    return new ValidationResult.Secure(
        new Question(rrset.name(), rrset.type()),
        new Answer.Positive(rrset),
        List.of(),
        UNTIL,
        NO_PROOF);
  }

  /** Addresses at the end of a secure alias. */
  static ValidationResult secureAlias(String name, String target, int type, String... records) {
    return new ValidationResult.Secure(
        Question.of(name, type),
        new Answer.Positive(rrset(target, type, records)),
        List.of(new Alias(name(name), name(target), Alias.Security.SECURE)),
        UNTIL,
        NO_PROOF);
  }

  /** An alias whose end has no TLSA records any more. */
  static ValidationResult aliasToNothing(String name, String target) {
    return new ValidationResult.Secure(
        Question.of(name, Type.TLSA),
        new Answer.NoData(name(target)),
        List.of(new Alias(name(name), name(target), Alias.Security.SECURE)),
        UNTIL,
        NO_PROOF);
  }

  static ValidationResult noData(String name, int type) {
    return new ValidationResult.Secure(
        Question.of(name, type), new Answer.NoData(name(name)), List.of(), UNTIL, NO_PROOF);
  }

  static ValidationResult insecure(String name, int type, String... records) {
    return insecure(InsecureReason.UNSIGNED_DELEGATION, name, rrset(name, type, records));
  }

  static ValidationResult insecure(InsecureReason reason, String zone, Rrset rrset) {
    return new ValidationResult.Insecure(
        new Question(rrset.name(), rrset.type()),
        reason,
        name(zone),
        new Answer.Positive(rrset),
        List.of(),
        UNTIL,
        NO_PROOF);
  }

  static ValidationResult insecureNoData(String name, int type) {
    return new ValidationResult.Insecure(
        Question.of(name, type),
        InsecureReason.UNSIGNED_DELEGATION,
        name(name),
        new Answer.NoData(name(name)),
        List.of(),
        UNTIL,
        NO_PROOF);
  }

  static ValidationResult bogus(String name, int type, BogusReason reason) {
    return new ValidationResult.Bogus(
        Question.of(name, type), reason, "the record is what it should not be", NO_PROOF);
  }

  static ValidationResult timeout(String name, int type) {
    return ValidationResult.Indeterminate.because(Question.of(name, type), FetchFailure.TIMEOUT);
  }

  /** A lookup that was given up here. */
  static ValidationResult canceled(String name, int type) {
    return ValidationResult.Indeterminate.because(Question.of(name, type), FetchFailure.CANCELED);
  }

  /** One of each kind, for properties. */
  static Stream<ValidationResult> each(String name, int type, String... records) {
    return Stream.of(
        secure(name, type, records),
        noData(name, type),
        insecure(name, type, records),
        insecureNoData(name, type),
        bogus(name, type, BogusReason.EXPIRED),
        timeout(name, type));
  }
}
