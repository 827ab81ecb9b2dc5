// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

/**
 * A file, or what else holds a certificate or key, cannot be used, or could mean several things.
 *
 * <p>The message is one line that says what is wrong and what to do instead. Nothing of the
 * contents is in it, and there is no cause: both could hold parts of a private key.
 *
 * @since 0.1
 */
public final class UnusableKeyException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableKeyException(String message) {
    super(message);
  }
}
