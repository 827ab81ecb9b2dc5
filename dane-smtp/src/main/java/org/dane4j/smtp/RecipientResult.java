// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

/**
 * What became of the mail for one recipient.
 *
 * @param recipient the address
 * @param outcome one of four
 */
public record RecipientResult(String recipient, Outcome outcome) {}
