// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.CertificateKeys;

/** A session that ends where mail would begin, with a server of which nothing is expected. */
final class Glance {

  private static final TlsRequirement NOTHING =
      new TlsRequirement.Opportunistic("the server is only looked at");

  private final SmtpSettings settings;
  private final Deadline deadline;

  Glance(SmtpSettings settings, Deadline deadline) {
    this.settings = settings;
    this.deadline = deadline;
  }

  Result at(InetSocketAddress address, String serverName, CertificateKeys keys) {
    SmtpPeer peer =
        new SmtpPeer(serverName, address, NOTHING, TlsaMatcher.forSmtp(), Optional.empty());
    Socket socket;
    try {
      socket =
          settings.connector().connect(address, deadline.within(settings.timeouts().connect()));
    } catch (IOException | RuntimeException e) {
      return StepFailedException.of(
              Cause.CONNECT,
              "no connection to " + address.getAddress().getHostAddress() + ": " + e.getMessage())
          .failed();
    }
    try (SmtpSession session = new SmtpSession(settings.offering(keys), peer, socket, deadline)) {
      session.prepare(true);
      session.quit();
      return session.ready();
    } catch (StepFailedException e) {
      return e.failed();
    } catch (IOException e) {
      return StepFailedException.of(Cause.CONNECT, "the connection failed", e).failed();
    }
  }
}
