// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.TlsRequirement;

/** Turns to one host: address after address, until a session is ready and does what it is for. */
final class HostDialogue {

  /** RFC 5321 §5.1 asks for at least two addresses; Postfix tries five. */
  private static final int MAX_ADDRESSES = 5;

  private final SmtpSettings settings;
  private final SmtpConnections connections;
  private final MxHost host;
  private final Terms terms;
  private final List<Attempt> attempts = new ArrayList<>();

  HostDialogue(SmtpSettings settings, SmtpConnections connections, MxHost host, Terms terms) {
    this.settings = settings;
    this.connections = connections;
    this.host = host;
    this.terms = terms;
  }

  /** What does not depend on the host. */
  record Terms(DanePolicy policy, Optional<SmtpAuthenticator> login, Deadline deadline) {}

  /**
   * What to do with a session that is ready. It throws if another address or host should be tried.
   */
  @FunctionalInterface
  interface Task {
    void run(SmtpSession session) throws StepFailedException;
  }

  /** Returns the attempts that were made; if one of them succeeded, it is the last one. */
  List<Attempt> run(Task task) {
    if (host.requirement() instanceof TlsRequirement.Avoid avoid) {
      return List.of(
          new Attempt(host, Optional.empty(), failed(cause(avoid), avoid.explanation())));
    }
    for (InetAddress address : host.addresses().stream().limit(MAX_ADDRESSES).toList()) {
      SmtpPeer peer = SmtpPeer.of(host, address, terms);
      if (isLast(inKeptSession(peer, task)) || isLast(inNewSession(peer, task))) {
        break;
      }
    }
    return attempts;
  }

  private boolean isLast(Optional<Result> result) {
    return result.isPresent() && (result.get() instanceof Ready || isUnreadable(result.get()));
  }

  private Optional<Result> inKeptSession(SmtpPeer peer, Task task) {
    Optional<SmtpSession> kept = connections.take(peer);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      kept.get().resume(terms.deadline());
    } catch (StepFailedException e) {
      // It ended while nobody needed it: no reason to think less of the host.
      return Optional.empty();
    }
    return Optional.of(noted(peer, use(kept.get(), task)));
  }

  private Optional<Result> inNewSession(SmtpPeer peer, Task task) {
    Result result = noted(peer, attempt(peer, true, task));
    if (mayGoWithoutTls(peer, result)) {
      result = noted(peer, attempt(peer, false, task));
    }
    return Optional.of(result);
  }

  private Result noted(SmtpPeer peer, Result result) {
    attempts.add(new Attempt(host, Optional.of(peer.address()), result));
    return result;
  }

  /** RFC 7435 §3: where no TLS is owed, broken TLS must not be worse than none. */
  private static boolean mayGoWithoutTls(SmtpPeer peer, Result result) {
    return !peer.owesTls()
        && result instanceof Failed failed
        && (failed.cause() == Cause.STARTTLS_REFUSED || failed.cause() == Cause.TLS_HANDSHAKE);
  }

  private Result attempt(SmtpPeer peer, boolean withTls, Task task) {
    if (terms.deadline().isOver()) {
      return failed(Cause.CONNECT, terms.deadline().explanation());
    }
    SmtpSession session;
    try {
      session = connect(peer);
    } catch (IOException | RuntimeException e) {
      String why =
          Deadline.isCancelled() ? terms.deadline().explanation() : String.valueOf(e.getMessage());
      return failed(Cause.CONNECT, "no connection to " + text(peer) + ": " + why);
    }
    return use(
        session,
        it -> {
          it.prepare(withTls);
          task.run(it);
        });
  }

  private SmtpSession connect(SmtpPeer peer) throws IOException {
    Socket socket =
        settings
            .connector()
            .connect(peer.address(), terms.deadline().within(settings.timeouts().connect()));
    try {
      return new SmtpSession(settings, peer, socket, terms.deadline());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Result use(SmtpSession session, Task task) {
    int before = session.messages();
    try {
      task.run(session);
    } catch (StepFailedException e) {
      session.close();
      return e.failed();
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    if (session.messages() > before) {
      connections.keep(session);
    } else {
      session.quit();
    }
    return session.ready();
  }

  /** A message that cannot be read cannot be sent to anybody. */
  static boolean isUnreadable(Result result) {
    return result instanceof Failed failed && failed.cause() == Cause.MESSAGE_UNREADABLE;
  }

  private static Failed failed(Cause cause, String explanation) {
    return new Failed(cause, explanation, Optional.empty(), Optional.empty());
  }

  private static String text(SmtpPeer peer) {
    return peer.address().getAddress().getHostAddress() + " port " + peer.address().getPort();
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
