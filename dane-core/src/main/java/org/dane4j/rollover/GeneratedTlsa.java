// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.util.List;
import org.dane4j.tlsa.TlsaRrset;

/**
 * What came of making TLSA records for a server's key.
 *
 * @since 0.1
 */
public sealed interface GeneratedTlsa {

  /**
   * The records, each of which was held against the key or certificates that it was made of.
   *
   * @param rrset the records at the server's name, in the order the forms were given
   * @param findings what is unwise about them, if anything
   */
  record Made(TlsaRrset rrset, List<TlsaFinding> findings) implements GeneratedTlsa {

    /**
     * Copies the list.
     *
     * @param rrset the records
     * @param findings what is unwise about them
     */
    public Made {
      findings = List.copyOf(findings);
    }
  }

  /**
   * There is no such record, or it would not authenticate the server.
   *
   * @param form the form that cannot be had
   * @param reason why not, and what to do instead
   */
  record Refused(TlsaForm form, String reason) implements GeneratedTlsa {}
}
