// SPDX-License-Identifier: Apache-2.0
/**
 * DANE inside JSSE: a trust manager that authenticates servers by TLSA records, and a socket
 * factory that plugs it into mail clients.
 *
 * <p>{@link org.dane4j.smtp.tls.DaneTrustManager} extends {@code X509ExtendedTrustManager}. JSSE
 * leaves every check to such a manager, which is what DANE needs: a certificate that matches a
 * DANE-EE record is right whatever names and dates are in it (RFC 7672 §3.1.1), and JSSE would
 * refuse it for them.
 *
 * <p>Every connection gets an {@code SSLContext} of its own. JSSE does not ask the trust manager
 * when a session is resumed, so a context that outlived a decision would go on trusting a server
 * whose TLSA records have changed.
 *
 * <p><b>Limits.</b> A trust manager cannot see that a server hides STARTTLS: the mail client must
 * be told to require it. Nor does it choose among MX hosts: it judges the host that the client
 * connects to.
 */
@NullMarked
package org.dane4j.smtp.tls;

import org.jspecify.annotations.NullMarked;
