// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The key pairs of this JVM, so that the time for RSA keys is spent once and not in every tree.
 *
 * <p>A tree draws each pair at most once. Two trees draw the same pairs, unless one asks for fresh
 * keys.
 */
final class KeyPool {

  private static final Map<String, List<KeyPair>> SHARED = new HashMap<>();

  private final Map<String, Integer> drawn = new HashMap<>();
  private final boolean fresh;

  private KeyPool(boolean fresh) {
    this.fresh = fresh;
  }

  /** Returns a pool that starts at the first pair of this JVM. */
  static KeyPool shared() {
    return new KeyPool(false);
  }

  /** Returns a pool that makes every pair anew. */
  static KeyPool fresh() {
    return new KeyPool(true);
  }

  synchronized KeyPair draw(SigningAlgorithm algorithm) {
    if (fresh) {
      return algorithm.generateKeyPair();
    }
    int index = drawn.merge(algorithm.keyType(), 1, Integer::sum) - 1;
    synchronized (SHARED) {
      List<KeyPair> pairs = SHARED.computeIfAbsent(algorithm.keyType(), type -> new ArrayList<>());
      while (pairs.size() <= index) {
        pairs.add(algorithm.generateKeyPair());
      }
      return pairs.get(index);
    }
  }
}
