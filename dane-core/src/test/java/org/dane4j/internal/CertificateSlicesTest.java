// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.junit.jupiter.api.Test;

class CertificateSlicesTest {

  private final Minted minted = CertificateMint.server("mx.example.org").mint();

  @Test
  void slicesAreTheOctetsOfTheirFields() throws Exception {
    X509Certificate certificate = minted.certificate();
    CertificateSlices slices = CertificateSlices.of(DerSlice.owning(certificate.getEncoded()));
    assertThat(slices.certificate().toByteArray()).isEqualTo(certificate.getEncoded());
    assertThat(slices.tbsCertificate().toByteArray()).isEqualTo(certificate.getTBSCertificate());
    assertThat(slices.version()).isEqualTo(3);
    assertThat(slices.serialNumber().toByteArray())
        .isEqualTo(certificate.getSerialNumber().toByteArray());
    assertThat(slices.issuer().toByteArray())
        .isEqualTo(certificate.getIssuerX500Principal().getEncoded());
    assertThat(slices.subject().toByteArray())
        .isEqualTo(certificate.getSubjectX500Principal().getEncoded());
    assertThat(slices.subjectPublicKeyInfo().toByteArray())
        .isEqualTo(certificate.getPublicKey().getEncoded());
    assertThat(slices.signatureValue().toByteArray()).isEqualTo(certificate.getSignature());
    assertThat(slices.signature()).isEqualTo(slices.signatureAlgorithm());
    assertThat(slices.extensions().length()).isPositive();
  }

  @Test
  void aVersion1CertificateHasNoExtensions() throws Exception {
    Minted old = CertificateMint.bare("CN=old").mintVersion1();
    CertificateSlices slices =
        CertificateSlices.of(DerSlice.owning(old.certificate().getEncoded()));
    assertThat(slices.version()).isEqualTo(1);
    assertThat(slices.extensions().length()).isZero();
  }

  @Test
  void everyTruncationIsMalformed() throws Exception {
    byte[] der = minted.certificate().getEncoded();
    for (int length = 0; length < der.length; length++) {
      DerSlice cut = DerSlice.owning(Arrays.copyOf(der, length));
      assertThatExceptionOfType(MalformedDerException.class)
          .isThrownBy(() -> CertificateSlices.of(cut));
    }
  }

  @Test
  void anOctetAfterTheEndIsMalformed() throws Exception {
    byte[] der = minted.certificate().getEncoded();
    DerSlice padded = DerSlice.owning(Arrays.copyOf(der, der.length + 1));
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> CertificateSlices.of(padded))
        .withMessageContaining("after the end of the certificate");
  }
}
