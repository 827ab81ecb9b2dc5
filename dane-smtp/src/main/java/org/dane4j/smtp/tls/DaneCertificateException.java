// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import java.security.cert.CertificateException;
import org.dane4j.match.MatchResult;

/**
 * Says why a server is not the one that its TLSA records describe. JSSE wraps it in an {@code
 * SSLException}; it is found in the chain of causes.
 */
public final class DaneCertificateException extends CertificateException {

  private static final long serialVersionUID = 1L;

  private final transient MatchResult result;

  /**
   * Makes the exception.
   *
   * @param result what came of matching
   */
  DaneCertificateException(MatchResult result) {
    super(result.explanation());
    this.result = result;
  }

  /**
   * Returns what came of matching.
   *
   * @return the result, which is not {@link MatchResult.Matched}
   */
  public MatchResult result() {
    return result;
  }
}
