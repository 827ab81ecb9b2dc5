// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FieldsTest {

  @Test
  void acronymsAreThoseOfRfc7218() {
    assertThat(CertificateUsage.PKIX_TA).hasToString("PKIX-TA(0)");
    assertThat(CertificateUsage.PKIX_EE).hasToString("PKIX-EE(1)");
    assertThat(CertificateUsage.DANE_TA).hasToString("DANE-TA(2)");
    assertThat(CertificateUsage.DANE_EE).hasToString("DANE-EE(3)");
    assertThat(CertificateUsage.PRIV_CERT).hasToString("PrivCert(255)");
    assertThat(Selector.CERT).hasToString("Cert(0)");
    assertThat(Selector.SPKI).hasToString("SPKI(1)");
    assertThat(Selector.PRIV_SEL).hasToString("PrivSel(255)");
    assertThat(MatchingType.FULL).hasToString("Full(0)");
    assertThat(MatchingType.SHA2_256).hasToString("SHA2-256(1)");
    assertThat(MatchingType.SHA2_512).hasToString("SHA2-512(2)");
    assertThat(MatchingType.PRIV_MATCH).hasToString("PrivMatch(255)");
  }

  @Test
  void numbersWithoutAcronymAreUnassigned() {
    assertThat(new CertificateUsage(77)).hasToString("unassigned(77)");
    assertThat(new Selector(2)).hasToString("unassigned(2)");
    assertThat(new MatchingType(254)).hasToString("unassigned(254)");
  }

  @Test
  void valuesThatAreNoOctetAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CertificateUsage(256))
        .withMessageContaining("certificate usage")
        .withMessageContaining("256");
    assertThatIllegalArgumentException().isThrownBy(() -> new Selector(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new MatchingType(256));
  }
}
