// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.DSAPublicKeySpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.crypto.RsaScheme;
import org.dane4j.dnssec.crypto.SignatureScheme;

/**
 * What old test data are signed with and nobody should use: DSA, RSA/SHA-1, RSA keys of 512 bits.
 */
public final class LegacyAlgorithms {

  private static final int DSA = 3;
  private static final int RSASHA1 = 5;
  private static final int DSA_NSEC3 = 6;
  private static final int RSASHA1_NSEC3 = 7;
  private static final int MIN_BITS = 512;

  private LegacyAlgorithms() {}

  /** Returns a policy with all algorithms, old and new. */
  public static AlgorithmPolicy policy() {
    Map<Integer, SignatureScheme> schemes = new HashMap<>();
    AlgorithmPolicy recommended = AlgorithmPolicy.recommended();
    for (int algorithm = 0; algorithm < 256; algorithm++) {
      SignatureScheme scheme = recommended.scheme(algorithm);
      if (scheme != null) {
        schemes.put(algorithm, scheme);
      }
    }
    SignatureScheme dsa = new Dsa();
    schemes.put(DSA, dsa);
    schemes.put(DSA_NSEC3, dsa);
    schemes.put(RSASHA1, rsa("SHA1withRSA"));
    schemes.put(RSASHA1_NSEC3, rsa("SHA1withRSA"));
    schemes.put(AlgorithmPolicy.RSASHA256, rsa("SHA256withRSA"));
    schemes.put(AlgorithmPolicy.RSASHA512, rsa("SHA512withRSA"));
    return AlgorithmPolicy.of(schemes, Set.of(Ds.SHA1, Ds.SHA256, Ds.SHA384));
  }

  private static SignatureScheme rsa(String signature) {
    try {
      return RsaScheme.of(signature, null).withMinModulusBits(MIN_BITS);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 2536, and its signatures also in the DER form that some signers wrote. */
  private static final class Dsa implements SignatureScheme {

    private static final int Q = 20;

    @Override
    public PublicKey decodeKey(byte[] key) throws GeneralSecurityException {
      int size = key.length == 0 ? 0 : 64 + 8 * (key[0] & 0xff);
      if (key.length != 1 + Q + 3 * size) {
        throw new SignatureException("not a DSA key");
      }
      BigInteger q = number(key, 1, Q);
      BigInteger p = number(key, 1 + Q, size);
      BigInteger g = number(key, 1 + Q + size, size);
      BigInteger y = number(key, 1 + Q + 2 * size, size);
      return KeyFactory.getInstance("DSA").generatePublic(new DSAPublicKeySpec(y, p, q, g));
    }

    private static BigInteger number(byte[] octets, int offset, int length) {
      return new BigInteger(1, Arrays.copyOfRange(octets, offset, offset + length));
    }

    @Override
    public boolean verify(PublicKey key, byte[] data, byte[] signature)
        throws GeneralSecurityException {
      boolean isDer = signature.length > 0 && signature[0] == 0x30;
      if (!isDer && signature.length != 1 + 2 * Q) {
        return false;
      }
      // JCA's "P1363" form is that of RFC 2536 without the first octet.
      Signature verifier =
          Signature.getInstance(isDer ? "SHA1withDSA" : "SHA1withDSAinP1363Format");
      verifier.initVerify(key);
      verifier.update(data);
      return verifier.verify(
          isDer ? signature : Arrays.copyOfRange(signature, 1, signature.length));
    }
  }
}
