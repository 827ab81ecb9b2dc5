// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a server has to be told about a message, or has to be able to do for it.
 *
 * @param size its octets as they are sent, without the dots that are added (RFC 1870 §6)
 * @param eightBit whether there is an octet above 127 in it (RFC 6152)
 * @param utf8Header whether there is one in its header (RFC 6531)
 */
record ContentFacts(long size, boolean eightBit, boolean utf8Header) {

  /**
   * Reads a message.
   *
   * @throws IOException if it cannot be read
   */
  static ContentFacts of(MailMessage message) throws IOException {
    try (InputStream content = message.open()) {
      DataWriter data = new DataWriter();
      byte[] block = new byte[DataWriter.BLOCK];
      for (int length = content.read(block); length >= 0; length = content.read(block)) {
        data.encode(block, length);
        data.discard();
      }
      data.endLastLine();
      return data.facts();
    } catch (RuntimeException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }
}
