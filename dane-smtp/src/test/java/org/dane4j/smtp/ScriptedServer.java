// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.lookup.NextHop;

/**
 * A server in plain text that answers each line with whatever a function returns, nothing included.
 * After a 354 it reads a message without answering, up to the final dot, which is a line again.
 */
final class ScriptedServer implements AutoCloseable {

  private final ServerSocket listener;
  private final UnaryOperator<String> script;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> content = new CopyOnWriteArrayList<>();

  ScriptedServer(UnaryOperator<String> script) {
    this.script = script;
    try {
      listener = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "scripted server");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a server says that offers some extensions, and likes everything. */
  static String politely(String line, String... extensions) {
    String verb = line.length() < 4 ? line : line.substring(0, 4);
    return switch (verb) {
      case "EHLO" ->
          Stream.of(extensions)
              .map(it -> "250-" + it + "\r\n")
              .collect(Collectors.joining("", "250-mx.test\r\n", "250 HELP"));
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 2.0.0 fine";
    };
  }

  /** A client with little patience. */
  static SmtpClient.Builder client() {
    // Nobody is asked about an address literal.
    DnssecResolver nobody =
        DnssecResolver.builder(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))
            .trustAnchors(TrustAnchors.iana())
            .build();
    return SmtpClient.builder(nobody)
        .heloName("client.test")
        .timeouts(SmtpTimeouts.of(Duration.ofSeconds(2)));
  }

  /** Sends this server a mail, and returns what became of it for each recipient. */
  Map<String, Outcome> send(Envelope envelope, MailMessage message) {
    return client().build().deliver(envelope, message, hop()).recipients().stream()
        .collect(Collectors.toMap(RecipientResult::recipient, RecipientResult::outcome));
  }

  NextHop hop() {
    return NextHop.of("[127.0.0.1]").withPort(listener.getLocalPort());
  }

  /** All command lines of all sessions. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** The lines of all messages, final dots not included. */
  List<String> content() {
    return List.copyOf(content);
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        converse(socket);
      } catch (IOException e) {
        // The client went away, or the test is over.
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = socket.getOutputStream();
    out.write("220 mx.test\r\n".getBytes(StandardCharsets.UTF_8));
    boolean inMessage = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (inMessage && !line.equals(".")) {
        content.add(line);
        continue;
      }
      lines.add(line);
      String reply = script.apply(line);
      if (!reply.isEmpty()) {
        out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
      }
      inMessage = reply.contains("354 ");
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
