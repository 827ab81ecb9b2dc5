// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

/** What the DNS or a server should tell could not be had; the message says what and why. */
final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }
}
