// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/**
 * TLSA records, the engine that matches them against a certificate chain (RFC 6698, 7671), and the
 * rollover of what they are of.
 */
@NullMarked
module org.dane4j.core {
  requires static transitive org.jspecify;
  requires org.bouncycastle.provider;

  exports org.dane4j.match;
  exports org.dane4j.rollover;
  exports org.dane4j.tlsa;
}
