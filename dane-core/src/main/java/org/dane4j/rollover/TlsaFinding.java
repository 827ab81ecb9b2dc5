// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.util.Optional;
import org.dane4j.tlsa.TlsaRecord;

/**
 * Something that is unwise or wrong about TLSA records.
 *
 * @param rule the rule that is broken
 * @param record the record that breaks it; empty if it is the RRset as a whole
 * @param explanation what is the matter
 * @since 0.1
 */
public record TlsaFinding(Rule rule, Optional<TlsaRecord> record, String explanation) {

  /** How bad it is. */
  public enum Severity {
    /** Works, and there is something better. */
    ADVICE,
    /** Works now, and will break by itself, or for some senders. */
    WARNING,
    /** Does not do what it is published for. */
    ERROR
  }

  /** The rules, with the remedy for whoever breaks them. */
  public enum Rule {
    /** PKIX-TA and PKIX-EE are not for SMTP. */
    PKIX_USAGE("RFC 7672 §3.1.3", Severity.ERROR, "publish 3 1 1"),
    /** No sender can use the record. */
    UNUSABLE("RFC 6698 §4.1", Severity.ERROR, "publish 3 1 1"),
    /** The certificate's digest changes with each renewal, also if the key stays. */
    CERTIFICATE_SELECTOR(
        "RFC 7671 §5.1", Severity.WARNING, "publish 3 1 1, and keep the key when you renew"),
    /**
     * The CA's certificate may be reissued, or the server send a cross-signed one. RFC 7671 asks
     * for this selector nevertheless, since it pins the CA's constraints.
     */
    TRUST_ANCHOR_CERTIFICATE(
        "RFC 7671 §5.2.1",
        Severity.ADVICE,
        "publish 2 1 1 if you do not control which of its certificates the CA hands out"),
    /** The data are the certificate or key itself, which makes large responses. */
    FULL("RFC 7671 §10.1", Severity.WARNING, "publish a digest: matching type 1"),
    /** SHA-256 is the one digest that every sender has. */
    NO_SHA256("RFC 7671 §9", Severity.WARNING, "publish the same with matching type 1 as well"),
    /** The server does not send the CA that the record is of. */
    TRUST_ANCHOR_NOT_SENT(
        "RFC 7671 §5.2.2",
        Severity.ERROR,
        "let the server send its full chain, or publish 2 1 1 of a certificate that it sends"),
    /** A trust anchor must be an issuer; here it is the server's own certificate. */
    TRUST_ANCHOR_IS_SERVER(
        "RFC 6698 §2.1.1", Severity.ERROR, "publish 3 1 1 of the server's own key"),
    /** A combination of parameters that matches nothing the server shows. */
    COMBINATION_MATCHES_NOTHING(
        "RFC 7671 §8",
        Severity.ERROR,
        "publish a record of the server's current key with these three numbers, or remove all"
            + " records that have them"),
    /** The record matches nothing that the server shows: a next key, or one left over. */
    MATCHES_NOTHING(
        "RFC 7671 §8.4", Severity.ADVICE, "keep it if its key is to come, and remove it otherwise"),
    /** With a CA's record, the server's certificate has to be for the server. */
    OTHER_NAME(
        "RFC 7672 §3.2.2",
        Severity.WARNING,
        "have the certificate issued for that name, or publish 3 1 1 of the server's key"),
    /** With DANE-EE it need not be; but perhaps it is the certificate of another server. */
    OTHER_NAME_WITH_DANE_EE(
        "RFC 7671 §5.1", Severity.ADVICE, "see that it is the certificate of this server"),
    /** With several digests, senders believe the strongest alone, so each needs every key. */
    DIGESTS_DIFFER(
        "RFC 7671 §8.3", Severity.WARNING, "publish each digest for all keys, or for none"),
    /** Many records make large responses, and some senders fail with them. */
    MANY_RECORDS("RFC 7671 §10.1", Severity.WARNING, "remove the records of keys that are gone");

    private final String reference;
    private final Severity severity;
    private final String remedy;

    Rule(String reference, Severity severity, String remedy) {
      this.reference = reference;
      this.severity = severity;
      this.remedy = remedy;
    }

    /**
     * Returns where the rule is from.
     *
     * @return such as {@code RFC 7671 §5.1}
     */
    public String reference() {
      return reference;
    }

    /**
     * Returns how bad it is to break the rule.
     *
     * @return a severity
     */
    public Severity severity() {
      return severity;
    }

    /**
     * Returns what to do about it.
     *
     * @return the rest of a sentence, without a dot
     */
    public String remedy() {
      return remedy;
    }
  }

  static TlsaFinding of(Rule rule, TlsaRecord record, String explanation) {
    return new TlsaFinding(rule, Optional.of(record), explanation);
  }

  /** Returns it as a line: what is the matter, the rule, the remedy. */
  @Override
  public String toString() {
    String subject = record.map(it -> TlsaForm.of(it) + ": ").orElse("");
    return "%s%s (%s); %s".formatted(subject, explanation, rule.reference(), rule.remedy());
  }
}
