// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import org.dane4j.dnssec.crypto.Budget;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Computes the hashes of one zone's names (RFC 5155 §5), each once, and pays for them. */
final class Nsec3Hash {

  private static final int SHA1_BLOCK = 64;

  /** RFC 3174 §4: a bit and eight octets for the length, at least. */
  private static final int SHA1_PADDING = 9;

  private final int iterations;
  private final byte[] salt;
  private final Budget budget;
  private final MessageDigest sha1;
  private final Map<Name, byte[]> known = new HashMap<>();

  Nsec3Hash(Nsec3.Parameters parameters, Budget budget) {
    this.iterations = parameters.iterations();
    this.salt = parameters.salt().toByteArray();
    this.budget = budget;
    try {
      this.sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform lacks SHA-1", e);
    }
  }

  /** Returns the hash of a name, or null if the budget is spent. */
  byte @Nullable [] of(Name name) {
    byte[] hash = known.get(name);
    if (hash == null && budget.payHash(blocks(name))) {
      hash = compute(name.toWireCanonical());
      known.put(name, hash);
    }
    return hash;
  }

  /** What a hash costs: each round hashes the salt once more, and a long one takes more blocks. */
  private int blocks(Name name) {
    return blocks(name.length()) + iterations * blocks(sha1.getDigestLength());
  }

  private int blocks(int length) {
    return (length + salt.length + SHA1_PADDING + SHA1_BLOCK - 1) / SHA1_BLOCK;
  }

  private byte[] compute(byte[] name) {
    byte[] hash = name;
    for (int i = 0; i <= iterations; i++) {
      sha1.update(hash);
      hash = sha1.digest(salt);
    }
    return hash;
  }
}
