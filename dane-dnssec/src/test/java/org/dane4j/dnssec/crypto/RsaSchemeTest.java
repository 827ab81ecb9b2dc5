// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import org.dane4j.dnssec.FakeProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked of RSA keys and signatures before and after the provider looks at them. */
class RsaSchemeTest {

  private static final RsaScheme SCHEME = scheme("SHA256withRSA");
  private static final Provider SIGNATURES_ONLY = Security.getProvider("SunRsaSign");
  private static final BigInteger F4 = BigInteger.valueOf(65537);

  private static RsaScheme scheme(String signature) {
    try {
      return RsaScheme.of(signature, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An odd number of so many bits; it need not be a key to be decoded. */
  private static BigInteger modulus(int bits) {
    return BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
  }

  private static void refuses(byte[] field, String message) {
    assertThatThrownBy(() -> SCHEME.decodeKey(field))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 1025, 2048, 4096})
  void modulus_ofTheseBitsIsAccepted(int bits) throws GeneralSecurityException {
    RSAPublicKey key = (RSAPublicKey) SCHEME.decodeKey(Keys.rsaField(F4, modulus(bits)));
    assertThat(key.getModulus()).isEqualTo(modulus(bits));
    assertThat(key.getPublicExponent()).isEqualTo(F4);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1023, 4097, 8192})
  void modulus_ofTheseBitsIsRefused(int bits) {
    // RFC 3110 §2, RFC 5702 §2
    refuses(Keys.rsaField(F4, modulus(bits)), "an RSA modulus of " + bits + " bits");
  }

  @Test
  void lowerBoundOfTheModulus_canBeChanged() throws GeneralSecurityException {
    byte[] field = Keys.rsaField(F4, modulus(512));
    assertThat(SCHEME.withMinModulusBits(512).decodeKey(field)).isNotNull();
    assertThatThrownBy(() -> SCHEME.withMinModulusBits(513).decodeKey(field))
        .hasMessageContaining("accepted are 513 to 4096");
  }

  @Test
  void evenModulus_isRefused() {
    refuses(Keys.rsaField(F4, modulus(2048).add(BigInteger.ONE)), "even modulus");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "65536", "18446744073709551616", "18446744073709551617"})
  void exponent_outOfBoundsIsRefused(BigInteger exponent) {
    refuses(Keys.rsaField(exponent, modulus(2048)), "exponent that is even, below 3, or longer");
  }

  @ParameterizedTest
  @CsvSource({"3", "17", "65537", "18446744073709551615"})
  void exponent_withinBoundsIsAccepted(BigInteger exponent) throws GeneralSecurityException {
    RSAPublicKey key = (RSAPublicKey) SCHEME.decodeKey(Keys.rsaField(exponent, modulus(2048)));
    assertThat(key.getPublicExponent()).isEqualTo(exponent);
  }

  @Test
  void exponent_mayHaveAlengthOfThreeOctets_andLeadingZeros() throws GeneralSecurityException {
    byte[] n = Keys.unsigned(modulus(2048));
    byte[] field = Keys.join(new byte[] {0, 1, 2}, new byte[255], new byte[] {1, 0, 1}, n);
    RSAPublicKey key = (RSAPublicKey) SCHEME.decodeKey(field);
    assertThat(key.getPublicExponent()).isEqualTo(F4);
    assertThat(key.getModulus()).isEqualTo(modulus(2048));
  }

  @Test
  void fieldThatIsCutOff_isRefused() {
    byte[] field = Keys.rsaField(F4, modulus(2048));
    for (int length = 0; length <= 4; length++) {
      byte[] cut = Arrays.copyOf(field, length);
      refuses(cut, length <= 1 ? "cut off" : "does not fit");
    }
    refuses(new byte[] {0, 0, 1}, "cut off");
    refuses(new byte[] {0, 0, 1, 3}, "does not fit");
    refuses(new byte[] {0, 0, 0, 3, 3, 3}, "does not fit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "SHA256withRSA", "SHA512withRSA"})
  void signature_isAsLongAsTheModulus(String name) throws GeneralSecurityException {
    // 1030 bits: the first octet of the modulus is not full.
    KeyPair pair = Keys.rsa(1030);
    RsaScheme scheme = scheme(name);
    PublicKey key = scheme.decodeKey(Keys.rsaField(pair));
    byte[] signature = Keys.sign(name, pair.getPrivate(), Keys.DATA);
    assertThat(signature).hasSize(129);
    assertThat(scheme.verify(key, Keys.DATA, signature)).isTrue();
    assertThat(scheme.verify(key, new byte[] {1, 2, 4}, signature)).isFalse();
    assertThat(scheme.verify(key, Keys.DATA, Keys.join(new byte[1], signature))).isFalse();
    assertThat(scheme.verify(key, Keys.DATA, Keys.join(signature, new byte[1]))).isFalse();
    assertThat(scheme.verify(key, Keys.DATA, Arrays.copyOf(signature, 128))).isFalse();
    assertThat(scheme.verify(key, Keys.DATA, new byte[0])).isFalse();
  }

  @Test
  void digestInfoWithoutNull_isRefused() throws GeneralSecurityException {
    // RFC 8017 §9.2: providers differ, so what is compared here is the whole message.
    KeyPair pair = Keys.rsa(1024);
    PublicKey key = SCHEME.decodeKey(Keys.rsaField(pair));
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Keys.DATA);
    byte[] good = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
    byte[] bare = HexFormat.of().parseHex("302f300b0609608648016503040201" + "0420");
    assertThat(SCHEME.verify(key, Keys.DATA, rawSignature(pair, Keys.join(good, hash)))).isTrue();
    assertThat(SCHEME.verify(key, Keys.DATA, rawSignature(pair, Keys.join(bare, hash)))).isFalse();
  }

  @Test
  void provider_needNotHaveTheBareOperation_andIsCheckedAllTheSame() throws Exception {
    KeyPair pair = Keys.rsa(1024);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Keys.DATA);
    byte[] bare = HexFormat.of().parseHex("302f300b0609608648016503040201" + "0420");
    for (Provider provider : List.of(SIGNATURES_ONLY, new OtherCipher())) {
      RsaScheme scheme = RsaScheme.of("SHA256withRSA", provider);
      PublicKey key = scheme.decodeKey(Keys.rsaField(pair));
      byte[] good = Keys.sign("SHA256withRSA", pair.getPrivate(), Keys.DATA);
      assertThat(scheme.verify(key, Keys.DATA, good)).isTrue();
      assertThat(scheme.verify(key, new byte[] {1, 2, 4}, good)).isFalse();
      assertThat(scheme.verify(key, Keys.DATA, rawSignature(pair, Keys.join(bare, hash))))
          .isFalse();
    }
  }

  @Test
  void provider_thatRefusesTheSignatureAlgorithm_isNotUsedForItsParts() throws Exception {
    Provider refusing = FakeProvider.verifying(Keys.BOUNCY_CASTLE, FakeProvider.Behavior.THROWS);
    RsaScheme scheme = RsaScheme.of("SHA256withRSA", refusing);
    KeyPair pair = Keys.rsa(1024);
    PublicKey key = scheme.decodeKey(Keys.rsaField(pair));
    byte[] good = Keys.sign("SHA256withRSA", pair.getPrivate(), Keys.DATA);
    assertThatThrownBy(() -> scheme.verify(key, Keys.DATA, good))
        .isInstanceOf(ProviderException.class);
  }

  @Test
  void numberThatIsNotBelowTheModulus_isNoSignature() throws Exception {
    // 1030 bits: number and modulus together still fit into the octets of the modulus.
    KeyPair pair = Keys.rsa(1030);
    BigInteger modulus = ((RSAPublicKey) pair.getPublic()).getModulus();
    byte[] good = Keys.sign("SHA256withRSA", pair.getPrivate(), Keys.DATA);
    byte[] beyond = Keys.unsigned(new BigInteger(1, good).add(modulus));
    assertThat(beyond).hasSameSizeAs(good);
    for (RsaScheme scheme : List.of(SCHEME, RsaScheme.of("SHA256withRSA", SIGNATURES_ONLY))) {
      PublicKey key = scheme.decodeKey(Keys.rsaField(pair));
      assertThat(scheme.verify(key, Keys.DATA, good)).isTrue();
      assertThat(scheme.verify(key, Keys.DATA, beyond)).isFalse();
    }
  }

  /** The platform's signatures, and by the name of the bare operation another one. */
  private static final class OtherCipher extends Provider {
    private static final long serialVersionUID = 1;

    OtherCipher() {
      super("OtherCipher", "1", "for tests");
    }

    @Override
    public synchronized Service getService(String type, String algorithm) {
      return type.equals("Cipher")
          ? Security.getProvider("SunJCE").getService("Cipher", "RSA")
          : SIGNATURES_ONLY.getService(type, algorithm);
    }
  }

  private static byte[] rawSignature(KeyPair pair, byte[] digestInfo)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, pair.getPrivate());
    return cipher.doFinal(digestInfo);
  }

  @Test
  void hashThatDnssecDoesNotHave_isRefused() {
    assertThatThrownBy(() -> RsaScheme.of("SHA384withRSA", null))
        .isInstanceOf(NoSuchAlgorithmException.class)
        .hasMessageContaining("SHA384withRSA");
  }
}
