// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

/** Whether records come with signatures. */
public enum Signing {
  /** With RRSIG records. */
  SIGNED,
  /** Without. */
  UNSIGNED
}
