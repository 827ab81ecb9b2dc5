// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.MessageDigest;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.junit.jupiter.api.Test;

class TlsaRecordTest {

  private static final String DIGEST =
      "8cb0fc6c527506a053f4f14c8464bebbd6dede2738d11468dd953d7d6a3021f1";

  @Test
  void presentationHasThreeFieldsAndHexadecimal() {
    TlsaRecord record = TlsaRecord.parse("3 1 1 " + DIGEST);
    assertThat(record.usage()).isEqualTo(CertificateUsage.DANE_EE);
    assertThat(record.selector()).isEqualTo(Selector.SPKI);
    assertThat(record.matchingType()).isEqualTo(MatchingType.SHA2_256);
    assertThat(record.associationData()).isEqualTo(Octets.ofHex(DIGEST));
    assertThat(record).hasToString("3 1 1 " + DIGEST);
  }

  @Test
  void presentationMayHaveWhiteSpaceWithinTheDataAndUpperCase() {
    assertThat(TlsaRecord.parse("  3\t1 1 8CB0 fc6c\n 5275  "))
        .isEqualTo(TlsaRecord.parse("3 1 1 8cb0fc6c5275"));
  }

  @Test
  void presentationMayHaveAcronymsOfRfc7218InAnyCase() {
    assertThat(TlsaRecord.parse("dane-ee Spki SHA2-256 8cb0"))
        .isEqualTo(TlsaRecord.parse("3 1 1 8cb0"));
    assertThat(TlsaRecord.parse("PrivCert PrivSel privmatch 8cb0"))
        .isEqualTo(TlsaRecord.parse("255 255 255 8cb0"));
  }

  @Test
  void presentationThatIsNoRecordIsRefusedByNameAndWithAnExample() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaRecord.parse("3 1"))
        .withMessageContaining("\"3 1\"")
        .withMessageContaining("3 1 1 8cb0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaRecord.parse("3 1 256 8cb0"))
        .withMessageContaining("\"256\"")
        .withMessageContaining("matching type");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaRecord.parse("DANE-XX 1 1 8cb0"))
        .withMessageContaining("certificate usage");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaRecord.parse("3 1 1 8cb"))
        .withMessageContaining("hexadecimal");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaRecord.parse("_25._tcp.mx.example.org. IN TLSA 3 1 1 8cb0"));
  }

  @Test
  void rdataIsThreeOctetsAndTheData() {
    TlsaRecord record = TlsaRecord.ofRdata(Octets.ofHex("4dff02"));
    assertThat(record).isEqualTo(TlsaRecord.parse("77 255 2"));
    assertThat(record.associationData().length()).isZero();
    assertThat(record.toRdata()).isEqualTo(Octets.ofHex("4dff02"));
  }

  @Test
  void rdataOfFewerThanThreeOctetsIsRefusedWithAdvice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaRecord.ofRdata(Octets.ofHex("0301")))
        .withMessageContaining("0301")
        .withMessageContaining("TlsaRrset.ofRdata");
  }

  @Test
  void recordsOfACertificateHoldItsDigestOrItself() throws Exception {
    Minted minted = CertificateMint.server("mx.example.org").mint();
    byte[] certificate = minted.certificate().getEncoded();
    byte[] key = minted.keys().getPublic().getEncoded();
    assertThat(TlsaRecord.daneEe(minted.certificate()))
        .hasToString("3 1 1 " + Octets.of(digest("SHA-256", key)));
    assertThat(TlsaRecord.daneTa(minted.certificate()))
        .hasToString("2 1 1 " + Octets.of(digest("SHA-256", key)));
    assertThat(of(minted, 2, 0, 2))
        .hasToString("2 0 2 " + Octets.of(digest("SHA-512", certificate)));
    assertThat(of(minted, 3, 1, 0)).hasToString("3 1 0 " + Octets.of(key));
    assertThat(of(minted, 2, 0, 0)).hasToString("2 0 0 " + Octets.of(certificate));
  }

  @Test
  void recordsOfACertificateNeedKnownSelectorAndMatchingType() {
    Minted minted = CertificateMint.server("mx.example.org").mint();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(minted, 3, 2, 1))
        .withMessageContaining("Selector.SPKI");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(minted, 3, 1, 255))
        .withMessageContaining("MatchingType.SHA2_256");
  }

  private static TlsaRecord of(Minted minted, int usage, int selector, int matchingType) {
    return TlsaRecord.of(
        new CertificateUsage(usage),
        new Selector(selector),
        new MatchingType(matchingType),
        minted.certificate());
  }

  private static byte[] digest(String algorithm, byte[] octets) throws Exception {
    return MessageDigest.getInstance(algorithm).digest(octets);
  }
}
