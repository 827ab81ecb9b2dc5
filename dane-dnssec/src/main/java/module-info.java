// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/**
 * A pure DNSSEC chain validator (RFC 4033, 4034, 4035, 5155, 6840), and a resolver that feeds it.
 */
@NullMarked
module org.dane4j.dnssec {
  requires static transitive org.jspecify;
  requires transitive org.dane4j.core;
  requires transitive org.dnsjava;
  requires com.github.benmanes.caffeine;
  requires java.xml;
  requires org.bouncycastle.provider;

  exports org.dane4j.dnssec;
  exports org.dane4j.dnssec.resolve;
}
