// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
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
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.dane4j.tlsa.Octets;

/** The public key that goes with a private key, as it stands in certificates. */
final class PublicHalf {

  /** What OpenSSL still verifies with, by default. */
  private static final int MAX_RSA_BITS = 16_384;

  private static final Set<ASN1ObjectIdentifier> RSA =
      Set.of(PKCSObjectIdentifiers.rsaEncryption, PKCSObjectIdentifiers.id_RSASSA_PSS);

  private static final Set<ASN1ObjectIdentifier> OTHERS =
      Set.of(
          X9ObjectIdentifiers.id_ecPublicKey,
          // RFC 8410 §3: Ed25519 and Ed448.
          new ASN1ObjectIdentifier("1.3.101.112"),
          new ASN1ObjectIdentifier("1.3.101.113"));

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
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    checkCurve(algorithm);
    AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
    if (key instanceof RSAPrivateCrtKeyParameters rsa) {
      return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
          ? rsa(rsa.getModulus(), rsa.getPublicExponent())
          : of(
              new SubjectPublicKeyInfo(
                  algorithm, new RSAPublicKey(rsa.getModulus(), rsa.getPublicExponent())));
    }
    if (key instanceof ECPrivateKeyParameters ec) {
      return of(new SubjectPublicKeyInfo(algorithm, point(info, ec)));
    }
    if (key instanceof Ed25519PrivateKeyParameters ed) {
      return of(new SubjectPublicKeyInfo(algorithm, ed.generatePublicKey().getEncoded()));
    }
    if (key instanceof Ed448PrivateKeyParameters ed) {
      return of(new SubjectPublicKeyInfo(algorithm, ed.generatePublicKey().getEncoded()));
    }
    throw otherKind();
  }

  /** In the form that the key itself has it in, if it has it: so it stands in certificates. */
  private static byte[] point(PrivateKeyInfo info, ECPrivateKeyParameters key)
      throws IOException, UnusableKeyException {
    ECPoint point = new FixedPointCombMultiplier().multiply(key.getParameters().getG(), key.getD());
    ASN1BitString stored = ECPrivateKey.getInstance(info.parsePrivateKey()).getPublicKey();
    if (stored == null) {
      return point.getEncoded(false);
    }
    byte[] octets = stored.getOctets();
    if (!key.getParameters().getCurve().decodePoint(octets).equals(point)) {
      throw damaged("EC private key");
    }
    return octets;
  }

  private static Octets rsa(BigInteger modulus, BigInteger exponent)
      throws IOException, UnusableKeyException {
    // RFC 3279 §2.3.1: with the parameters NULL, also where a private key leaves them out.
    return of(
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            new RSAPublicKey(modulus, exponent)));
  }

  /** A public key as it stands in a file, if it is of a kind that servers have. */
  static Octets of(SubjectPublicKeyInfo key) throws IOException, UnusableKeyException {
    ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
    if (RSA.contains(algorithm)) {
      checkSize(RSAPublicKey.getInstance(key.parsePublicKey()).getModulus());
    } else if (!OTHERS.contains(algorithm)) {
      throw otherKind();
    }
    checkCurve(key.getAlgorithm());
    return Octets.of(key.getEncoded(ASN1Encoding.DER));
  }

  private static void checkSize(BigInteger modulus) throws UnusableKeyException {
    if (modulus.bitLength() > MAX_RSA_BITS) {
      throw new UnusableKeyException(
          "it has an RSA key of more than %s bits, which no mail server has"
              .formatted(MAX_RSA_BITS));
    }
  }

  private static void checkCurve(AlgorithmIdentifier algorithm) throws UnusableKeyException {
    if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        && !(algorithm.getParameters() instanceof ASN1ObjectIdentifier)) {
      // RFC 5480 §2.1.1: no certificate does that. Nor does anybody check a curve of a stranger.
      throw new UnusableKeyException(
          "it has an EC key that does not name its curve but describes it; make one of a curve with"
              + " a name");
    }
  }

  private static UnusableKeyException otherKind() {
    return new UnusableKeyException(
        "it has a key of a kind that mail servers have not: give one of RSA, ECDSA or EdDSA, or the"
            + " certificate");
  }

  private static UnusableKeyException damaged(String what) {
    return new UnusableKeyException(
        "it has a damaged %s; make it anew, or give the certificate".formatted(what));
  }
}
