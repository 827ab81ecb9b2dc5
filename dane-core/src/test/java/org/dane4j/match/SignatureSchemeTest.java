// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureSchemeTest {

  private static final String RSA_SHA256 = "06092a864886f70d01010b";
  private static final String ECDSA_SHA256 = "06082a8648ce3d040302";
  private static final String ED25519 = "06032b6570";
  private static final String RSASSA_PSS = "06092a864886f70d01010a";

  // RFC 4055 §5, RFC 5758 §3.2, RFC 8410 §3
  @ParameterizedTest
  @CsvSource({
    RSA_SHA256 + "0500, RSA_PKCS1",
    RSA_SHA256 + ", RSA_PKCS1",
    RSA_SHA256 + "3000, OTHER",
    RSA_SHA256 + "05000500, OTHER",
    ECDSA_SHA256 + ", ECDSA",
    ECDSA_SHA256 + "0500, OTHER",
    ED25519 + ", ED25519",
    ED25519 + "0500, OTHER"
  })
  void parametersAreAsTheyShouldBe(String content, SignatureScheme.Form form) throws Exception {
    assertThat(scheme(content).form()).isEqualTo(form);
  }

  // RFC 4055 §3.1: what is left out is SHA-1
  @Test
  void pssWithoutParametersIsSha1() throws Exception {
    assertThat(scheme(RSASSA_PSS).hash()).isEqualTo(SignatureScheme.Hash.SHA_1);
    assertThat(scheme(RSASSA_PSS + "3000").hash()).isEqualTo(SignatureScheme.Hash.SHA_1);
    assertThat(StrengthPolicy.DEFAULT.refuses(scheme(RSASSA_PSS).hash())).isTrue();
  }

  @Test
  void whatFollowsAnAlgorithmIsMalformed() {
    byte[] padded = HexFormat.of().parseHex("30" + "05" + ED25519 + "00");
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> SignatureScheme.of(DerSlice.owning(padded)))
        .withMessageContaining("after the end of the signature algorithm");
  }

  private static SignatureScheme scheme(String content) throws MalformedDerException {
    String length = String.format("%02x", content.length() / 2);
    return SignatureScheme.of(DerSlice.owning(HexFormat.of().parseHex("30" + length + content)));
  }
}
