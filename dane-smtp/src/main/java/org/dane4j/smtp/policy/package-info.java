// SPDX-License-Identifier: Apache-2.0
/**
 * What TLS a mail server is owed, decided from facts (RFC 7672 §2.2).
 *
 * <p>{@link org.dane4j.smtp.policy.DanePolicy} is a pure function from what the DNS says about one
 * MX host to one of five requirements:
 *
 * <ul>
 *   <li>{@link org.dane4j.smtp.policy.TlsRequirement.Dane}: secure, usable TLSA records; the server
 *       must prove to be the one that they describe
 *   <li>{@link org.dane4j.smtp.policy.TlsRequirement.Encrypt}: secure TLSA records, none of them
 *       usable; TLS is a must, but authenticates nobody
 *   <li>{@link org.dane4j.smtp.policy.TlsRequirement.Pkix}: no secure, usable TLSA records, and a
 *       server of mail submission; certification authorities must vouch for it
 *   <li>{@link org.dane4j.smtp.policy.TlsRequirement.Opportunistic}: no secure TLSA records; TLS if
 *       the server offers it
 *   <li>{@link org.dane4j.smtp.policy.TlsRequirement.Avoid}: the host must not be used now
 * </ul>
 *
 * <p>A failed lookup always leads to the last one. It never counts as "no records".
 */
@NullMarked
package org.dane4j.smtp.policy;

import org.jspecify.annotations.NullMarked;
