// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.dane4j.internal.DerSlice;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;

/**
 * A digest and the matching type that stands for it.
 *
 * <p>RFC 7671 §9 asks for a configurable mapping, so that matching types to come can be used with
 * software that was written before. Two values are equal if matching type and name are.
 *
 * @since 0.1
 */
public final class DigestAlgorithm {

  /** SHA2-256(1), which every implementation supports (RFC 7671 §2). */
  public static final DigestAlgorithm SHA2_256 = of(MatchingType.SHA2_256, "SHA-256");

  /** SHA2-512(2). */
  public static final DigestAlgorithm SHA2_512 = of(MatchingType.SHA2_512, "SHA-512");

  private final MatchingType matchingType;
  private final String name;

  /** Never updated, only cloned: a lookup costs as much as a short digest. */
  private final MessageDigest prototype;

  private DigestAlgorithm(MatchingType matchingType, String name, MessageDigest prototype) {
    this.matchingType = matchingType;
    this.name = name;
    this.prototype = prototype;
  }

  /**
   * Returns the digest that a matching type stands for.
   *
   * @param matchingType any but {@link MatchingType#FULL} and {@link MatchingType#PRIV_MATCH}
   * @param name the name of a {@link MessageDigest}, such as {@code SHA3-256}
   * @return the pair
   * @throws IllegalArgumentException if the platform has no such digest, or the matching type can
   *     have none
   */
  public static DigestAlgorithm of(MatchingType matchingType, String name) {
    if (matchingType.equals(MatchingType.FULL) || matchingType.equals(MatchingType.PRIV_MATCH)) {
      throw new IllegalArgumentException(
          matchingType + " stands for no digest; use a value from 1 to 254 (RFC 7218 §2.3)");
    }
    try {
      return new DigestAlgorithm(matchingType, name, MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(
          "the platform has no digest \"" + name + "\"; java.security.Security lists what it has",
          e);
    }
  }

  /**
   * Returns the matching type that stands for the digest.
   *
   * @return the matching type
   */
  public MatchingType matchingType() {
    return matchingType;
  }

  /**
   * Returns the number of octets of a digest value, which association data must have too.
   *
   * @return the length
   */
  public int length() {
    return prototype.getDigestLength();
  }

  Octets digest(DerSlice content) {
    MessageDigest digest = fresh();
    content.updateDigest(digest);
    return Octets.of(digest.digest());
  }

  private MessageDigest fresh() {
    try {
      return (MessageDigest) prototype.clone();
    } catch (CloneNotSupportedException e) {
      return of(matchingType, name).prototype;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DigestAlgorithm that
        && matchingType.equals(that.matchingType)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * matchingType.hashCode() + name.hashCode();
  }

  /** Returns the matching type and the name of the digest, such as {@code SHA2-256(1)=SHA-256}. */
  @Override
  public String toString() {
    return matchingType + "=" + name;
  }
}
