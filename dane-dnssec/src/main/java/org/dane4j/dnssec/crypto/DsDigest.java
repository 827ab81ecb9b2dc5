// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.jcajce.provider.digest.GOST3411;
import org.bouncycastle.jcajce.provider.digest.SM3;

/** The digests of DS records. */
final class DsDigest {

  private DsDigest() {}

  /** Returns a digest, ready to be computed, or throws if nobody here has it. */
  static MessageDigest of(int digestType) throws NoSuchAlgorithmException {
    return switch (digestType) {
      case Ds.SHA1 -> MessageDigest.getInstance("SHA-1");
      case Ds.SHA256 -> MessageDigest.getInstance("SHA-256");
      case Ds.SHA384 -> MessageDigest.getInstance("SHA-384");
      case Ds.GOST12 -> new GOST3411.Digest2012_256();
      case Ds.SM3 -> new SM3.Digest();
      default -> throw new NoSuchAlgorithmException("DS digest type " + digestType);
    };
  }
}
