// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A stretch of a larger array, which is shared and never written to.
 *
 * <p>The parts of a certificate are slices of the octets that the peer sent, so what is hashed and
 * compared is what was sent and never a re-encoding of it. Two slices are equal if their octets
 * are.
 */
public final class DerSlice {

  private final byte[] array;
  private final int from;
  private final int to;

  private DerSlice(byte[] array, int from, int to) {
    this.array = array;
    this.from = from;
    this.to = to;
  }

  /**
   * Returns a slice of a whole array, which is not copied and must not change afterwards.
   *
   * @param array the octets, from now on owned by the slice
   * @return all of them
   */
  public static DerSlice owning(byte[] array) {
    return new DerSlice(array, 0, array.length);
  }

  /**
   * Returns a part of this slice.
   *
   * @param start the offset of the first octet
   * @param end the offset after the last octet
   * @return the part, which shares the array
   */
  public DerSlice part(int start, int end) {
    Objects.checkFromToIndex(start, end, length());
    return new DerSlice(array, from + start, from + end);
  }

  /**
   * Returns the number of octets.
   *
   * @return the length, zero or more
   */
  public int length() {
    return to - from;
  }

  /**
   * Returns one octet.
   *
   * @param index its offset
   * @return its value, 0–255
   */
  public int octetAt(int index) {
    Objects.checkIndex(index, length());
    return array[from + index] & 0xff;
  }

  /**
   * Feeds the octets to a digest.
   *
   * @param digest the digest to update
   */
  public void updateDigest(MessageDigest digest) {
    digest.update(array, from, length());
  }

  /**
   * Returns the octets as a new array.
   *
   * @return a copy
   */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, from, to);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DerSlice that
        && Arrays.equals(array, from, to, that.array, that.from, that.to);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(array, from, to);
  }
}
