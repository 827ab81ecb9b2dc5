// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.Usability;

/**
 * What became of one record.
 *
 * @since 0.1
 */
public sealed interface RecordOutcome {

  /**
   * Returns the record.
   *
   * @return the record as it was published
   */
  TlsaRecord record();

  /**
   * Explains the outcome.
   *
   * @return the record, and some sentences in English
   */
  String explanation();

  /**
   * The record authenticates the server.
   *
   * @param record the record
   * @param authentication how it does
   */
  record Accepted(TlsaRecord record, Authentication authentication) implements RecordOutcome {

    @Override
    public String explanation() {
      return Wording.record(record) + " matches: " + authentication.explanation();
    }
  }

  /**
   * The record does not authenticate the server.
   *
   * @param record the record
   * @param mismatch why it does not
   */
  record Refused(TlsaRecord record, Mismatch mismatch) implements RecordOutcome {

    @Override
    public String explanation() {
      return Wording.record(record) + " does not match: " + mismatch.explanation();
    }
  }

  /**
   * The record cannot be matched against anything.
   *
   * @param record the record
   * @param defect why it cannot
   */
  record Unusable(TlsaRecord record, Usability.Unusable defect) implements RecordOutcome {

    @Override
    public String explanation() {
      return Wording.record(record) + " is unusable: " + defect.explanation();
    }
  }

  /**
   * The record was not looked at, since one match is enough (RFC 7671 §8).
   *
   * @param record the record
   */
  record NotTried(TlsaRecord record) implements RecordOutcome {

    @Override
    public String explanation() {
      return Wording.record(record) + " was not tried: one match is enough (RFC 7671 §8).";
    }
  }
}
