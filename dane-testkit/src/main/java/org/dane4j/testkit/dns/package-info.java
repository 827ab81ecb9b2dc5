// SPDX-License-Identifier: Apache-2.0
/**
 * Trees of signed zones, and whoever answers questions about them.
 *
 * <p>A {@link org.dane4j.testkit.dns.DnsTree} is an internet of names without packets: a root and
 * any zones below it, signed with keys that are made at run time, for an instant that the caller
 * chooses. It answers as an honest resolver does that is asked with DO=1 and CD=1: with the
 * signatures and with the proofs that something does not exist, and without an opinion on them.
 *
 * <pre>{@code
 * DnsTree tree = DnsTree.at(instant)
 *     .zone("example.", z -> z.algorithm(RSASHA256).splitKeys().nsec3())
 *     .zone("bank.example.", z -> z
 *         .record("@ 300 IN MX 10 mx")
 *         .record("mx 300 IN A 192.0.2.1"))
 *     .build();
 * Resolver resolver = tree.asResolver();
 * List<String> anchors = tree.trustAnchors();
 * }</pre>
 *
 * <p>Zones can be wrong in every way that a validator has to notice: see {@link
 * org.dane4j.testkit.dns.Damage}, {@link org.dane4j.testkit.dns.ForgedDenial} and {@link
 * org.dane4j.testkit.dns.DsForm}. What happens between the tree and the client, attackers included,
 * is a {@link org.dane4j.testkit.dns.DnsResponder} around another. Material for attacks that are
 * not here can be had from {@link org.dane4j.testkit.dns.SignedZone}, which signs anything with the
 * keys of a zone, and from {@link org.dane4j.testkit.dns.ZoneKey}.
 *
 * <p>Limitations: no algorithm of RFC 8624 that a signer must not use, no zone transfer, and no
 * record that dnsjava cannot write, raw records apart.
 */
@NullMarked
package org.dane4j.testkit.dns;

import org.jspecify.annotations.NullMarked;
