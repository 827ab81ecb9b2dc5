// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Key pairs, and how their public halves stand in DNSKEY records. */
final class Keys {

  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  static final byte[] DATA = {1, 2, 3};

  private Keys() {}

  static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  static KeyPair curve(String algorithm, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, BOUNCY_CASTLE);
    if (!curve.isEmpty()) {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    return generator.generateKeyPair();
  }

  /** The last octets of the X.509 form, which are the key alone for all curves here. */
  static byte[] tail(KeyPair pair, int size) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - size, encoded.length);
  }

  static byte[] rsaField(KeyPair pair) {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return rsaField(key.getPublicExponent(), key.getModulus());
  }

  /** RFC 3110 §2, with a length field of one octet. */
  static byte[] rsaField(BigInteger exponent, BigInteger modulus) {
    byte[] e = unsigned(exponent);
    return join(new byte[] {(byte) e.length}, e, unsigned(modulus));
  }

  static byte[] unsigned(BigInteger number) {
    byte[] octets = number.toByteArray();
    return octets[0] == 0 && octets.length > 1
        ? Arrays.copyOfRange(octets, 1, octets.length)
        : octets;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] sign(String algorithm, PrivateKey key, byte[] data)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm, BOUNCY_CASTLE);
    signature.initSign(key);
    signature.update(data);
    return signature.sign();
  }
}
