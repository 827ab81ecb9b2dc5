// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TlsaTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private final X509Certificate certificate =
      TestAuthority.root("Root", AT).issue("mx.example").certificate();

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  @Test
  void selector0_isTheWholeCertificate() throws Exception {
    assertThat(Tlsa.rdata(3, 0, 0, certificate))
        .isEqualTo("3 0 0 " + hex(certificate.getEncoded()));
  }

  @Test
  void selector1_isThePublicKeyAsItStandsInTheCertificate() {
    // For a P-256 key the JDK's own encoding is the same one.
    assertThat(Tlsa.rdata(2, 1, 0, certificate))
        .isEqualTo("2 1 0 " + hex(certificate.getPublicKey().getEncoded()));
  }

  @Test
  void matchingTypes_areSha256AndSha512() throws Exception {
    byte[] key = certificate.getPublicKey().getEncoded();

    assertThat(Tlsa.rdata(3, 1, 1, certificate))
        .isEqualTo("3 1 1 " + hex(MessageDigest.getInstance("SHA-256").digest(key)));
    assertThat(Tlsa.rdata(3, 1, 2, certificate))
        .isEqualTo("3 1 2 " + hex(MessageDigest.getInstance("SHA-512").digest(key)));
  }

  @Test
  void unassignedNumbers_makeWellFormedData() {
    assertThat(Tlsa.rdata(4, 7, 9, certificate)).matches("4 7 9 [0-9a-f]{64}");
  }
}
