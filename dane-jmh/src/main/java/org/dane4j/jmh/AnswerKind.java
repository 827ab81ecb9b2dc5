// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

/** How a question is answered. */
public enum AnswerKind {
  /** With TLSA records. */
  POSITIVE,
  /** The host has no such records, by NSEC. */
  NODATA_NSEC,
  /** The host has no such records, by NSEC3. */
  NODATA_NSEC3,
  /** There is no such host, by NSEC. */
  NXDOMAIN_NSEC,
  /** There is no such host, by NSEC3. */
  NXDOMAIN_NSEC3
}
