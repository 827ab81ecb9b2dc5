// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/**
 * A small internet for tests: signed zones, name servers, certificates, honest and hostile mail
 * servers, and named situations with the outcome that RFC 7672 asks for.
 *
 * <p>It shares no code with the modules that it tests.
 */
@NullMarked
module org.dane4j.testkit {
  requires static transitive org.jspecify;
  requires transitive org.dnsjava;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;

  exports org.dane4j.testkit.dns;
  exports org.dane4j.testkit.pki;
  exports org.dane4j.testkit.scenario;
  exports org.dane4j.testkit.smtp;
}
