// SPDX-License-Identifier: Apache-2.0
/**
 * The inbound side: whether senders that use DANE reach a domain, and why not.
 *
 * <p>A {@link DomainFacts} is all that was observed of a domain at one time: what validation makes
 * of its records, what each of its name servers says, and what each address of its mail hosts does.
 * What is thought of the facts is decided apart from observing them, by functions of the facts
 * alone.
 */
@NullMarked
package org.dane4j.smtp.audit;

import org.jspecify.annotations.NullMarked;
