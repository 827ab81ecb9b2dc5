// SPDX-License-Identifier: Apache-2.0
/**
 * The TLSA record and its fields, as values.
 *
 * <p>A TLSA record (RFC 6698) ties a TLS server to its certificate or key by way of DNSSEC. It
 * stands at a name made of port, transport and host, {@code _25._tcp.mx.example.org.} ({@link
 * org.dane4j.tlsa.TlsaOwnerName}), and has three numbers and some data ({@link
 * org.dane4j.tlsa.TlsaRecord}):
 *
 * <ol>
 *   <li>the {@linkplain org.dane4j.tlsa.CertificateUsage certificate usage}: is it the server's own
 *       certificate (DANE-EE, 3) or the CA that must have issued it (DANE-TA, 2)? Usages 0 and 1
 *       additionally ask for the public CAs and are not used between mail servers;
 *   <li>the {@linkplain org.dane4j.tlsa.Selector selector}: is the whole certificate meant (0), or
 *       only its public key (1)?
 *   <li>the {@linkplain org.dane4j.tlsa.MatchingType matching type}: is the data that part itself
 *       (0), its SHA-256 digest (1) or its SHA-512 digest (2)?
 * </ol>
 *
 * <p>{@code 3 1 1}, the SHA-256 digest of the server's public key, is what a mail server should
 * publish (RFC 7672 §3.1.1). All records at one name are a {@link org.dane4j.tlsa.TlsaRrset}; some
 * of them may be {@linkplain org.dane4j.tlsa.Usability unusable}, which is not the same as absent.
 *
 * <p><b>Guarantees.</b> All types are immutable values and may be shared between threads. Whatever
 * octets DNS brings can be held; nothing of what was published is lost or changed.
 *
 * <p><b>Limitations.</b> Nothing here knows whether a record was proven by DNSSEC. Names are
 * A-labels only; U-labels are refused and not converted, since the ways to convert them differ.
 */
@NullMarked
package org.dane4j.tlsa;

import org.jspecify.annotations.NullMarked;
