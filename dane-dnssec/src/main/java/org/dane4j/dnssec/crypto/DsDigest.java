// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_256Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SM3Digest;

/** The digests of DS records. They need no provider, so that they are there on every platform. */
final class DsDigest {

  private DsDigest() {}

  static boolean isKnown(int digestType) {
    return switch (digestType) {
      case Ds.SHA1, Ds.SHA256, Ds.SHA384, Ds.GOST12, Ds.SM3 -> true;
      default -> false;
    };
  }

  /** Digests a key's owner and RDATA (RFC 4034 §5.1.4). */
  static byte[] of(int digestType, byte[] owner, byte[] rdata) {
    Digest digest = digest(digestType);
    digest.update(owner, 0, owner.length);
    digest.update(rdata, 0, rdata.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }

  private static Digest digest(int digestType) {
    return switch (digestType) {
      case Ds.SHA1 -> new SHA1Digest();
      case Ds.SHA256 -> SHA256Digest.newInstance();
      case Ds.SHA384 -> new SHA384Digest();
      case Ds.GOST12 -> new GOST3411_2012_256Digest();
      case Ds.SM3 -> new SM3Digest();
      default -> throw new IllegalArgumentException("DS digest type " + digestType);
    };
  }
}
