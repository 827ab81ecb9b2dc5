// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

/** A text is not a remembered state; the message is one line that says where and why. */
public final class StateFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  StateFormatException(String message) {
    super(message);
  }
}
