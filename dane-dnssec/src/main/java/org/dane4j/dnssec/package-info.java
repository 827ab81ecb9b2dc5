// SPDX-License-Identifier: Apache-2.0
/**
 * DNSSEC validation as a pure function: evidence in, verdict out.
 *
 * <p>Data in a signed zone come with signatures (RRSIG) by the zone's keys (DNSKEY). The parent
 * zone signs a digest of a key (DS), so trust descends from a configured key, the trust anchor,
 * through every zone cut. That data do <em>not</em> exist, and that a delegation is <em>not</em>
 * signed, is proven by signed records too (NSEC, NSEC3).
 *
 * <p>{@link org.dane4j.dnssec.ChainValidator} judges a response by this chain and returns one of
 * the four verdicts of RFC 4033 §5. What it may look at is the {@link org.dane4j.dnssec.Evidence};
 * what it misses, it names. It does no I/O and reads no clock, so a verdict can be had again from
 * the same evidence at any later time. {@link org.dane4j.dnssec.resolve} has the resolver that
 * collects evidence from a name server.
 *
 * <pre>{@code
 * ValidationResult verdict = ChainValidator.trusting(TrustAnchors.iana())
 *     .validate(Question.of("_25._tcp.mx.example.org", Type.TLSA), evidence, instant);
 * }</pre>
 *
 * <p>Evidence can be saved and read back ({@link org.dane4j.dnssec.Evidence#toBytes}), alone or in
 * an {@link org.dane4j.dnssec.EvidenceBundle} with all else that a decision rested on, and comes in
 * and goes out as an {@link org.dane4j.dnssec.AuthenticationChain} of RFC 9102, too.
 *
 * <p><b>Limits.</b> Class IN only. QTYPE ANY is not supported (RFC 8482). Aggressive use of denial
 * records (RFC 8198) is not made.
 */
@NullMarked
package org.dane4j.dnssec;

import org.jspecify.annotations.NullMarked;
