// SPDX-License-Identifier: Apache-2.0
/**
 * Delivers mail under DANE (RFC 7672, RFC 5321).
 *
 * <p>A delivery goes like this. The lookup finds the hosts of the recipient's domain, and decides
 * for each what TLS it is owed. Host after host, in the order of preference, the client connects,
 * says EHLO, starts TLS if it is owed or offered, and has the server's certificates judged. Only
 * then does it say who mails whom. A host that fails is left for the next one; nothing is ever sent
 * in plain text to a host that is owed TLS.
 *
 * <p>Each recipient ends in exactly one of four {@link org.dane4j.smtp.Outcome}s: delivered,
 * deferred (try again later), rejected (never), or unknown (the connection was lost after the
 * message was sent, before the server took it).
 *
 * <pre>{@code
 * DeliveryResult result = SmtpClient.builder(resolver).heloName("mail.sender.example").build()
 *     .deliver(Envelope.from("ann@sender.example").to("bob@example.org"), MailMessage.of(Path.of("hello.eml")));
 * }</pre>
 *
 * <p>What a host offers is used: PIPELINING, SIZE, 8BITMIME, SMTPUTF8, DSN and enhanced status
 * codes. A mail that needs what a host does not offer is not changed to fit, but taken elsewhere,
 * and rejected if no host can take it.
 *
 * <p><b>Submission.</b> {@link org.dane4j.smtp.lookup.NextHop#submission} gives the mail to the
 * sender's own provider, as its SRV records say (RFC 6186, RFC 7673): under implicit TLS or
 * STARTTLS, never in plain text, and only to a server that is authenticated.
 *
 * <p><b>Cancelling.</b> Interrupting the thread of a delivery closes its connection. What was not
 * settled is deferred then, or unknown if the final dot was sent; see {@link
 * org.dane4j.smtp.SmtpConnector}.
 *
 * <p><b>Limits.</b> There is no queue: to try again later is the caller's part. There is no
 * CHUNKING and no REQUIRETLS.
 */
@NullMarked
package org.dane4j.smtp;

import org.jspecify.annotations.NullMarked;
