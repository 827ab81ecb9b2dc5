// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.internal.MalformedDerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionsTest {

  @ParameterizedTest
  @CsvSource({
    "3000, false, 2147483647",
    "3003010100, false, 2147483647",
    "30030101ff, true, 2147483647",
    "30060101ff020100, true, 0",
    "30060101ff02017f, true, 127",
    "30070101ff02020100, true, 256",
    "30080101ff0203010203, true, 66051",
    "30090101ff020401000000, true, 2147483647"
  })
  void basicConstraintsAreReadAsTheyStand(String hex, boolean ca, int pathLength) throws Exception {
    assertThat(Extensions.basicConstraints(fields(Extensions.BASIC_CONSTRAINTS, hex)))
        .contains(new Extensions.BasicConstraints(ca, pathLength));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "3000ff",
        "0500",
        "3004010100ff",
        "30060101ff0201ff",
        "30050101ff0200",
        "30090101ff020100020100",
        "3004010200ff"
      })
  void basicConstraintsThatAreNoneAreMalformed(String hex) {
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> Extensions.basicConstraints(fields(Extensions.BASIC_CONSTRAINTS, hex)));
  }

  @Test
  void keyUsageBitsAreCountedFromTheLeft() throws Exception {
    CertificateFields signs = fields(Extensions.KEY_USAGE, "03020204");
    assertThat(Extensions.allowsKeyUsage(signs, Extensions.KEY_CERT_SIGN)).isTrue();
    assertThat(Extensions.allowsKeyUsage(signs, Extensions.DIGITAL_SIGNATURE)).isFalse();
    CertificateFields second = fields(Extensions.KEY_USAGE, "0303070080");
    assertThat(Extensions.allowsKeyUsage(second, 8)).isTrue();
    assertThat(Extensions.allowsKeyUsage(second, 0)).isFalse();
    CertificateFields none = fields(Extensions.KEY_USAGE, "030100");
    assertThat(Extensions.allowsKeyUsage(none, Extensions.DIGITAL_SIGNATURE)).isFalse();
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> Extensions.allowsKeyUsage(fields(Extensions.KEY_USAGE, "0302020400"), 5));
  }

  @Test
  void extendedKeyUsagesAreIdentifiers() throws Exception {
    CertificateFields server = fields(Extensions.EXT_KEY_USAGE, "300a06082b06010505070301");
    assertThat(Extensions.extendedKeyUsage(server)).contains(List.of(Extensions.SERVER_AUTH));
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(
            () -> Extensions.extendedKeyUsage(fields(Extensions.EXT_KEY_USAGE, "30020680")));
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(
            () -> Extensions.extendedKeyUsage(fields(Extensions.EXT_KEY_USAGE, "3003060180")));
  }

  private static CertificateFields fields(String oid, String hex) throws MalformedDerException {
    return Matches.certificate(
            CertificateMint.bare("CN=x")
                .rawExtension(new ASN1ObjectIdentifier(oid), false, HexFormat.of().parseHex(hex))
                .mint())
        .fields();
  }
}
