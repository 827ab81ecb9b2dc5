// SPDX-License-Identifier: Apache-2.0
/**
 * The engine that holds TLSA records against the certificates of a server (RFC 6698, 7671, 7672).
 *
 * <p>{@link org.dane4j.match.TlsaMatcher} takes four things: the records ({@link
 * org.dane4j.tlsa.TlsaRrset}), the certificates of the handshake ({@link
 * org.dane4j.match.PeerChain}), the names the server may have ({@link
 * org.dane4j.match.ReferenceIdentifiers}) and an instant; and it returns a {@link
 * org.dane4j.match.MatchResult} that explains itself. This is how it gets there:
 *
 * <ol>
 *   <li><b>Usable records.</b> Records with unknown parameters, without data, with digests of the
 *       wrong length or with data that are no certificate or key are put aside (RFC 6698 §4.1). For
 *       SMTP so are the usages 0 and 1, which need public CAs (RFC 7672 §3.1.3). If nothing is
 *       left, the server cannot be authenticated, but it has promised TLS.
 *   <li><b>Digest agility.</b> Of the records with the same usage and selector only those with the
 *       strongest digest count, besides those that hold the certificate or key in full (RFC 7671
 *       §9). So a stale {@code 3 1 2} makes a good {@code 3 1 1} worthless.
 *   <li><b>DANE-EE(3).</b> The server's own certificate, or its key, is what the record says; that
 *       is all. Names, dates, issuers and extensions do not count, for the record itself says who
 *       the key belongs to, and DNSSEC says until when (RFC 7671 §5.1). A raw public key (RFC 7250)
 *       is matched by records for the key, and by no others.
 *   <li><b>DANE-TA(2).</b> The record names an issuer. From the server's certificate a path of
 *       verified signatures must lead to it, in whatever order the certificates were sent; each
 *       certificate up to the anchor's must be valid at the instant, and each issuer must be
 *       allowed to issue (RFC 5280 §6.1); and the server's certificate must be for one of the
 *       reference identifiers (RFC 7672 §3.2.2). The anchor's certificate must be among those the
 *       server sent, unless the record holds it, or its key, in full (RFC 7671 §5.2.2, §5.2.3). No
 *       other CA is trusted or needed.
 *   <li><b>PKIX-EE(1) and PKIX-TA(0)</b>, outside SMTP only. The path must lead to a CA that the
 *       client trusts without DANE ({@link org.dane4j.match.PkixAnchors}), by the same rules, and
 *       the record names the server's own certificate or one above it on that path (RFC 7671 §5.3,
 *       §5.4).
 *   <li>One record that matches is enough (RFC 7671 §8). If none does, the result tells which came
 *       {@linkplain org.dane4j.match.Mismatch.Rank closest}.
 * </ol>
 *
 * <p><b>Guarantees.</b> All types are immutable and may be shared between threads. A result depends
 * on the arguments only: no clock, trust store, security property or provider has a say, so it can
 * be reproduced years later. Whatever DNS and the peer bring, there is a result and no exception,
 * and its cost is bounded: {@value org.dane4j.match.PeerChain#MAX_CERTIFICATES} certificates, 100
 * signatures, 1,000 paths and 250,000 comparisons with name constraints are looked at. What is
 * compared are the octets that were sent, never a re-encoding.
 *
 * <p><b>Limitations.</b>
 *
 * <ul>
 *   <li>Nothing here knows whether DNSSEC proved the records, or whether the handshake was
 *       completed.
 *   <li>Revocation and certificate transparency are not looked at (RFC 7672 §4, RFC 7671 §4.2).
 *       With the PKIX usages all checks that a client makes without DANE still apply, so whoever
 *       makes these two has to go on making them.
 *   <li>Certificate policies are not asked for; a critical policyConstraints extension is refused
 *       as one that is not processed (RFC 5280 §6.1.4(o)).
 *   <li>Signatures on a path are RSA (PKCS #1 or PSS), ECDSA over P-256, P-384 or P-521, Ed25519 or
 *       Ed448, with SHA-256, SHA-384 or SHA-512.
 * </ul>
 */
@NullMarked
package org.dane4j.match;

import org.jspecify.annotations.NullMarked;
