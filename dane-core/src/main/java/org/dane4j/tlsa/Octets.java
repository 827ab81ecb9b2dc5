// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of octets.
 *
 * <p>Arrays are copied on the way in and on the way out, so a value never changes after it was
 * made. Two values are equal if their octets are.
 */
public final class Octets {

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the octets of an array, which is copied.
   *
   * @param bytes the octets
   * @return the same octets as a value
   */
  public static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  /**
   * Returns the octets that a string of hexadecimal digits stands for.
   *
   * @param hex digits of either case, two for each octet, nothing between them
   * @return the octets
   * @throws IllegalArgumentException if the string is not hexadecimal
   */
  public static Octets ofHex(String hex) {
    return new Octets(HexFormat.of().parseHex(hex));
  }

  /**
   * Returns the number of octets.
   *
   * @return the length, zero or more
   */
  public int length() {
    return bytes.length;
  }

  /**
   * Returns the octets as a new array.
   *
   * @return a copy
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Returns the octets in lower-case hexadecimal, as TLSA records are written.
   *
   * @return two digits for each octet
   */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
