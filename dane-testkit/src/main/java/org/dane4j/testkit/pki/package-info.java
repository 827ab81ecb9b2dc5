// SPDX-License-Identifier: Apache-2.0
/**
 * Certificates and TLSA data, made at run time and computed apart from the code under test.
 *
 * <p>A {@link org.dane4j.testkit.pki.TestAuthority} issues a {@link
 * org.dane4j.testkit.pki.TestIdentity}, which is what a server needs: a private key and the chain
 * to send. What is odd about a certificate stands in its {@link
 * org.dane4j.testkit.pki.CertificateSpec}.
 *
 * <pre>{@code
 * TestAuthority ca = TestAuthority.root("Example Root CA", at).intermediate("Example CA 1");
 * TestIdentity mx = ca.issue(CertificateSpec.forNames("mx.bank.example").expired());
 * String record = Tlsa.rdata(3, 1, 1, mx.certificate());    // "3 1 1 8d02..."
 * SSLContext context = mx.serverContext();
 * }</pre>
 *
 * <p>Certificates are valid around the instant that the caller gives; no clock is read.
 */
@NullMarked
package org.dane4j.testkit.pki;

import org.jspecify.annotations.NullMarked;
