// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.util.Objects;

/** Records that are known to be well-formed. */
final class Fixtures {

  private Fixtures() {}

  static Dnskey dnskey(byte... rdata) {
    return Objects.requireNonNull(Dnskey.read(rdata));
  }

  static Ds ds(byte... rdata) {
    return Objects.requireNonNull(Ds.read(rdata));
  }
}
