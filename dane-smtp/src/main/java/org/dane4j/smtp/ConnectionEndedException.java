// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;

/** The server ended the connection where a reply was due. */
final class ConnectionEndedException extends IOException {

  private static final long serialVersionUID = 1L;

  ConnectionEndedException() {
    super("the server closed the connection");
  }
}
