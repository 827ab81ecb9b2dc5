// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;

/** Keys that a mail server may have: of two CAs, and self-signed. */
final class Chains {

  static final String HOST = "mx.example.org";

  static final Minted CA_ONE = CertificateMint.ca("one").mint();
  static final Minted CA_TWO = CertificateMint.ca("two").mint();

  static final ServerKey ONE_A = of(CA_ONE);
  static final ServerKey ONE_B = of(CA_ONE);
  static final ServerKey ONE_C = of(CA_ONE);
  static final ServerKey TWO_A = of(CA_TWO);
  static final ServerKey TWO_B = of(CA_TWO);
  static final ServerKey SELF_A = selfSigned();
  static final ServerKey SELF_B = selfSigned();

  static final List<ServerKey> ALL = List.of(ONE_A, ONE_B, ONE_C, TWO_A, TWO_B, SELF_A, SELF_B);

  private Chains() {}

  private static ServerKey of(Minted ca) {
    return KeyFiles.chain(CertificateMint.server(HOST).issuedBy(ca).mint(), ca);
  }

  private static ServerKey selfSigned() {
    return KeyFiles.chain(CertificateMint.server(HOST).mint());
  }
}
