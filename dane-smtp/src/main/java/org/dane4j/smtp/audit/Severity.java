// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

/** How bad a finding is. */
public enum Severity {
  /** It is as it should be. */
  PASS,
  /**
   * It is worth knowing, and nothing has to be done: that there are no TLSA records, for example.
   */
  INFO,
  /** Mail goes, and something should be done before it does not. */
  WARN,
  /** Senders that keep to the rules cannot deliver to a host. */
  FAIL,
  /** It could not be found out, which is never taken for good. */
  ERROR
}
