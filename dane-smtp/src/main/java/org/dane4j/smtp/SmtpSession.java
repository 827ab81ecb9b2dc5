// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.TlsMode;

/**
 * A dialogue with one server (RFC 5321, RFC 3207). Used by one thread at a time. A step that fails
 * throws, and closes the connection.
 */
final class SmtpSession implements Closeable {

  /** Who does not answer QUIT is not worth the minutes that other commands are granted. */
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private static final byte[] FINAL_DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SmtpSettings settings;
  private final SmtpPeer peer;
  private final SmtpChannel channel;
  private Extensions extensions = Extensions.NONE;
  private Optional<TlsSession> tls = Optional.empty();
  private int messages;

  /** Takes a connected socket. */
  SmtpSession(SmtpSettings settings, SmtpPeer peer, Socket socket, Deadline deadline)
      throws IOException {
    this.settings = settings;
    this.peer = peer;
    this.channel = new SmtpChannel(socket, deadline);
  }

  /**
   * Comes to the point where the mail transaction may begin: greeting, EHLO, the TLS that is owed
   * or offered, and the login if there is one. Implicit TLS comes before all of that.
   *
   * @param withTls false to leave out TLS that is not owed
   */
  void prepare(boolean withTls) throws StepFailedException {
    if (peer.endpoint().tlsMode() == TlsMode.IMPLICIT) {
      // RFC 8314 §3.3
      tls = Optional.of(new StartTls(settings, peer).atOnce(channel));
    }
    greeting();
    hello();
    if (tls.isEmpty()) {
      startTlsIfDue(withTls);
    }
    if (peer.login().isPresent()) {
      new Login(peer.login().get(), peer.host()).on(this);
    }
  }

  private void greeting() throws StepFailedException {
    SmtpReply greeting =
        channel.step(
            Cause.GREETING,
            "the greeting",
            settings.timeouts().greeting(),
            timer -> channel.read());
    if (greeting.code() != 220) {
      throw StepFailedException.of(Cause.GREETING, "the server does not greet", greeting);
    }
  }

  private void startTlsIfDue(boolean withTls) throws StepFailedException {
    boolean offered = extensions.offers("STARTTLS");
    if (peer.owesTls() && !offered) {
      // RFC 7672 §2.2: never without TLS, whoever took the offer away.
      throw StepFailedException.of(
          Cause.STARTTLS_NOT_OFFERED,
          "TLS is owed ("
              + peer.requirement().explanation()
              + "), but the server does not offer STARTTLS");
    }
    if (offered && (withTls || peer.owesTls())) {
      startTls();
    }
  }

  /** What protects the session. */
  Ready ready() {
    ChannelSecurity security = tls.isPresent() ? peer.securityOfTls() : ChannelSecurity.PLAIN_TEXT;
    return new Ready(security, tls);
  }

  /** Whether the server is known to be who it should be. */
  boolean isAuthenticated() {
    ChannelSecurity security = ready().security();
    return security == ChannelSecurity.DANE || security == ChannelSecurity.PKIX;
  }

  private void hello() throws StepFailedException {
    SmtpReply reply = command(Cause.EHLO, "EHLO " + settings.heloName());
    boolean extended = !reply.isPermanent();
    if (!extended) {
      // RFC 5321 §3.2: a server without extensions.
      reply = command(Cause.EHLO, "HELO " + settings.heloName());
    }
    if (reply.code() != 250) {
      throw StepFailedException.of(Cause.EHLO, "the server refuses to talk", reply);
    }
    extensions = extended ? Extensions.of(reply) : Extensions.NONE;
  }

  private void startTls() throws StepFailedException {
    SmtpReply reply = command(Cause.STARTTLS_REFUSED, "STARTTLS");
    if (reply.code() != 220) {
      throw StepFailedException.of(Cause.STARTTLS_REFUSED, "the server refuses STARTTLS", reply);
    }
    tls = Optional.of(new StartTls(settings, peer).afterConsent(channel));
    // RFC 3207 §4.2: what the server said before TLS, anybody may have said.
    extensions = Extensions.NONE;
    hello();
  }

  Extensions extensions() {
    return extensions;
  }

  /** Sends a command and reads its reply. */
  SmtpReply command(Cause cause, String line) throws StepFailedException {
    return exchange(cause, verb(line), line);
  }

  /** Sends a line that must not be named, such as a password, and reads the reply. */
  SmtpReply exchange(Cause cause, String name, String line) throws StepFailedException {
    send(cause, name, List.of(line));
    return reply(cause, name);
  }

  /** Sends commands in one piece. */
  void send(Cause cause, String name, List<String> lines) throws StepFailedException {
    byte[] octets = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
    channel.step(
        cause,
        name,
        settings.timeouts().command(),
        timer -> {
          if (channel.hasUnread()) {
            throw outOfTurn(cause, name);
          }
          channel.write(octets, octets.length);
          return octets;
        });
  }

  /** Reads the reply to a command that was sent. */
  SmtpReply reply(Cause cause, String name) throws StepFailedException {
    SmtpReply reply =
        channel.step(cause, name, settings.timeouts().command(), timer -> channel.read());
    if (reply.code() == 421) {
      // RFC 5321 §3.8: the server goes away, whatever the command was.
      close();
      throw StepFailedException.of(cause, "the server ends the session at " + name, reply);
    }
    return reply;
  }

  private static StepFailedException outOfTurn(Cause cause, String what) {
    return StepFailedException.of(
        cause, "the server said something before " + what + " that nobody had asked for");
  }

  /**
   * Sends the content of a message, without the final dot. If the message cannot be read, or is not
   * what it was when the server was told about it, the connection is closed, so that the server
   * does not take a part for the whole.
   */
  void sendContent(MailMessage message, ContentFacts facts) throws StepFailedException {
    ContentFacts sent;
    try (InputStream content = message.open()) {
      DataWriter data = new DataWriter();
      byte[] block = new byte[DataWriter.BLOCK];
      for (int length = content.read(block); length >= 0; length = content.read(block)) {
        data.encode(block, length);
        send(data);
      }
      data.endLastLine();
      send(data);
      sent = data.facts();
    } catch (IOException | RuntimeException e) {
      close();
      throw StepFailedException.of(Cause.MESSAGE_UNREADABLE, "the message cannot be read", e);
    }
    if (!sent.equals(facts)) {
      close();
      throw StepFailedException.of(
          Cause.MESSAGE_UNREADABLE, "the message changed while it was being delivered");
    }
  }

  private void send(DataWriter data) throws StepFailedException {
    channel.step(
        Cause.CONNECTION_LOST,
        "the message",
        settings.timeouts().dataBlock(),
        timer -> {
          data.writeTo(channel);
          return data;
        });
  }

  /** Makes sure that the reply to come is the one to the final dot, which nothing may precede. */
  void beforeFinalDot() throws StepFailedException {
    channel.step(
        Cause.CONNECTION_LOST,
        "the end of the message",
        settings.timeouts().command(),
        timer -> {
          if (channel.hasUndecrypted()) {
            throw outOfTurn(Cause.CONNECTION_LOST, "the end of the message");
          }
          return timer;
        });
  }

  /**
   * Sends the final dot and reads the reply. From here on a failure leaves it open what the server
   * did.
   */
  SmtpReply endContent() throws StepFailedException {
    SmtpReply reply = endNothing();
    if (reply.isPositive()) {
      messages++;
    }
    return reply;
  }

  /** Ends a message that has no content and no recipients (RFC 2920 §3.1). */
  SmtpReply endNothing() throws StepFailedException {
    SmtpReply reply =
        channel.step(
            Cause.CONNECTION_LOST,
            "the end of the message",
            settings.timeouts().dataEnd(),
            timer -> {
              channel.write(FINAL_DOT, FINAL_DOT.length);
              return channel.read();
            });
    if (reply.code() == 421) {
      close();
    }
    return reply;
  }

  /** How many messages the server has taken in this session. */
  int messages() {
    return messages;
  }

  /** Makes the server forget what was begun (RFC 5321 §4.1.1.5). */
  void reset() throws StepFailedException {
    SmtpReply reply = command(Cause.CONNECTION_LOST, "RSET");
    if (!reply.isPositive()) {
      close();
      throw StepFailedException.of(Cause.CONNECTION_LOST, "the server refuses RSET", reply);
    }
  }

  /** Takes up a session that was kept. Throws if it is of no use any more. */
  void resume(Deadline deadline) throws StepFailedException {
    channel.setDeadline(deadline);
    reset();
  }

  /** Whether the connection stands, as far as is known. */
  boolean isOpen() {
    return !channel.isClosed();
  }

  SmtpPeer peer() {
    return peer;
  }

  /** Begins to wait for another mail; the timer is to be closed when there is one. */
  StepTimer startIdling(Duration time) {
    channel.setDeadline(Deadline.in(Optional.empty()));
    return channel.startIdling(time);
  }

  /** Says goodbye, if there is somebody to hear it, and closes the connection. */
  void quit() {
    Duration command = settings.timeouts().command();
    Duration time = command.compareTo(GOODBYE) < 0 ? command : GOODBYE;
    try {
      if (isOpen()) {
        byte[] octets = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);
        SmtpReply ignored =
            channel.step(
                Cause.CONNECTION_LOST,
                "QUIT",
                time,
                timer -> {
                  if (channel.hasUnread()) {
                    // It might take the farewell for something else.
                    throw outOfTurn(Cause.CONNECTION_LOST, "QUIT");
                  }
                  channel.write(octets, octets.length);
                  SmtpReply reply = channel.read();
                  channel.end();
                  return reply;
                });
      }
    } catch (StepFailedException e) {
      // What was done is done.
    }
    close();
  }

  private static String verb(String line) {
    int space = line.indexOf(' ');
    return space < 0 ? line : line.substring(0, space);
  }

  @Override
  public void close() {
    channel.close();
  }
}
