// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection as the server sees it: lines and octets, in plain text first and under TLS. */
final class SmtpWire implements Closeable {

  private static final int MAX_LINE = 1 << 16;

  private final Duration patience;
  private final Optional<Duration> drip;
  private final Socket connection;
  private Socket socket;
  private InputStream in;
  private OutputStream out;
  private boolean encrypted;

  SmtpWire(Socket socket, MailServerSettings settings) throws IOException {
    this.patience = settings.patience;
    this.drip = settings.drip;
    this.connection = socket;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  boolean encrypted() {
    return encrypted;
  }

  /** Reads a command line; the line end that clients forget to begin with CR will do. */
  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = readOctet(); octet != '\n'; octet = readOctet()) {
      line.write(octet);
      if (line.size() > MAX_LINE) {
        throw new IOException("the client sends a line without end");
      }
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Reads a message up to its final dot (RFC 5321 §4.5.2); a line ends with CR LF only. */
  byte[] readContent() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    while (true) {
      byte[] line = readContentLine();
      if (line.length == 3 && line[0] == '.') {
        return content.toByteArray();
      }
      int start = line[0] == '.' ? 1 : 0;
      content.write(line, start, line.length - start);
    }
  }

  private byte[] readContentLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int before = 0;
    int octet = readOctet();
    while (octet != '\n' || before != '\r') {
      line.write(octet);
      before = octet;
      octet = readOctet();
    }
    line.write(octet);
    return line.toByteArray();
  }

  private int readOctet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException();
    }
    return octet;
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] octets) throws IOException {
    if (drip.isEmpty()) {
      out.write(octets);
      out.flush();
    } else {
      drip(octets, drip.get());
    }
  }

  /** Sends each octet by itself. */
  void sendSplit(String text) throws IOException {
    drip(text.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
  }

  private void drip(byte[] octets, Duration pause) throws IOException {
    for (byte octet : octets) {
      pause(pause);
      out.write(octet);
      out.flush();
    }
  }

  private static void pause(Duration duration) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Sends the same again and again until the client goes away or patience is lost. */
  void sendEndlessly(String piece) throws IOException {
    // A write has no timeout of its own.
    CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS).execute(this::cut);
    while (!socket.isClosed()) {
      send(piece);
    }
  }

  /** Does nothing at all until patience is lost or the server is closed. */
  void freeze() throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (!connection.isClosed() && System.nanoTime() < end) {
      pause(Duration.ofMillis(10));
    }
  }

  /** Reads and forgets until the client goes away or says nothing for too long: it throws then. */
  void awaitEnd() throws IOException {
    while (true) {
      readOctet();
    }
  }

  /** Does the server's part of a handshake. Plain text that came too early is dropped. */
  TlsFacts startTls(SSLContext context, String... protocols) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, InputStream.nullInputStream(), true);
    tls.setUseClientMode(false);
    if (protocols.length > 0) {
      tls.setEnabledProtocols(protocols);
    }
    tls.startHandshake();
    socket = tls;
    // RFC 3207 §4.2: whatever was learned or buffered before is forgotten.
    in = new BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
    encrypted = true;
    ExtendedSSLSession session = (ExtendedSSLSession) tls.getSession();
    Optional<String> serverName =
        session.getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(name -> ((SNIHostName) name).getAsciiName())
            .findFirst();
    return new TlsFacts(session.getProtocol(), session.getCipherSuite(), serverName);
  }

  private void cut() {
    try {
      connection.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }

  /**
   * Says goodbye and closes. JSSE would wait for the client's goodbye, and TCP would take back the
   * last reply if something were left unread.
   */
  @Override
  public void close() throws IOException {
    try (connection) {
      if (encrypted && !socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
      InputStream unread = connection.getInputStream();
      unread.skipNBytes(unread.available());
    }
  }
}
