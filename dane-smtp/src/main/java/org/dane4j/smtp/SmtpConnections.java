// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The sessions that are kept open, each for a peer that is equal in all (RFC 7672 §2.2). */
final class SmtpConnections implements AutoCloseable {

  /** A system's file descriptors are not ours alone. */
  private static final int MAX_KEPT = 100;

  private final SessionReuse reuse;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Kept> kept = new ArrayList<>();
  private boolean closed;

  SmtpConnections(SessionReuse reuse) {
    this.reuse = reuse;
  }

  private record Kept(SmtpSession session, StepTimer timer) {}

  /** Returns a session that seems to be open, for the caller alone. */
  Optional<SmtpSession> take(SmtpPeer peer) {
    lock.lock();
    try {
      forgetClosed();
      for (int i = kept.size() - 1; i >= 0; i--) {
        if (kept.get(i).session.peer().equals(peer)) {
          Kept found = kept.remove(i);
          found.timer.close();
          return Optional.of(found.session);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a session that has just taken a message, or says goodbye to it. */
  void keep(SmtpSession session) {
    if (!mayKeep(session)) {
      session.quit();
    }
  }

  private boolean mayKeep(SmtpSession session) {
    lock.lock();
    try {
      forgetClosed();
      if (closed
          || !session.isOpen()
          || session.messages() >= reuse.messages()
          || kept.size() >= MAX_KEPT) {
        return false;
      }
      kept.add(new Kept(session, session.startIdling(reuse.idle())));
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void forgetClosed() {
    kept.removeIf(idle -> !idle.session.isOpen());
  }

  /** Says goodbye to all, and keeps none any more. */
  @Override
  public void close() {
    List<Kept> last;
    lock.lock();
    try {
      closed = true;
      last = List.copyOf(kept);
      kept.clear();
    } finally {
      lock.unlock();
    }
    for (Kept idle : last) {
      idle.timer.close();
      idle.session.quit();
    }
  }
}
