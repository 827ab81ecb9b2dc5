// SPDX-License-Identifier: Apache-2.0
/**
 * Observes a mail domain from the outside, for the audit: the only package of the audit that talks,
 * waits, or reads a clock.
 *
 * <p>{@link DomainObserver} collects facts and judges none of them. Whatever servers do, it ends
 * within its time, and what did not come to an end is among the facts, with the reason.
 *
 * <pre>{@code
 * DomainFacts facts =
 *     DomainObserver.builder(dns, client).build().observe(domain, ObservationProgress.unheard());
 * System.out.println(AuditTree.of(AuditReport.of(facts)));
 * }</pre>
 *
 * <p><b>Limits.</b> The 32 most preferred MX hosts are looked at, as senders try no more; how many
 * addresses and name servers, {@link ObservationLimits} say. Of names so deep that there are
 * hundreds of zones above them the first are looked at. The name servers of the root and of
 * top-level domains are not asked, but for where a broken zone's own are. MTA-STS policies are
 * fetched from where the Java platform's own name resolution leads to, after its addresses were
 * looked up and found to be no reserved ones.
 */
@NullMarked
package org.dane4j.smtp.audit.observe;

import org.jspecify.annotations.NullMarked;
