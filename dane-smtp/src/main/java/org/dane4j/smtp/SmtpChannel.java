// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.dane4j.smtp.Attempt.Cause;

/**
 * A connection to a server, whose every step has a bound. After a step that failed it is closed.
 *
 * <p>Used by one thread. No monitor is held while it waits, and each write goes out as it is.
 */
final class SmtpChannel implements Closeable {

  private final Socket socket;
  private Socket current;
  private ReplyReader replies;
  private OutputStream out;
  private Deadline deadline;

  /** Takes a connected socket. */
  SmtpChannel(Socket socket, Deadline deadline) throws IOException {
    this.socket = socket;
    this.current = socket;
    this.deadline = deadline;
    this.replies = new ReplyReader(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** What a step does. */
  @FunctionalInterface
  interface Step<T> {
    T run(StepTimer timer) throws IOException, StepFailedException;
  }

  /** Begins another delivery. */
  void setDeadline(Deadline newDeadline) {
    deadline = newDeadline;
  }

  /** Does a step within a time; {@code cause} and {@code what} say what failed if it does not. */
  <T> T step(Cause cause, String what, Duration time, Step<T> step) throws StepFailedException {
    if (deadline.isOver()) {
      close();
      throw StepFailedException.of(cause, deadline.explanation() + " before " + what);
    }
    try (StepTimer timer = StepTimer.start(deadline.within(time), socket)) {
      try {
        return step.run(timer);
      } catch (IOException e) {
        close();
        throw lost(cause, what, timer, e);
      } catch (StepFailedException e) {
        close();
        throw e;
      }
    }
  }

  private StepFailedException lost(Cause cause, String what, StepTimer timer, IOException problem) {
    if (Deadline.isCancelled()) {
      return StepFailedException.of(cause, "the delivery was cancelled during " + what, problem);
    }
    return timer.isExpired()
        ? StepFailedException.of(cause, "no end in time of " + what)
        : StepFailedException.of(cause, "the connection failed during " + what, problem);
  }

  /** Whether the server has said something that nobody asked for. Only a step may ask. */
  boolean hasUnread() throws IOException {
    return replies.hasMore();
  }

  /** The same, records of TLS included that are not decrypted yet, whatever is in them. */
  boolean hasUndecrypted() throws IOException {
    return hasUnread() || socket.getInputStream().available() > 0;
  }

  Socket socket() {
    return socket;
  }

  void write(byte[] octets, int length) throws IOException {
    out.write(octets, 0, length);
    out.flush();
  }

  SmtpReply read() throws IOException {
    return replies.read();
  }

  /** Goes on under TLS; what was received before is forgotten (RFC 3207 §4.2). */
  void secure(SSLSocket tls) throws IOException {
    current = tls;
    replies = new ReplyReader(tls.getInputStream());
    out = tls.getOutputStream();
  }

  /** Ends TLS properly, if there is TLS, and the connection. Only a step may do so: it can wait. */
  void end() throws IOException {
    current.close();
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  /** Closes the connection at once, from wherever it is. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }

  /** Starts the time of a connection that is kept without being used. */
  StepTimer startIdling(Duration time) {
    return StepTimer.start(time, socket);
  }
}
