// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Domain names in wire form (RFC 1035 §3.1, §4.1.4). */
public final class WireName {

  private static final int MAX_NAME = 255;
  private static final int MAX_LABEL = 63;
  private static final int POINTER = 0xc0;

  /** A name has at most 127 labels, and a pointer without one before it says nothing. */
  private static final int MAX_POINTERS = 127;

  private WireName() {}

  /**
   * Copies a name, decompressed, and returns where it ends in the message.
   *
   * @param message the whole message
   * @param offset where the name begins
   * @param limit where the octets end that it may use, pointers' targets apart
   * @param compressed whether a compression pointer is allowed
   * @param out where the name goes
   * @return the offset behind the name, or -1 if there is no proper name
   */
  static int copy(
      byte[] message, int offset, int limit, boolean compressed, ByteArrayOutputStream out) {
    int at = offset;
    int stop = limit;
    int behind = -1;
    int written = 0;
    int pointers = 0;
    while (at < stop) {
      int length = message[at] & 0xff;
      if ((length & POINTER) == POINTER) {
        if (!compressed || at + 1 >= stop) {
          return -1;
        }
        int target = (length & 0x3f) << 8 | (message[at + 1] & 0xff);
        behind = behind < 0 ? at + 2 : behind;
        // RFC 1035 §4.1.4: a pointer refers to a prior occurrence, so it always points backwards.
        if (target >= at || ++pointers > MAX_POINTERS) {
          return -1;
        }
        stop = at;
        at = target;
        continue;
      }
      written += 1 + length;
      if (length > MAX_LABEL || written > MAX_NAME || at + 1 + length > stop) {
        return -1;
      }
      out.write(message, at, 1 + length);
      at += 1 + length;
      if (length == 0) {
        return behind < 0 ? at : behind;
      }
    }
    return -1;
  }

  /**
   * Returns where an uncompressed name ends.
   *
   * @param octets octets that hold the name
   * @param offset where it begins
   * @return the offset behind its root label, or -1 if there is no proper name
   */
  public static int end(byte[] octets, int offset) {
    int at = offset;
    while (at < octets.length && at - offset < MAX_NAME) {
      int length = octets[at] & 0xff;
      if (length > MAX_LABEL) {
        return -1;
      }
      at += 1 + length;
      if (length == 0) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Returns the uncompressed name at an offset.
   *
   * @param octets octets that hold the name
   * @param offset where it begins
   * @return the name, or null if there is no proper one
   */
  public static @Nullable Name read(byte[] octets, int offset) {
    int end = end(octets, offset);
    if (end < 0) {
      return null;
    }
    byte[] wire = new byte[end - offset];
    System.arraycopy(octets, offset, wire, 0, wire.length);
    return of(wire);
  }

  /** Returns the name of octets that were checked to be one. */
  static Name of(byte[] wire) {
    try {
      return new Name(wire);
    } catch (IOException e) {
      throw new AssertionError("a checked name must parse", e);
    }
  }

  /** Lower-cases the ASCII letters from an offset to an end, in place. */
  static void lowerCase(byte[] octets, int offset, int end) {
    for (int i = offset; i < end; i++) {
      // A label's length octet is at most 63, below any letter.
      if (octets[i] >= 'A' && octets[i] <= 'Z') {
        octets[i] = (byte) (octets[i] | 0x20);
      }
    }
  }
}
