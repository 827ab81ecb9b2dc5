// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.dane4j.smtp.audit.Topic.DANE;
import static org.dane4j.smtp.audit.Topic.DNSSEC;
import static org.dane4j.smtp.audit.Topic.MAIL;

/** What the audit looks at, in the order in which it reports. */
public enum Check {
  /** The domain takes mail, and can be found out to. */
  DOMAIN(MAIL, "mail domain", "RFC 5321 §5.1"),
  /** The MX records name hosts, and nothing else. */
  MX_RECORDS(MAIL, "MX records", "RFC 5321 §5.1, RFC 7505"),
  /** The zones of the domain and of its hosts are linked to the root by signatures. */
  SIGNED(DNSSEC, "chain of trust", "RFC 4035 §5, RFC 7672 §2.2.1"),
  /** The signatures do not end soon. */
  SIGNATURE_LIFE(DNSSEC, "life of the signatures", "RFC 4035 §5.3.1, RFC 6781 §4.4.2"),
  /** The addresses of a host can be looked up, or their absence is proven. */
  ADDRESSES(DNSSEC, "addresses", "RFC 7672 §2.1.2, §2.2.2"),
  /** What does not exist beside the TLSA records is proven not to. */
  DENIAL(DNSSEC, "denial of existence", "RFC 7672 §2.1.2, RFC 4035 §3.1.3"),
  /** All name servers of a zone say the same. */
  NAME_SERVERS(DNSSEC, "name servers", "RFC 1035 §4.3.5, RFC 6891, RFC 7766"),
  /** Whether a host has TLSA records can be found out. */
  TLSA_LOOKUP(DANE, "TLSA lookup", "RFC 7672 §2.1.2, §2.2.3"),
  /** The TLSA records can be used. */
  TLSA_RECORDS(DANE, "TLSA records", "RFC 7671 §10, RFC 7672 §3.1"),
  /** No TLSA records stand where no sender looks. */
  TLSA_PLACE(DANE, "place of the TLSA records", "RFC 6698 §3, RFC 7672 §2.2.3"),
  /** The server offers TLS. */
  STARTTLS(DANE, "STARTTLS", "RFC 7672 §2.2, RFC 3207"),
  /** The TLSA records match the certificates at each address, whatever a sender offers. */
  CERTIFICATES(DANE, "certificates", "RFC 7672 §3"),
  /** Each TLSA record is of a certificate or key that is in use or to come. */
  RECORD_USE(DANE, "use of each TLSA record", "RFC 7671 §8, §9"),
  /** The certificates do not expire soon. */
  CERTIFICATE_DATES(DANE, "dates of the certificates", "RFC 7671 §5.1, §5.2"),
  /** Keys can be replaced without an outage. */
  ROLLOVER(DANE, "rollover", "RFC 7671 §8.1, §8.4"),
  /** A mistake in the TLSA records can be put right soon. */
  TTL(DANE, "TTL of the TLSA records", "RFC 7671 §13"),
  /** All hosts of the domain are protected, the backup too. */
  COVERAGE(DANE, "coverage", "RFC 7672 §2.2.1"),
  /** What the domain says by MTA-STS is true of its hosts. */
  MTA_STS(MAIL, "MTA-STS", "RFC 8461"),
  /** Senders can report what went wrong. */
  TLS_REPORTING(MAIL, "TLS reporting", "RFC 8460 §3"),
  /** A server speaks SMTP to strangers. */
  SMTP(MAIL, "SMTP", "RFC 5321 §3.1");

  private final Topic topic;
  private final String title;
  private final String rule;

  Check(Topic topic, String title, String rule) {
    this.topic = topic;
    this.title = title;
    this.rule = rule;
  }

  /**
   * Returns what the check belongs to.
   *
   * @return the topic
   */
  public Topic topic() {
    return topic;
  }

  /**
   * Returns what the check is about, for a person.
   *
   * @return some words in lower case
   */
  public String title() {
    return title;
  }

  /**
   * Returns why it is checked.
   *
   * @return sections of RFCs
   */
  public String rule() {
    return rule;
  }
}
