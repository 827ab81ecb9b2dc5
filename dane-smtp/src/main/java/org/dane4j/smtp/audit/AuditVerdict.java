// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

/** What an audit comes to. */
public enum AuditVerdict {
  /** All is as it should be for senders that use DANE. */
  PASS,
  /** Some hosts are protected and some are not. */
  PARTIAL,
  /** Nothing is protected, and mail goes as it did without DANE. */
  INSECURE,
  /** Senders that keep to the rules cannot deliver to a host. */
  FAIL,
  /** Something could not be found out that the verdict depends on. */
  UNDETERMINED
}
