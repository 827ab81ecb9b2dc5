// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A client that says what it is told, line by line, and believes every certificate. */
final class Dialogue implements Closeable {

  private Socket socket;
  private BufferedReader in;

  Dialogue(TestMailServer server) {
    try {
      socket = new Socket(server.address().getAddress(), server.address().getPort());
      socket.setSoTimeout(10_000);
      in = reader(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** Reads a reply; its lines, or an empty list at the end of the connection. */
  List<String> reply() throws IOException {
    List<String> lines = new ArrayList<>();
    @Nullable String line = line();
    while (line != null) {
      lines.add(line);
      if (line.length() < 4 || line.charAt(3) != '-') {
        return lines;
      }
      line = line();
    }
    return lines;
  }

  /** Reads a line to its very end: what comes after it may be TLS. */
  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      line.append((char) c);
      c = in.read();
    }
    return c < 0 && line.isEmpty() ? null : line.toString().replaceFirst("\r$", "");
  }

  List<String> say(String command) throws IOException {
    send(command + "\r\n");
    return reply();
  }

  void send(String octets) throws IOException {
    sendOctets(octets.getBytes(StandardCharsets.UTF_8));
  }

  void sendOctets(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    socket.getOutputStream().flush();
  }

  X509Certificate startTls(String serverName) throws IOException {
    if (!say("STARTTLS").get(0).startsWith("220 ")) {
      throw new IOException("refused");
    }
    return handshake(serverName);
  }

  X509Certificate handshake(String serverName) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context().getSocketFactory().createSocket(socket, serverName, socket.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(serverName)));
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    socket = tls;
    in = reader(tls);
    return (X509Certificate) tls.getSession().getPeerCertificates()[0];
  }

  /** Goes through a whole transaction after the greeting of the client. */
  List<String> deliver(String content) throws IOException {
    say("MAIL FROM:<ann@sender.example>");
    say("RCPT TO:<bob@bank.example>");
    say("DATA");
    send(content);
    return say(".");
  }

  int readOctet() throws IOException {
    return in.read();
  }

  /** Reads until the server closes the connection, one way or the other. */
  boolean readsToTheEnd() {
    try {
      in.skip(Long.MAX_VALUE);
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    hangUp();
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new BelievesEverything()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class BelievesEverything extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
