// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

/** What a check belongs to. */
public enum Topic {
  /** Whether the domain's and its hosts' names can be looked up securely. */
  DNSSEC,
  /** Whether the hosts' TLSA records are right, and their servers keep what those promise. */
  DANE,
  /** Whether mail comes in at all, and what else the domain says about TLS. */
  MAIL
}
