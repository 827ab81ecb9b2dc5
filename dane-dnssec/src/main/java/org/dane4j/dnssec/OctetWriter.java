// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.io.ByteArrayOutputStream;

/** Writes octets. Numbers are in network byte order. */
final class OctetWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

  OctetWriter u8(int number) {
    out.write(number);
    return this;
  }

  OctetWriter u16(int number) {
    return u8(number >>> 8).u8(number);
  }

  OctetWriter u32(int number) {
    return u16(number >>> 16).u16(number);
  }

  OctetWriter octets(byte[] octets) {
    out.writeBytes(octets);
    return this;
  }

  int length() {
    return out.size();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
