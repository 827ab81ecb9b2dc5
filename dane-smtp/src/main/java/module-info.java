// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/**
 * DANE for SMTP (RFC 7672): lookup, policy, trust manager, and a client that delivers mail under
 * it.
 */
@NullMarked
module org.dane4j.smtp {
  requires static transitive org.jspecify;
  requires transitive java.security.sasl;
  requires transitive org.dane4j.dnssec;
  requires java.net.http;

  exports org.dane4j.smtp;
  exports org.dane4j.smtp.audit;
  exports org.dane4j.smtp.audit.observe;
  exports org.dane4j.smtp.enable;
  exports org.dane4j.smtp.lookup;
  exports org.dane4j.smtp.policy;
  exports org.dane4j.smtp.report;
  exports org.dane4j.smtp.tls;
}
