// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;

class CertificateFieldsTest {

  private final Minted minted =
      CertificateMint.bare("CN=x")
          .valid(Instant.parse("1951-02-03T04:05:06Z"), Instant.parse("2049-12-31T23:59:59Z"))
          .extension(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE)
          .extension(new ASN1ObjectIdentifier("1.2.3.5"), false, DERNull.INSTANCE)
          .mint();

  @Test
  void bothFormsOfTimeAreRead() throws Exception {
    assertThat(fields(minted.der()).notBefore()).isEqualTo("1951-02-03T04:05:06Z");
    assertThat(fields(minted.der()).notAfter()).isEqualTo("2049-12-31T23:59:59Z");
    Minted later =
        CertificateMint.bare("CN=x")
            .valid(Instant.parse("1949-12-31T23:59:59Z"), Instant.parse("9999-12-31T23:59:59Z"))
            .mint();
    assertThat(fields(later.der()).notBefore()).isEqualTo("1949-12-31T23:59:59Z");
    assertThat(fields(later.der()).notAfter()).isEqualTo("9999-12-31T23:59:59Z");
  }

  @Test
  void timesThatAreNoneAreMalformed() {
    for (String time :
        List.of(
            "510203040506+", "51020304050Z0", "511303040506Z", "510230040506Z", "510203240506Z")) {
      assertThatExceptionOfType(MalformedDerException.class)
          .isThrownBy(() -> fields(replace(text("510203040506Z"), text(time))))
          .withMessageContaining("time");
    }
  }

  @Test
  void extensionsAreKeptInTheirOrder() throws Exception {
    assertThat(fields(minted.der()).extensions().keySet()).containsExactly("1.2.3.4", "1.2.3.5");
    assertThat(Extensions.unknownCritical(fields(minted.der()))).contains("1.2.3.4");
  }

  // RFC 5280 §4.1.2.9
  @Test
  void extensionsInAnotherVersionAreMalformed() {
    for (String version : List.of("a003020101", "a003020100")) {
      assertThatExceptionOfType(MalformedDerException.class)
          .isThrownBy(() -> fields(replace("a003020102", version)))
          .withMessageContaining("not of version 3");
    }
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> fields(replace("a003020102", "a003020103")))
        .withMessageContaining("version other than");
  }

  // RFC 5280 §4.2
  @Test
  void anExtensionThatOccursTwiceIsMalformed() {
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> fields(replace("06032a0305", "06032a0304")))
        .withMessageContaining("1.2.3.4 twice");
  }

  // RFC 5280 §4.1.1.2
  @Test
  void twoDifferentSignatureAlgorithmsAreMalformed() {
    String outside = minted.der().toHex();
    int last = outside.lastIndexOf("06082a8648ce3d040302");
    String other =
        outside.substring(0, last) + "06082a8648ce3d040303" + outside.substring(last + 20);
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> fields(Octets.ofHex(other)))
        .withMessageContaining("two different signature algorithms");
  }

  @Test
  void namesThatCannotBeReadAreComparedOctetForOctet() throws Exception {
    String commonName = "06035504030c0178";
    Octets odd = replace(commonName, "06035504031f0178");
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(
            () -> fields(replace(commonName, "06035504030c0278")).subject().valuesAlone("2.5.4.3"));
    assertThat(fields(odd).isSelfIssued()).isTrue();
    assertThat(fields(odd).subject().toString()).startsWith("#30");
    assertThat(fields(odd).subject().matches(fields(minted.der()).subject())).isFalse();
  }

  private Octets replace(String hex, String with) {
    assertThat(minted.der().toHex()).contains(hex);
    return Octets.ofHex(minted.der().toHex().replace(hex, with));
  }

  private static String text(String ascii) {
    return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  private static CertificateFields fields(Octets der) throws MalformedDerException {
    return PeerChain.ofDer(List.of(der)).leaf().fields();
  }
}
