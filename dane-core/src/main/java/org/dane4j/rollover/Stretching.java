// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * How often a file wants its password hashed before it opens (RFC 8018 §4.2). Whoever made the file
 * chose the number, so it is read before any of it is done.
 */
final class Stretching {

  /** What OWASP advises for PBKDF2 is 600,000 with SHA-256 and 1,300,000 with SHA-1. */
  private static final BigInteger MOST = BigInteger.valueOf(2_000_000);

  private Stretching() {}

  /** Refuses an encrypted key that wants too much. */
  static void check(AlgorithmIdentifier encryption) throws UnusableKeyException {
    check(iterations(encryption));
  }

  /**
   * Refuses a PKCS #12 file of which all parts together want too much (RFC 7292 §4). What is within
   * an encrypted part is not seen here; the platform bounds it.
   */
  static void check(Pfx store) throws UnusableKeyException {
    MacData mac = store.getMacData();
    BigInteger sum = mac == null ? BigInteger.ZERO : iterations(mac);
    ContentInfo[] parts =
        AuthenticatedSafe.getInstance(octets(store.getAuthSafe())).getContentInfo();
    for (ContentInfo part : parts) {
      if (part.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
        EncryptedData data = EncryptedData.getInstance(part.getContent());
        sum = sum.add(iterations(data.getEncryptionAlgorithm()));
      } else if (part.getContentType().equals(PKCSObjectIdentifiers.data)) {
        sum = sum.add(iterations(ASN1Sequence.getInstance(octets(part))));
      }
    }
    check(sum);
  }

  private static byte[] octets(ContentInfo data) {
    return ASN1OctetString.getInstance(data.getContent()).getOctets();
  }

  /** What the encrypted keys among some bags want (RFC 7292 §4.2.2). */
  private static BigInteger iterations(ASN1Sequence bags) {
    BigInteger sum = BigInteger.ZERO;
    for (ASN1Encodable each : bags) {
      SafeBag bag = SafeBag.getInstance(each);
      if (bag.getBagId().equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
        EncryptedPrivateKeyInfo key = EncryptedPrivateKeyInfo.getInstance(bag.getBagValue());
        sum = sum.add(iterations(key.getEncryptionAlgorithm()));
      }
    }
    return sum;
  }

  private static void check(BigInteger iterations) throws UnusableKeyException {
    if (iterations.compareTo(MOST) > 0) {
      throw new UnusableKeyException(
          "it wants its password hashed more than %s times; give the certificate instead"
              .formatted(MOST));
    }
  }

  private static BigInteger iterations(MacData mac) {
    AlgorithmIdentifier digest = mac.getMac().getAlgorithmId();
    return digest.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBMAC1)
        ? pbkdf2(
            PBMAC1Params.getInstance(digest.getParameters()).getKeyDerivationFunc().getParameters())
        : positive(mac.getIterationCount());
  }

  private static BigInteger iterations(AlgorithmIdentifier encryption) {
    ASN1Encodable parameters = encryption.getParameters();
    return encryption.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)
        ? pbkdf2(PBES2Parameters.getInstance(parameters).getKeyDerivationFunc().getParameters())
        // A salt and a number, with PBES1 (RFC 8018 §A.3) as with PKCS #12 (RFC 7292 §C).
        : positive(PKCS12PBEParams.getInstance(parameters).getIterations());
  }

  private static BigInteger pbkdf2(ASN1Encodable parameters) {
    return positive(PBKDF2Params.getInstance(parameters).getIterationCount());
  }

  private static BigInteger positive(BigInteger iterations) {
    if (iterations.signum() <= 0) {
      throw new IllegalArgumentException("not a number of iterations");
    }
    return iterations;
  }
}
