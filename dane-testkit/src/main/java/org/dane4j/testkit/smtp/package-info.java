// SPDX-License-Identifier: Apache-2.0
/**
 * Mail servers for tests, honest and hostile, which remember what they saw.
 *
 * <p>A {@link org.dane4j.testkit.smtp.TestMailServer} listens on the loopback interface, speaks
 * SMTP (RFC 5321) with STARTTLS (RFC 3207), and keeps every message that it accepted and every
 * command that it was given, in plain text or not.
 *
 * <pre>{@code
 * try (TestMailServer server = TestMailServer.builder().identity(identity).start()) {
 *   client.sendTo(server.address());
 *   assertThat(server.messages()).hasSize(1);
 *   assertThat(server.finishedSessions().get(0).plainTextCommands())
 *       .noneMatch(command -> command.startsWith("MAIL"));
 * }
 * }</pre>
 *
 * <p>What it does in place of an honest reply is a {@link org.dane4j.testkit.smtp.SmtpAction} at a
 * {@link org.dane4j.testkit.smtp.SmtpStep}; the attacks that have a name are in {@link
 * org.dane4j.testkit.smtp.Hostility}.
 *
 * <p>Limitations: no BDAT, no VRFY, no mechanism of AUTH but PLAIN.
 */
@NullMarked
package org.dane4j.testkit.smtp;

import org.jspecify.annotations.NullMarked;
