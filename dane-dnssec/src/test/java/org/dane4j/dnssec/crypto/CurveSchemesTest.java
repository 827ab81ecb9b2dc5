// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dane4j.dnssec.FakeProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lengths and ranges of keys and signatures on curves, with each provider that has them. */
class CurveSchemesTest {

  /**
   * A scheme and what belongs to it.
   *
   * @param size the length of the key
   * @param order the order of the curve's group, above all scalars
   */
  record Curve(
      String name, SignatureScheme scheme, String keys, String signer, int size, String order) {

    private KeyPair pair() throws GeneralSecurityException {
      int slash = keys.indexOf('/');
      return Keys.curve(keys.substring(0, slash), keys.substring(slash + 1));
    }

    private BigInteger n() {
      return new BigInteger(order, 16);
    }

    private boolean isEdwards() {
      return signer.startsWith("Ed");
    }

    @Override
    public String toString() {
      return name + ": " + scheme;
    }
  }

  private static final String P256_ORDER =
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  private static final String P384_ORDER =
      "ffffffffffffffffffffffffffffffffffffffffffffffff"
          + "c7634d81f4372ddf581a0db248b0a77aecec196accc52973";
  private static final String SM2_ORDER =
      "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
  private static final String GOST_ORDER =
      "400000000000000000000000000000000fd8cddfc87b6635c115af556c360c67";
  private static final String ED25519_ORDER =
      "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed";
  private static final String ED448_ORDER =
      "3fffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "7cca23e9c44edb49aed63690216cc2728dc58f552378c292ab5844f3";

  static Stream<Curve> curves() throws GeneralSecurityException {
    var bc = Keys.BOUNCY_CASTLE;
    var jdk = Security.getProvider("SunEC");
    var derOnly = FakeProvider.having(bc, name -> !name.contains("P1363"));
    List<Curve> curves = new ArrayList<>();
    for (var provider : Arrays.asList(bc, jdk, derOnly)) {
      curves.add(
          new Curve(
              "P-256",
              EcdsaScheme.p256(provider),
              "EC/secp256r1",
              "SHA256withPLAIN-ECDSA",
              64,
              P256_ORDER));
      curves.add(
          new Curve(
              "P-384",
              EcdsaScheme.p384(provider),
              "EC/secp384r1",
              "SHA384withPLAIN-ECDSA",
              96,
              P384_ORDER));
    }
    for (var provider : Arrays.asList(bc, jdk)) {
      curves.add(
          new Curve(
              "Ed25519", EddsaScheme.ed25519(provider), "Ed25519/", "Ed25519", 32, ED25519_ORDER));
      curves.add(
          new Curve("Ed448", EddsaScheme.ed448(provider), "Ed448/", "Ed448", 57, ED448_ORDER));
    }
    curves.add(new Curve("SM2", EcdsaScheme.sm2(bc), "EC/sm2p256v1", "SM3withSM2", 64, SM2_ORDER));
    curves.add(
        new Curve(
            "GOST",
            GostScheme.of(bc),
            "ECGOST3410-2012/Tc26-Gost-3410-12-256-paramSetA",
            "GOST3411-2012-256WITHECGOST3410-2012-256",
            64,
            GOST_ORDER));
    return curves.stream();
  }

  private static byte[] signature(Curve curve, KeyPair pair) throws GeneralSecurityException {
    byte[] signature = Keys.sign(curve.signer(), pair.getPrivate(), Keys.DATA);
    return curve.signer().equals("SM3withSM2") ? plain(signature) : signature;
  }

  /** Two DER integers as two numbers of 32 octets. */
  private static byte[] plain(byte[] der) {
    int length = der[3];
    BigInteger r = new BigInteger(Arrays.copyOfRange(der, 4, 4 + length));
    BigInteger s = new BigInteger(Arrays.copyOfRange(der, 6 + length, der.length));
    return Keys.join(fixed(r, 32), fixed(s, 32));
  }

  private static byte[] fixed(BigInteger number, int size) {
    byte[] octets = Keys.unsigned(number);
    return Keys.join(new byte[size - octets.length], octets);
  }

  private static boolean accepts(Curve curve, PublicKey key, byte[] data, byte[] signature) {
    try {
      return curve.scheme().verify(key, data, signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void signature_verifiesInItsExactLengthOnly(Curve curve) throws GeneralSecurityException {
    // Many keys and signatures, so that some numbers begin with zeros.
    for (int round = 0; round < 20; round++) {
      KeyPair pair = curve.pair();
      PublicKey key = curve.scheme().decodeKey(Keys.tail(pair, curve.size()));
      byte[] signature = signature(curve, pair);
      assertThat(accepts(curve, key, Keys.DATA, signature)).isTrue();
      assertThat(accepts(curve, key, new byte[] {1, 2, 4}, signature)).isFalse();
      int size = signature.length;
      assertThat(accepts(curve, key, Keys.DATA, Arrays.copyOf(signature, size - 1))).isFalse();
      assertThat(accepts(curve, key, Keys.DATA, Arrays.copyOf(signature, size + 1))).isFalse();
      assertThat(accepts(curve, key, Keys.DATA, Keys.join(new byte[1], signature))).isFalse();
      assertThat(accepts(curve, key, Keys.DATA, new byte[0])).isFalse();
      assertThat(accepts(curve, key, Keys.DATA, new byte[size])).as("all zero").isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void key_hasItsExactLength(Curve curve) throws GeneralSecurityException {
    byte[] key = Keys.tail(curve.pair(), curve.size());
    for (byte[] other :
        List.of(
            Arrays.copyOf(key, key.length - 1),
            Arrays.copyOf(key, key.length + 1),
            Keys.join(new byte[] {4}, key),
            new byte[0])) {
      assertThatThrownBy(() -> curve.scheme().decodeKey(other))
          .isInstanceOf(InvalidKeyException.class)
          .hasMessageContaining(other.length + " octets instead of " + curve.size());
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void scalarsOutOfRange_areRefused(Curve curve) throws GeneralSecurityException {
    // FIPS 186-4 §6.4, RFC 7091 §6.2; RFC 8032 §5.1.7 for the second half
    KeyPair pair = curve.pair();
    PublicKey key = curve.scheme().decodeKey(Keys.tail(pair, curve.size()));
    byte[] good = signature(curve, pair);
    int half = good.length / 2;
    if (curve.isEdwards()) {
      byte[] scalar = reversed(Arrays.copyOfRange(good, half, good.length));
      BigInteger more = new BigInteger(1, scalar).add(curve.n());
      byte[] malleable = Keys.join(Arrays.copyOf(good, half), reversed(fixed(more, half)));
      assertThat(accepts(curve, key, Keys.DATA, malleable)).isFalse();
      return;
    }
    BigInteger all = BigInteger.ONE.shiftLeft(8 * half).subtract(BigInteger.ONE);
    for (BigInteger bad : List.of(BigInteger.ZERO, curve.n(), curve.n().add(BigInteger.ONE), all)) {
      byte[] octets = fixed(bad, half);
      byte[] first = Keys.join(octets, Arrays.copyOfRange(good, half, good.length));
      byte[] second = Keys.join(Arrays.copyOf(good, half), octets);
      for (byte[] signature : List.of(first, second, Keys.join(octets, octets))) {
        assertThat(accepts(curve, key, Keys.DATA, signature)).isFalse();
      }
    }
  }

  private static byte[] reversed(byte[] octets) {
    byte[] reversed = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      reversed[i] = octets[octets.length - 1 - i];
    }
    return reversed;
  }

  @ParameterizedTest
  @MethodSource("curves")
  void scalarsOutOfRange_areRefusedBeforeTheProviderSeesThem(Curve curve)
      throws GeneralSecurityException {
    var believer =
        FakeProvider.verifying(Keys.BOUNCY_CASTLE, FakeProvider.Behavior.BELIEVES_EVERYTHING);
    SignatureScheme scheme =
        switch (curve.name()) {
          case "P-256" -> EcdsaScheme.p256(believer);
          case "P-384" -> EcdsaScheme.p384(believer);
          case "SM2" -> EcdsaScheme.sm2(believer);
          case "GOST" -> GostScheme.of(believer);
          case "Ed25519" -> EddsaScheme.ed25519(believer);
          default -> EddsaScheme.ed448(believer);
        };
    PublicKey key = scheme.decodeKey(Keys.tail(curve.pair(), curve.size()));
    int half = curve.isEdwards() ? curve.size() : curve.size() / 2;
    byte[] one = fixed(BigInteger.ONE, half);
    byte[] greatest = fixed(curve.n().subtract(BigInteger.ONE), half);
    assertThat(scheme.verify(key, Keys.DATA, Keys.join(one, greatest))).isTrue();
    assertThat(scheme.verify(key, Keys.DATA, Keys.join(greatest, one))).isTrue();
    assertThat(scheme.verify(key, Keys.DATA, Keys.join(one, greatest, new byte[1]))).isFalse();
    if (!curve.isEdwards()) {
      for (BigInteger bad : List.of(BigInteger.ZERO, curve.n())) {
        byte[] octets = fixed(bad, half);
        assertThat(scheme.verify(key, Keys.DATA, Keys.join(octets, one))).isFalse();
        assertThat(scheme.verify(key, Keys.DATA, Keys.join(one, octets))).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void keyThatIsNoPoint_verifiesNothing(Curve curve) throws GeneralSecurityException {
    byte[] signature = signature(curve, curve.pair());
    for (int filling : new int[] {0, 1, 0xff}) {
      byte[] field = new byte[curve.size()];
      Arrays.fill(field, (byte) filling);
      byte[] rdata = Keys.join(new byte[] {1, 0, 3, 13}, field);
      ZoneKey key = new ZoneKey(Fixtures.dnskey(rdata), curve.scheme());
      assertThat(key.verify(Keys.DATA, signature)).isNotEqualTo(ZoneKey.Outcome.VALID);
      assertThat(key.verify(Keys.DATA, new byte[signature.length]))
          .isNotEqualTo(ZoneKey.Outcome.VALID);
    }
  }
}
