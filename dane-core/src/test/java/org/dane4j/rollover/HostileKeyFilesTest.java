// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that want to cost time or memory, or to bring the reader down: each is refused, soon. */
class HostileKeyFilesTest {

  private static final char[] PASSWORD = "secret".toCharArray();
  private static final int MOST = Integer.MAX_VALUE;
  private static final AlgorithmIdentifier HMAC_SHA256 =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

  private static void isRefusedSoon(Octets contents) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> ServerKeyReader.withPassword(PASSWORD).read(contents))
                .isInstanceOf(UnusableKeyException.class)
                .hasNoCause()
                .message()
                .hasLineCount(1)
                .hasSizeLessThan(200));
  }

  private static void isRefusedSoon(byte[] contents) {
    isRefusedSoon(Octets.of(contents));
  }

  /**
   * So many containers in each other that a reader which calls itself for each runs out of stack.
   */
  private static byte[] nested(byte[] opening) {
    byte[] all = new byte[1_000_000 - 1_000_000 % opening.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = opening[i % opening.length];
    }
    return all;
  }

  /** Containers whose lengths are right. */
  private static byte[] nestedDer(int tag, int depth) {
    byte[] all = new byte[depth * 5];
    for (int i = 0; i < depth; i++) {
      int length = all.length - 5 * (i + 1);
      byte[] header = {
        (byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length
      };
      System.arraycopy(header, 0, all, i * 5, 5);
    }
    return all;
  }

  static Stream<byte[]> bombs() {
    return Stream.of(
        nested(new byte[] {0x30, (byte) 0x80}),
        nested(new byte[] {0x24, (byte) 0x80}),
        nested(new byte[] {(byte) 0xa0, (byte) 0x80}),
        nestedDer(0x30, 100_000),
        nestedDer(0x31, 100_000),
        nestedDer(0x24, 100_000));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void nestedContainers_areRefused_whereverTheyStand(byte[] bomb) throws IOException {
    isRefusedSoon(bomb);
    for (String type :
        new String[] {
          "CERTIFICATE",
          "CERTIFICATE REQUEST",
          "PUBLIC KEY",
          "RSA PUBLIC KEY",
          "PRIVATE KEY",
          "ENCRYPTED PRIVATE KEY",
          "RSA PRIVATE KEY",
          "EC PRIVATE KEY"
        }) {
      isRefusedSoon(KeyFiles.octets(KeyFiles.pem(type, Arrays.copyOf(bomb, 700_000))));
    }
    ContentInfo part = new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(bomb));
    isRefusedSoon(store(part, 1));
    isRefusedSoon(store(safe(part), 0));
  }

  @Test
  void bombsInsideOfObjects_areRefused() {
    byte[] bomb = nestedDer(0x30, 50_000);
    byte[] afterVersion = new byte[bomb.length + 8];
    int length = bomb.length + 3;
    byte[] header = {
      0x30, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length, 2, 1, 0
    };
    System.arraycopy(header, 0, afterVersion, 0, 8);
    System.arraycopy(bomb, 0, afterVersion, 8, bomb.length);
    for (byte version = 0; version < 4; version++) {
      afterVersion[7] = version;
      isRefusedSoon(afterVersion);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST, 100_000_000, -1, 0})
  void iterationsOfAnEncryptedKey_areBounded(int iterations) throws IOException {
    isRefusedSoon(
        new EncryptedPrivateKeyInfo(pbes2(iterations, HMAC_SHA256), new byte[64]).getEncoded());
    isRefusedSoon(new EncryptedPrivateKeyInfo(pbes1(iterations), new byte[64]).getEncoded());
    isRefusedSoon(
        KeyFiles.octets(
            KeyFiles.pem(
                "ENCRYPTED PRIVATE KEY",
                new EncryptedPrivateKeyInfo(pbes2(iterations, HMAC_SHA256), new byte[64])
                    .getEncoded())));
  }

  private static AlgorithmIdentifier pbes2(int iterations, AlgorithmIdentifier prf) {
    PBKDF2Params kdf = new PBKDF2Params(new byte[16], iterations, 32, prf);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_PBES2,
        new PBES2Parameters(
            new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, kdf),
            new EncryptionScheme(
                NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16]))));
  }

  private static AlgorithmIdentifier pbes1(int iterations) {
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
        new PKCS12PBEParams(new byte[8], iterations));
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST, 100_000_000, 5_000_000, -1})
  void iterationsOfPkcs12_areBounded(int iterations) throws IOException {
    isRefusedSoon(store(new ContentInfo(PKCSObjectIdentifiers.data, empty()), iterations));
    ContentInfo part = encrypted(iterations);
    isRefusedSoon(store(part, 0));
  }

  @Test
  void manyEncryptedPartsOfPkcs12_areBoundedTogether() throws IOException {
    ContentInfo[] parts = Collections.nCopies(3, encrypted(900_000)).toArray(ContentInfo[]::new);
    byte[] file = store(safe(parts), 0);
    isRefusedSoon(file);
    assertThatThrownBy(() -> ServerKeyReader.withPassword(PASSWORD).read(Octets.of(file)))
        .hasMessageContaining("hashed more than 2000000 times");
    assertThatThrownBy(
            () ->
                ServerKeyReader.withPassword(PASSWORD)
                    .read(
                        Octets.of(
                            store(
                                new ContentInfo(PKCSObjectIdentifiers.data, empty()), 2_000_001))))
        .hasMessageContaining("hashed more than 2000000 times");
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST, 2_000_001})
  void iterationsOfAKeyInPkcs12_areBounded(int iterations) throws IOException {
    EncryptedPrivateKeyInfo key =
        new EncryptedPrivateKeyInfo(pbes2(iterations, HMAC_SHA256), new byte[64]);
    SafeBag bag = new SafeBag(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag, key);
    DEROctetString bags = new DEROctetString(new DERSequence(bag).getEncoded());
    byte[] file = store(safe(new ContentInfo(PKCSObjectIdentifiers.data, bags)), 0);
    isRefusedSoon(file);
    assertThatThrownBy(() -> ServerKeyReader.withPassword(PASSWORD).read(Octets.of(file)))
        .hasMessageContaining("hashed more than 2000000 times");
  }

  private static ContentInfo safe(ContentInfo... parts) throws IOException {
    return new ContentInfo(
        PKCSObjectIdentifiers.data, new DEROctetString(new AuthenticatedSafe(parts).getEncoded()));
  }

  private static ContentInfo encrypted(int iterations) {
    return new ContentInfo(
        PKCSObjectIdentifiers.encryptedData,
        new EncryptedData(
            PKCSObjectIdentifiers.data,
            pbes2(iterations, HMAC_SHA256),
            new BEROctetString(new byte[64])));
  }

  private static ASN1Encodable empty() throws IOException {
    return new DEROctetString(new AuthenticatedSafe(new ContentInfo[0]).getEncoded());
  }

  private static byte[] store(ContentInfo content, int macIterations) throws IOException {
    ContentInfo safe =
        content.getContentType().equals(PKCSObjectIdentifiers.data) ? content : safe(content);
    DigestInfo digest =
        new DigestInfo(
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE),
            new byte[32]);
    // Without a MAC, nothing stops a reader at the password.
    MacData mac = macIterations == 0 ? null : new MacData(digest, new byte[8], macIterations);
    return new Pfx(safe, mac).getEncoded();
  }

  @Test
  void hugeRsaKeys_areRefused_orCostNothing() throws IOException {
    BigInteger huge = new BigInteger(100_000, new Random(1)).setBit(99_999).setBit(0);
    byte[] pkcs1 =
        new RSAPrivateKey(huge, BigInteger.valueOf(65537), huge, huge, huge, huge, huge, huge)
            .getEncoded();
    isRefusedSoon(KeyFiles.octets(KeyFiles.pem("RSA PRIVATE KEY", pkcs1)));
    isRefusedSoon(
        new org.bouncycastle.asn1.pkcs.PrivateKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                RSAPrivateKey.getInstance(pkcs1))
            .getEncoded());
    isRefusedSoon(
        KeyFiles.octets(
            KeyFiles.pem(
                "RSA PUBLIC KEY",
                new org.bouncycastle.asn1.pkcs.RSAPublicKey(huge, BigInteger.valueOf(65537))
                    .getEncoded())));
  }

  /** RFC 5480 §2.1.1: certificates name their curve, and do not describe it. */
  @Test
  void curveThatIsDescribed_isRefused() throws IOException {
    org.bouncycastle.asn1.x9.X9ECParameters curve =
        org.bouncycastle.asn1.sec.SECNamedCurves.getByName("secp256r1");
    byte[] sec1 =
        new org.bouncycastle.asn1.sec.ECPrivateKey(256, BigInteger.TEN, curve).getEncoded();
    isRefusedSoon(KeyFiles.octets(KeyFiles.pem("EC PRIVATE KEY", sec1)));
    isRefusedSoon(
        new org.bouncycastle.asn1.x509.SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                    org.bouncycastle.asn1.x9.X9ObjectIdentifiers.id_ecPublicKey, curve),
                curve.getG().getEncoded(false))
            .getEncoded());
    ASN1EncodableVector field = new ASN1EncodableVector();
    field.add(new ASN1ObjectIdentifier("1.2.840.10045.1.1"));
    field.add(
        new org.bouncycastle.asn1.ASN1Integer(
            BigInteger.ONE.shiftLeft(4_000_000).subtract(BigInteger.ONE)));
    ASN1EncodableVector described = new ASN1EncodableVector();
    described.add(new org.bouncycastle.asn1.ASN1Integer(1));
    described.add(new DERSequence(field));
    described.add(
        new DERSequence(
            new ASN1Encodable[] {
              new DEROctetString(new byte[] {1}), new DEROctetString(new byte[] {1})
            }));
    described.add(new DEROctetString(new byte[] {4, 1, 1}));
    described.add(new org.bouncycastle.asn1.ASN1Integer(BigInteger.ONE.shiftLeft(4_000_000)));
    isRefusedSoon(
        new org.bouncycastle.asn1.pkcs.PrivateKeyInfo(
                new AlgorithmIdentifier(
                    org.bouncycastle.asn1.x9.X9ObjectIdentifiers.id_ecPublicKey,
                    new DERSequence(described)),
                new org.bouncycastle.asn1.sec.ECPrivateKey(256, BigInteger.TEN))
            .getEncoded());
  }

  @Test
  void fileThatIsTooLarge_isRefused() {
    byte[] large = new byte[ServerKeyReader.MAX_OCTETS + 1];
    isRefusedSoon(large);
    Arrays.fill(large, (byte) '\n');
    byte[] start = "-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(start, 0, large, 0, start.length);
    isRefusedSoon(large);
  }

  @Test
  void manyPemBlocks_areRefused() {
    isRefusedSoon(KeyFiles.octets("-----BEGIN X-----\n".repeat(20_000)));
    isRefusedSoon(KeyFiles.octets("-----BEGIN ".repeat(50_000)));
    isRefusedSoon(KeyFiles.octets("-----BEGIN X-----\n\n-----END X-----\n".repeat(20_000)));
    isRefusedSoon(KeyFiles.octets("-----BEGIN CERTIFICATE-----\nA: B\n".repeat(20_000)));
  }

  @Property(tries = 500)
  void junk_isRefused(@ForAll byte[] junk) {
    isRefusedSoon(junk);
  }

  /** Whatever is changed in a file, nothing but a key or a refusal comes of it. */
  @Property(tries = 300)
  void changedFile_isReadOrRefused(@ForAll int at, @ForAll byte value, @ForAll boolean store)
      throws Exception {
    byte[] file = (store ? STORE : KEY).clone();
    file[Math.floorMod(at, file.length)] = value;
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          try {
            ServerKey key = ServerKeyReader.withPassword(PASSWORD).read(Octets.of(file));
            assertThat(key.subjectPublicKeyInfo().length()).isPositive();
          } catch (UnusableKeyException e) {
            assertThat(e).hasNoCause();
          }
        });
  }

  private static final byte[] STORE = store();
  private static final byte[] KEY = CertificateMint.ecKeys().getPrivate().getEncoded();

  private static byte[] store() {
    try {
      Minted minted = CertificateMint.server("mx.example.org").mint();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      KeyPair keys = minted.keys();
      store.setKeyEntry("a", keys.getPrivate(), PASSWORD, new Certificate[] {minted.certificate()});
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, PASSWORD);
      return out.toByteArray();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
