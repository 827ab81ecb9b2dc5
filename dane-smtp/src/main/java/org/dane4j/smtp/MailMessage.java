// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of a mail: header and body, as RFC 5322 describes them. It is sent as it is, but for
 * its line ends, which become CRLF whatever they were (RFC 5321 §2.3.8).
 */
@FunctionalInterface
public interface MailMessage {

  /**
   * Opens the content. It is read from the start for each host that is tried.
   *
   * @return a new stream, which the client closes
   * @throws IOException if the content cannot be had; the delivery is then deferred
   */
  InputStream open() throws IOException;

  /**
   * Returns the content of a file, which must not change until it is delivered.
   *
   * @param file the file
   * @return the message
   */
  static MailMessage of(Path file) {
    return () -> Files.newInputStream(file);
  }

  /**
   * Returns a text as the content.
   *
   * @param text header and body, sent in UTF-8
   * @return the message
   */
  static MailMessage of(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return () -> new ByteArrayInputStream(octets);
  }
}
