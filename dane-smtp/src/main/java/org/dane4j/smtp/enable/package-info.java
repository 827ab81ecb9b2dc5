// SPDX-License-Identifier: Apache-2.0
/**
 * Switching inbound DANE on for a mail domain without losing a mail, and off again.
 *
 * <p>{@link org.dane4j.smtp.enable.Enablement#advise Enablement.advise} is a function of what was
 * remembered, what a domain looks like (a {@link org.dane4j.smtp.audit.DomainFacts}) and the time.
 * It says where the domain is, and the one thing that comes next: {@linkplain
 * org.dane4j.smtp.enable.Step.Act do something}, {@linkplain org.dane4j.smtp.enable.Step.Wait
 * wait}, or {@linkplain org.dane4j.smtp.enable.Step.Blocked put something right}. It does no I/O;
 * the caller looks at the domain again after each step and keeps the {@link
 * org.dane4j.smtp.enable.EnablementState}, which {@link org.dane4j.smtp.enable.StateText} writes.
 *
 * <h2>Why it is done in this order</h2>
 *
 * <p>Senders do not see a domain as it is but as their resolvers hold it, each answer up to its TTL
 * old, and any mixture of old and new answers. A step is safe if mail goes with each mixture that
 * can exist after it. From that follows the order:
 *
 * <ol>
 *   <li>The TTL of the MX records goes down first, and the <em>previous</em> TTL is waited out, so
 *       that what comes later takes minutes.
 *   <li>The zone is signed before its parent has DS records, and the DS records wait until nobody
 *       holds answers without signatures: below DS records, those are bogus (RFC 4035 §5.2). This
 *       includes the answers that something does not exist (RFC 2308 §5).
 *   <li>A new host stands behind the old one until it is seen to be in a signed zone and to do TLS
 *       at each address; then it is preferred; and the old one goes when no resolver prefers it. It
 *       keeps running until no resolver names it.
 *   <li>TLSA records come last. They oblige each sender to TLS and to a match, at each address (RFC
 *       7672 §2.2); so TLS has to work, and the records have to match the live handshakes, before
 *       they are published. They are made of the keys that the host showed.
 *   <li>DANE is on when no resolver holds that there are no TLSA records, or no DS records: from
 *       then on a sender may insist on it (RFC 7672 §6).
 * </ol>
 *
 * <p>The way back is the same in reverse: the TLSA records go, and are waited out, before a key, a
 * certificate or TLS changes; then the MX records; then the DS records; and the signatures when
 * nobody holds the DS records. If the zone's DNSSEC itself breaks, the DS records go at once. TLSA
 * records that stood at a host's name before these steps began are not taken away; if they are
 * gone, they are put back, unless they do not match what the host shows.
 *
 * <h2>How long to wait</h2>
 *
 * <p>An answer may be held for its TTL, or for the TTL that was signed if that is longer, after the
 * <em>last</em> name server stopped giving it. The time counts from the look that finds it gone
 * from all of them. At the next look all is judged anew, so that a step that was made too early, or
 * came undone, is refused and not built upon.
 *
 * <h2>Hosts of a provider</h2>
 *
 * <p>Exchange Online and others give each domain a host name in a signed zone when DNSSEC is
 * switched on, and publish its TLSA records when DANE is. The admin's part are the MX records, and
 * everything that uses the old host's name: gateways, connectors, and the MTA-STS policy, whose
 * patterns have to match the new name label by label (RFC 8461 §4.1).
 *
 * <h2>Limits</h2>
 *
 * <p>What was published and withdrawn between two looks is not seen, nor is a change that is not
 * yet on any server. Answers at names that were not looked at may have longer TTLs. Where TLSA
 * records are an alias, only the name servers of the alias are compared, not those of its target.
 * Resolvers that keep answers longer than their TTL (RFC 8767) are not waited for.
 */
@NullMarked
package org.dane4j.smtp.enable;

import org.jspecify.annotations.NullMarked;
