// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.xbill.DNS.Name;

/** A session up to the point where mail could be sent. It looks at the certificates later. */
final class ReferenceSession implements Closeable {

  private static final int PATIENCE = 10_000;

  private final Optional<Name> base;
  private Socket socket;
  private BufferedReader in;
  private List<X509Certificate> chain = List.of();

  ReferenceSession(InetSocketAddress where, Optional<Name> base) throws IOException {
    this.base = base;
    this.socket = new Socket();
    socket.connect(where, PATIENCE);
    socket.setSoTimeout(PATIENCE);
    this.in = reader();
  }

  private BufferedReader reader() throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** Greets, and begins TLS if it can be had. */
  boolean startTls() throws IOException {
    expect(reply(), "220");
    List<String> extensions = say("EHLO mail.sender.example");
    if (extensions.get(0).startsWith("500")) {
      expect(say("HELO mail.sender.example"), "250");
      return false;
    }
    expect(extensions, "250");
    boolean offered = extensions.stream().anyMatch(line -> line.substring(4).equals("STARTTLS"));
    if (!offered || !say("STARTTLS").get(0).startsWith("220")) {
      return false;
    }
    if (in.ready()) {
      throw new IOException("plain text behind the reply to STARTTLS");
    }
    handshake();
    return true;
  }

  private void handshake() throws IOException {
    SSLSocket tls =
        (SSLSocket) context().getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    // RFC 7672 §8.1
    base.ifPresent(
        name -> parameters.setServerNames(List.of(new SNIHostName(name.toString(true)))));
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    chain =
        Stream.of(tls.getSession().getPeerCertificates()).map(X509Certificate.class::cast).toList();
    socket = tls;
    in = reader();
  }

  List<X509Certificate> chain() {
    return chain;
  }

  boolean greetAgain() throws IOException {
    List<String> reply = say("EHLO mail.sender.example");
    return !reply.isEmpty() && reply.get(0).startsWith("250");
  }

  private List<String> say(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return reply();
  }

  private List<String> reply() throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = in.readLine();
      if (line == null || line.length() < 4) {
        throw new IOException("no reply");
      }
      lines.add(line);
    } while (line.charAt(3) == '-');
    return lines;
  }

  private static void expect(List<String> reply, String code) throws IOException {
    if (!reply.get(0).startsWith(code)) {
      throw new IOException(reply.toString());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new LooksLater()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class LooksLater extends X509ExtendedTrustManager {

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
