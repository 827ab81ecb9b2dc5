// SPDX-License-Identifier: Apache-2.0
/**
 * The inbound side: whether senders that use DANE reach a domain, and why not.
 *
 * <p>A {@link DomainFacts} is all that was observed of a domain at one time: what validation makes
 * of its records, what each of its name servers says, and what each address of its mail hosts does.
 * What is thought of the facts is decided apart from observing them, by functions of the facts
 * alone: {@link AuditReport#of} holds every {@link Check} against them. So an audit can be repeated
 * on facts that were kept, and a mistake can be made up in a test.
 *
 * <h2>What has to be right</h2>
 *
 * <p>Mail is protected if all of this holds (RFC 7672 §2.2):
 *
 * <ol>
 *   <li>The MX records are signed, from the root down: else an attacker names another host.
 *   <li>So are the addresses of the host that they name, and its TLSA records; and so is, where
 *       something does not exist, that it does not. A lookup that fails stops mail from senders
 *       that use DANE and from nobody else, which is why operators often hear of it late.
 *   <li>All name servers say the same, since a sender asks any of them.
 *   <li>The TLSA records stand at port, transport and name of the host, such as {@code
 *       _25._tcp.mx.example.org}, and at least one is usable: usage 3 or 2.
 *   <li>The server offers TLS to everybody on each of its addresses, and whichever certificate it
 *       shows, some record matches. With usage 3 that is all; with usage 2 the certificate must
 *       also be for the host, be within its dates, and come with its chain up to the one that the
 *       record is of.
 *   <li>All of the domain's hosts are like that: an attacker takes the one that is not.
 * </ol>
 *
 * <p>And it stays right if a record of the next key is there before the key is (RFC 7671 §8.1), the
 * signer runs, and somebody reads the reports of senders (RFC 8460).
 *
 * <h2>What a report says</h2>
 *
 * <p>Each {@link Finding} has a {@link Severity}, what was seen, and what to do, with the record to
 * publish where that can be computed. A record is always worded as "if that key is yours": an audit
 * sees what anybody sees, and somebody may stand between. The {@link AuditVerdict} is {@code FAIL}
 * only if senders that keep to the rules do not reach a host. That there are no TLSA records is
 * never a failure; and what could not be found out is never taken for good.
 *
 * <p>Senders are not all alike, so {@link SenderVerdict} tells for some kinds of them what they
 * would do. What is said of products is from their documentation.
 *
 * <p><b>Limits.</b> Who issued certificates is not looked at, nor whether they are revoked: DANE
 * does not ask. An audit sees one moment, from one place.
 */
@NullMarked
package org.dane4j.smtp.audit;

import org.jspecify.annotations.NullMarked;
