// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.policy.TlsRequirement;

/** Turns to one host: address after address, until a session is ready and does what it is for. */
final class HostDialogue {

  /** RFC 5321 §5.1 asks for at least two addresses; Postfix tries five. */
  private static final int MAX_ADDRESSES = 5;

  private final SmtpSettings settings;
  private final MxHost host;
  private final int port;
  private final List<Attempt> attempts = new ArrayList<>();

  HostDialogue(SmtpSettings settings, MxHost host, int port) {
    this.settings = settings;
    this.host = host;
    this.port = port;
  }

  /**
   * What to do with a session that is ready. It throws if another address or host should be tried.
   */
  @FunctionalInterface
  interface Task {
    void run(SmtpSession session, Ready ready) throws StepFailedException;
  }

  /** Returns the attempts that were made; if one of them succeeded, it is the last one. */
  List<Attempt> run(Task task) {
    if (host.requirement() instanceof TlsRequirement.Avoid avoid) {
      Failed failed =
          new Failed(cause(avoid), avoid.explanation(), Optional.empty(), Optional.empty());
      return List.of(new Attempt(host, Optional.empty(), failed));
    }
    for (InetAddress address : host.addresses().stream().limit(MAX_ADDRESSES).toList()) {
      InetSocketAddress peer = new InetSocketAddress(address, port);
      Result result = attempt(peer, true, task);
      if (mayGoWithoutTls(result)) {
        attempts.add(new Attempt(host, Optional.of(peer), result));
        result = attempt(peer, false, task);
      }
      attempts.add(new Attempt(host, Optional.of(peer), result));
      if (result instanceof Ready || isUnreadable(result)) {
        break;
      }
    }
    return attempts;
  }

  /** RFC 7435 §3: where no TLS is owed, broken TLS must not be worse than none. */
  private boolean mayGoWithoutTls(Result result) {
    return host.requirement() instanceof TlsRequirement.Opportunistic
        && result instanceof Failed failed
        && (failed.cause() == Cause.STARTTLS_REFUSED || failed.cause() == Cause.TLS_HANDSHAKE);
  }

  private Result attempt(InetSocketAddress peer, boolean withTls, Task task) {
    Socket socket;
    try {
      socket = settings.connector().connect(peer, settings.timeouts().connect());
    } catch (IOException | RuntimeException e) {
      return failed(Cause.CONNECT, "no connection to " + text(peer) + ": " + e.getMessage());
    }
    try (SmtpSession session = new SmtpSession(settings, socket)) {
      Ready ready = session.prepare(host.requirement(), host.name(), withTls);
      task.run(session, ready);
      session.quit();
      return ready;
    } catch (StepFailedException e) {
      return e.failed();
    } catch (IOException e) {
      return failed(Cause.CONNECT, "the connection to " + text(peer) + " broke: " + e.getMessage());
    }
  }

  /** A message that cannot be read cannot be sent to anybody. */
  static boolean isUnreadable(Result result) {
    return result instanceof Failed failed && failed.cause() == Cause.MESSAGE_UNREADABLE;
  }

  private static Failed failed(Cause cause, String explanation) {
    return new Failed(cause, explanation, Optional.empty(), Optional.empty());
  }

  private static String text(InetSocketAddress peer) {
    return peer.getAddress().getHostAddress() + " port " + peer.getPort();
  }

  private static Cause cause(TlsRequirement.Avoid avoid) {
    return switch (avoid.cause()) {
      case ADDRESS_LOOKUP -> Cause.ADDRESS_LOOKUP;
      case NO_ADDRESS -> Cause.NO_ADDRESS;
      case TLSA_LOOKUP -> Cause.TLSA_LOOKUP;
      case DANE_MANDATORY -> Cause.DANE_MANDATORY;
    };
  }
}
