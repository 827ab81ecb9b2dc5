// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.dane4j.tlsa.Octets;

/** The public key that goes with a private key, as it stands in certificates. */
final class PublicHalf {

  private PublicHalf() {}

  /** PKCS #8 (RFC 5208 §5). */
  static Octets ofPkcs8(byte[] der) throws UnusableKeyException {
    try {
      return of(PrivateKeyInfo.getInstance(der));
    } catch (IOException | RuntimeException e) {
      // What it says could be of the key, so it is not passed on.
      throw damaged("private key");
    }
  }

  /** PKCS #1 (RFC 8017 §A.1.2): {@code RSA PRIVATE KEY}. */
  static Octets ofPkcs1(byte[] der) throws UnusableKeyException {
    try {
      RSAPrivateKey key = RSAPrivateKey.getInstance(der);
      return rsa(key.getModulus(), key.getPublicExponent());
    } catch (IOException | RuntimeException e) {
      throw damaged("RSA private key");
    }
  }

  /** PKCS #1 (RFC 8017 §A.1.1): {@code RSA PUBLIC KEY}. */
  static Octets ofPkcs1Public(byte[] der) throws UnusableKeyException {
    try {
      RSAPublicKey key = RSAPublicKey.getInstance(der);
      return rsa(key.getModulus(), key.getPublicExponent());
    } catch (IOException | RuntimeException e) {
      throw damaged("RSA public key");
    }
  }

  /** SEC 1 (RFC 5915 §3): {@code EC PRIVATE KEY}. */
  static Octets ofSec1(byte[] der) throws UnusableKeyException {
    try {
      ECPrivateKey key = ECPrivateKey.getInstance(der);
      ASN1Object curve = key.getParametersObject();
      if (curve == null) {
        throw new UnusableKeyException(
            "it has an EC private key that does not say its curve; convert it by 'openssl pkey'");
      }
      AlgorithmIdentifier algorithm =
          new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
      return of(new PrivateKeyInfo(algorithm, key));
    } catch (IOException | RuntimeException e) {
      throw damaged("EC private key");
    }
  }

  private static Octets of(PrivateKeyInfo info) throws IOException, UnusableKeyException {
    AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    if (key instanceof RSAPrivateCrtKeyParameters rsa) {
      RSAPublicKey half = new RSAPublicKey(rsa.getModulus(), rsa.getPublicExponent());
      return encoded(new SubjectPublicKeyInfo(algorithm, half));
    }
    if (key instanceof ECPrivateKeyParameters ec) {
      byte[] point =
          new FixedPointCombMultiplier()
              .multiply(ec.getParameters().getG(), ec.getD())
              .getEncoded(false);
      return encoded(new SubjectPublicKeyInfo(algorithm, point));
    }
    if (key instanceof Ed25519PrivateKeyParameters ed) {
      return encoded(new SubjectPublicKeyInfo(algorithm, ed.generatePublicKey().getEncoded()));
    }
    if (key instanceof Ed448PrivateKeyParameters ed) {
      return encoded(new SubjectPublicKeyInfo(algorithm, ed.generatePublicKey().getEncoded()));
    }
    throw new UnusableKeyException(
        "it has a private key of a kind that mail servers have not: give one of RSA, ECDSA or"
            + " EdDSA, or the certificate");
  }

  private static Octets rsa(BigInteger modulus, BigInteger exponent) throws IOException {
    return encoded(
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            new RSAPublicKey(modulus, exponent)));
  }

  private static Octets encoded(ASN1Object key) throws IOException {
    return Octets.of(key.getEncoded(ASN1Encoding.DER));
  }

  private static UnusableKeyException damaged(String what) {
    return new UnusableKeyException(
        "it has a damaged %s; make it anew, or give the certificate".formatted(what));
  }
}
