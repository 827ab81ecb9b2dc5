// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

/** The user gave something that cannot be used; the message names it and the remedy. */
final class BadInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadInputException(String message) {
    super(message);
  }
}
