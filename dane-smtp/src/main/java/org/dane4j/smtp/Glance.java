// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.CertificateKeys;
import org.jspecify.annotations.Nullable;

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
    Endpoint endpoint = new Endpoint(serverName, address.getPort(), TlsMode.STARTTLS);
    SmtpPeer peer =
        new SmtpPeer(endpoint, address, NOTHING, TlsaMatcher.forSmtp(), Optional.empty());
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
      return isCut(e) ? connectionLost(e.failed()) : e.failed();
    } catch (IOException e) {
      return StepFailedException.of(Cause.CONNECT, "the connection failed", e).failed();
    }
  }

  /** Whether a handshake came to no end: a sender fails either way, but nothing is known by it. */
  private static boolean isCut(StepFailedException problem) {
    return problem.failed().cause() == Cause.TLS_HANDSHAKE
        && (Deadline.isCancelled() || !isOfTls(problem.getCause()));
  }

  /**
   * Whether TLS itself failed: by an alert, or by an end of the connection in its place, as some
   * servers have it. JSSE also wraps what else TCP says, such as a reset.
   */
  private static boolean isOfTls(@Nullable Throwable problem) {
    for (Throwable it = problem; it != null; it = it.getCause()) {
      if (it instanceof IOException
          && !(it instanceof SSLException)
          && !(it instanceof EOFException)) {
        return false;
      }
    }
    return problem instanceof SSLException;
  }

  private static Failed connectionLost(Failed failed) {
    return new Failed(Cause.CONNECTION_LOST, failed.explanation(), failed.reply(), failed.match());
  }
}
