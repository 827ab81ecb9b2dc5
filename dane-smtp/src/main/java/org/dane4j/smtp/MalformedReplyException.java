// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;

/** The server said something that is no SMTP reply. */
final class MalformedReplyException extends IOException {

  private static final long serialVersionUID = 1L;

  MalformedReplyException(String message) {
    super(message);
  }
}
