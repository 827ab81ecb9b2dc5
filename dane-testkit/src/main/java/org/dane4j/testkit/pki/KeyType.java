// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The kinds of keys that certificates are made for. */
public enum KeyType {
  /** ECDSA on P-256: the default. */
  EC_P256("EC", "secp256r1", 0),
  /** ECDSA on P-384. */
  EC_P384("EC", "secp384r1", 0),
  /** RSA of 2048 bits. */
  RSA_2048("RSA", "", 2048),
  /** RSA of 1024 bits, which a careful client refuses. */
  RSA_1024("RSA", "", 1024),
  /** Ed25519, which needs TLS 1.3 or a modern TLS 1.2. */
  ED25519("Ed25519", "", 0);

  /**
   * Faster than the JDK on curves, and never registered: nothing outside of this module sees it.
   */
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private final String algorithm;
  private final String curve;
  private final int bits;

  KeyType(String algorithm, String curve, int bits) {
    this.algorithm = algorithm;
    this.curve = curve;
    this.bits = bits;
  }

  /**
   * Makes a new key pair.
   *
   * @return the key pair
   */
  public KeyPair generate() {
    try {
      if (bits > 0) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, BOUNCY_CASTLE);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return asKeysOfTheJdk(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a key pair of type " + this, e);
    }
  }

  private KeyPair asKeysOfTheJdk(KeyPair pair) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(algorithm);
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())),
        factory.generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded())));
  }

  /** Returns the algorithm that a key of an authority signs certificates with. */
  static String signatureAlgorithm(PrivateKey key) {
    if (key instanceof ECKey ec) {
      return ec.getParams().getCurve().getField().getFieldSize() > 256
          ? "SHA384withECDSA"
          : "SHA256withECDSA";
    }
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "Ed25519";
  }
}
