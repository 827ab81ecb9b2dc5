// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The DNSSEC algorithms that a zone can be signed with: the {@link #recommended} ones, which every
 * validator has, and some that a validator may take for unknown.
 *
 * <p>ECDSA signatures are the deterministic ones of RFC 6979, so that one key signs the same data
 * with the same octets every time.
 */
public enum SigningAlgorithm {
  /** RSA/SHA-256, RFC 5702; keys of 2048 bits. */
  RSASHA256(8, "RSA", "SHA256withRSA"),
  /** RSA/SHA-512, RFC 5702; keys of 2048 bits. */
  RSASHA512(10, "RSA", "SHA512withRSA"),
  /** ECDSA over P-256 with SHA-256, RFC 6605: the default. */
  ECDSAP256SHA256(13, "secp256r1", "SHA256withECDDSA"),
  /** ECDSA over P-384 with SHA-384, RFC 6605. */
  ECDSAP384SHA384(14, "secp384r1", "SHA384withECDDSA"),
  /** Ed25519, RFC 8080. */
  ED25519(15, "Ed25519", "Ed25519"),
  /** Ed448, RFC 8080. */
  ED448(16, "Ed448", "Ed448"),
  /** RSA/SHA-1, RFC 3110; validators treat it as unsupported, RFC 9905. */
  RSASHA1(5, "RSA", "SHA1withRSA"),
  /** RSA/SHA-1 for zones with NSEC3, RFC 5155; validators treat it as unsupported, RFC 9905. */
  RSASHA1_NSEC3_SHA1(7, "RSA", "SHA1withRSA"),
  /** SM2 with SM3, RFC 9563. */
  SM2SM3(17, "sm2p256v1", "SM3withSM2"),
  /** GOST R 34.10-2012 with keys of 256 bits, RFC 9558. */
  ECC_GOST12(23, "Tc26-Gost-3410-12-256-paramSetA", "GOST3411-2012-256WITHECGOST3410-2012-256");

  /**
   * Faster than the JDK on curves, and never registered: nothing outside of this module sees it.
   */
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private final int number;
  private final String keyType;
  private final String signature;

  SigningAlgorithm(int number, String keyType, String signature) {
    this.number = number;
    this.keyType = keyType;
    this.signature = signature;
  }

  /**
   * Returns the algorithms that RFC 8624 §3.1 lets a signer use.
   *
   * @return all but the last four
   */
  public static List<SigningAlgorithm> recommended() {
    return List.of(RSASHA256, RSASHA512, ECDSAP256SHA256, ECDSAP384SHA384, ED25519, ED448);
  }

  /**
   * Returns the number of the algorithm in DNSKEY, RRSIG and DS records.
   *
   * @return the number in IANA's registry of DNS security algorithms
   */
  public int number() {
    return number;
  }

  /** Algorithms of one key type can use each other's keys. */
  String keyType() {
    return keyType;
  }

  KeyPair generateKeyPair() {
    try {
      if (keyType.equals("RSA")) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
        generator.initialize(2048);
        return generator.generateKeyPair();
      }
      if (keyType.startsWith("Ed")) {
        return KeyPairGenerator.getInstance(keyType, BOUNCY_CASTLE).generateKeyPair();
      }
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(
              this == ECC_GOST12 ? "ECGOST3410-2012" : "EC", BOUNCY_CASTLE);
      generator.initialize(new ECGenParameterSpec(keyType));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a key pair for " + this, e);
    }
  }

  /** Returns the key in the form that a DNSKEY record carries, if dnsjava does not know it. */
  Optional<byte[]> unusualKey(PublicKey key) {
    if (this != SM2SM3 && this != ECC_GOST12) {
      return Optional.empty();
    }
    // RFC 9563 §3 and RFC 9558 §2: the coordinates, as they stand at the end of the X.509 form.
    byte[] encoded = key.getEncoded();
    return Optional.of(Arrays.copyOfRange(encoded, encoded.length - 64, encoded.length));
  }

  /** Returns the signature in the form that an RRSIG record carries. */
  byte[] sign(PrivateKey key, byte[] data) {
    try {
      Signature signer =
          keyType.equals("RSA")
              ? Signature.getInstance(signature)
              : Signature.getInstance(signature, BOUNCY_CASTLE);
      signer.initSign(key);
      signer.update(data);
      byte[] octets = signer.sign();
      return this != ECC_GOST12 && key instanceof ECPrivateKey ec ? fixedWidth(ec, octets) : octets;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot sign with " + this, e);
    }
  }

  // RFC 6605 §4: r and s side by side, each as wide as the order of the curve.
  private static byte[] fixedWidth(ECPrivateKey key, byte[] der) throws IOException {
    var order = key.getParams().getOrder();
    var pair = StandardDSAEncoding.INSTANCE.decode(order, der);
    return PlainDSAEncoding.INSTANCE.encode(order, pair[0], pair[1]);
  }
}
