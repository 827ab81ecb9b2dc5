// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.tls.CertificateKeys;

/**
 * A connection to a mail host that went as far as TLS, with nothing expected of its certificates.
 *
 * @param serverName the name that was sent in SNI; empty if none was
 * @param keys the keys of the certificates that were offered to be taken
 * @param result what was seen: TLS with the certificates, plain text because no TLS was offered, or
 *     the step that failed
 */
public record Look(String serverName, CertificateKeys keys, Attempt.Result result) {}
