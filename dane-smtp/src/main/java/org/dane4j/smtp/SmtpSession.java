// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.dane4j.match.MatchResult;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.DaneTrustManager;

/**
 * A dialogue with one server (RFC 5321, RFC 3207). Used by one thread, once. A step that fails
 * throws, and nothing but {@link #close} may follow.
 */
final class SmtpSession implements Closeable {

  private static final int BLOCK = 64 * 1024;

  private final SmtpSettings settings;
  private final Socket socket;
  private ReplyReader replies;
  private OutputStream out;
  private List<String> extensions = List.of();

  /** Takes a connected socket. */
  SmtpSession(SmtpSettings settings, Socket socket) throws IOException {
    this.settings = settings;
    this.socket = socket;
    this.replies = new ReplyReader(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream(), BLOCK);
  }

  /**
   * Comes to the point where the mail transaction may begin: greeting, EHLO, and the TLS that is
   * owed or offered.
   *
   * @param requirement what the server is owed, not {@link TlsRequirement.Avoid}
   * @param host the server's name, for SNI if there are no TLSA records
   * @param withTls false to leave out TLS that is not owed
   */
  Ready prepare(TlsRequirement requirement, String host, boolean withTls)
      throws StepFailedException {
    SmtpReply greeting = read(Cause.GREETING, settings.timeouts().greeting());
    if (greeting.code() != 220) {
      throw StepFailedException.of(Cause.GREETING, "the server does not greet", greeting);
    }
    hello();
    boolean owed = !(requirement instanceof TlsRequirement.Opportunistic);
    if (!extensions.contains("STARTTLS")) {
      if (owed) {
        // RFC 7672 §2.2: never without TLS, whoever took the offer away.
        throw StepFailedException.of(
            Cause.STARTTLS_NOT_OFFERED,
            "TLS is owed ("
                + requirement.explanation()
                + "), but the server does not offer STARTTLS");
      }
      return new Ready(ChannelSecurity.PLAIN_TEXT, Optional.empty());
    }
    if (!owed && !withTls) {
      return new Ready(ChannelSecurity.PLAIN_TEXT, Optional.empty());
    }
    TlsSession tls = startTls(requirement, host);
    // RFC 3207 §4.2: what the server said before TLS, anybody may have said.
    extensions = List.of();
    hello();
    ChannelSecurity security =
        requirement instanceof TlsRequirement.Dane
            ? ChannelSecurity.DANE
            : owed ? ChannelSecurity.ENCRYPTED : ChannelSecurity.OPPORTUNISTIC_TLS;
    return new Ready(security, Optional.of(tls));
  }

  private void hello() throws StepFailedException {
    SmtpReply reply = command(Cause.EHLO, "EHLO " + settings.heloName());
    if (reply.isPermanent()) {
      // RFC 5321 §3.2: a server without extensions.
      reply = command(Cause.EHLO, "HELO " + settings.heloName());
    }
    if (reply.code() != 250) {
      throw StepFailedException.of(Cause.EHLO, "the server refuses to talk", reply);
    }
    extensions =
        reply.lines().stream()
            .skip(1)
            .map(line -> line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT))
            .toList();
  }

  private TlsSession startTls(TlsRequirement requirement, String host) throws StepFailedException {
    SmtpReply reply = command(Cause.STARTTLS_REFUSED, "STARTTLS");
    if (reply.code() != 220) {
      throw StepFailedException.of(Cause.STARTTLS_REFUSED, "the server refuses STARTTLS", reply);
    }
    String serverName = serverName(requirement, host);
    DaneTrustManager trust =
        new DaneTrustManager(requirement, settings.matcher(), settings.clock());
    try (StepTimer timer = StepTimer.start(settings.timeouts().handshake(), socket)) {
      // A server says nothing more before the TLS client does: whatever is here was put here.
      if (replies.hasMore()) {
        throw StepFailedException.of(
            Cause.PLAIN_TEXT_INJECTED,
            "there is plain text behind the reply to STARTTLS: somebody on the way injects commands or replies");
      }
      SSLSocket tls =
          (SSLSocket)
              settings
                  .contexts()
                  .newContext(trust)
                  .getSocketFactory()
                  .createSocket(socket, host, socket.getPort(), true);
      SSLParameters parameters = tls.getSSLParameters();
      settings.contexts().prepare(parameters, serverName);
      tls.setSSLParameters(parameters);
      handshake(tls, timer);
      replies = new ReplyReader(tls.getInputStream());
      out = new BufferedOutputStream(tls.getOutputStream(), BLOCK);
      SSLSession session = tls.getSession();
      return new TlsSession(
          session.getProtocol(),
          session.getCipherSuite(),
          serverName,
          trust.result(),
          trust.presented());
    } catch (IOException e) {
      Optional<MatchResult> match = trust.result();
      throw match.isPresent() && !(match.get() instanceof MatchResult.Matched)
          ? StepFailedException.mismatch(match.get(), trust.presented())
          : StepFailedException.of(Cause.TLS_HANDSHAKE, "the TLS handshake failed", e);
    }
  }

  private static void handshake(SSLSocket tls, StepTimer timer) throws IOException {
    try {
      tls.startHandshake();
    } catch (IOException e) {
      throw timer.isExpired() ? new IOException("it took too long", e) : e;
    } catch (RuntimeException e) {
      throw new IOException("JSSE failed: " + e, e);
    }
  }

  /** RFC 7672 §8.1: the TLSA base domain, if there are TLSA records. */
  private static String serverName(TlsRequirement requirement, String host) {
    if (requirement instanceof TlsRequirement.Dane dane) {
      return dane.tlsa().owner().baseDomain();
    }
    return requirement instanceof TlsRequirement.Encrypt encrypt
        ? encrypt.tlsa().owner().baseDomain()
        : host;
  }

  /** Sends a command and reads its reply. */
  SmtpReply command(Cause cause, String line) throws StepFailedException {
    try (StepTimer timer = StepTimer.start(settings.timeouts().command(), socket)) {
      try {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return replies.read();
      } catch (IOException e) {
        throw lost(cause, verb(line), timer, e);
      }
    }
  }

  /** Reads a reply for which nothing needs to be sent. */
  SmtpReply read(Cause cause, Duration timeout) throws StepFailedException {
    try (StepTimer timer = StepTimer.start(timeout, socket)) {
      try {
        return replies.read();
      } catch (IOException e) {
        throw lost(cause, "the greeting", timer, e);
      }
    }
  }

  /**
   * Sends the content of a message, without the final dot. If the message cannot be read, the
   * connection must be closed, so that the server does not take half of it for the whole.
   */
  void sendContent(MailMessage message) throws StepFailedException {
    byte[] block = new byte[BLOCK];
    try (InputStream content = message.open()) {
      DataWriter data = new DataWriter(out);
      for (int length = content.read(block); length >= 0; length = content.read(block)) {
        send(data, block, length);
      }
      send(data, block, -1);
    } catch (IOException e) {
      throw StepFailedException.of(Cause.MESSAGE_UNREADABLE, "the message cannot be read", e);
    }
  }

  private void send(DataWriter data, byte[] block, int length) throws StepFailedException {
    try (StepTimer timer = StepTimer.start(settings.timeouts().dataBlock(), socket)) {
      try {
        if (length < 0) {
          data.endLastLine();
          out.flush();
        } else {
          data.write(block, length);
        }
      } catch (IOException e) {
        throw lost(Cause.CONNECTION_LOST, "the message", timer, e);
      }
    }
  }

  /**
   * Sends the final dot and reads the reply. From here on a failure leaves it open what the server
   * did.
   */
  SmtpReply endContent() throws StepFailedException {
    try (StepTimer timer = StepTimer.start(settings.timeouts().dataEnd(), socket)) {
      try {
        out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return replies.read();
      } catch (IOException e) {
        throw lost(Cause.CONNECTION_LOST, "the end of the message", timer, e);
      }
    }
  }

  private static StepFailedException lost(
      Cause cause, String step, StepTimer timer, IOException problem) {
    return timer.isExpired()
        ? StepFailedException.of(cause, "no reply in time to " + step)
        : StepFailedException.of(cause, "no reply to " + step, problem);
  }

  private static String verb(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }

  /** Says goodbye, if there is somebody to hear it, and closes the connection. */
  void quit() {
    try {
      SmtpReply ignored = command(Cause.CONNECTION_LOST, "QUIT");
    } catch (StepFailedException e) {
      // What was done is done.
    }
    close();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }
}
