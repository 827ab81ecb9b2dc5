// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.dane4j.testkit.scenario.TestInternet;

/**
 * Somebody on the way to a mail server who closes each connection behind the client's first TLS
 * record, as soon as the client has seen the server's answer and says something to it.
 */
final class HandshakeCutter implements AutoCloseable {

  private static final int HEADER = 5;

  private final TestInternet internet;
  private final ServerSocket listener;

  HandshakeCutter(TestInternet internet) {
    this.internet = internet;
    try {
      listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects to a server, by way of the one on the way. */
  Socket connect(InetSocketAddress peer) throws IOException {
    Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
    Socket here = listener.accept();
    InetSocketAddress real = internet.locate(peer);
    Socket server = new Socket(real.getAddress(), real.getPort());
    start(() -> server.getInputStream().transferTo(here.getOutputStream()), here, server);
    start(() -> relay(new DataInputStream(here.getInputStream()), server), here, server);
    return client;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work, Socket here, Socket server) {
    Thread thread =
        new Thread(
            () -> {
              try (here;
                  server) {
                work.run();
              } catch (IOException e) {
                // One of both sides has gone.
              }
            },
            "handshake cutter");
    thread.setDaemon(true);
    thread.start();
  }

  private static void relay(DataInputStream in, Socket server) throws IOException {
    OutputStream out = server.getOutputStream();
    while (true) {
      byte[] line = line(in);
      out.write(line);
      if (new String(line, StandardCharsets.US_ASCII).equals("STARTTLS\r\n")) {
        byte[] header = in.readNBytes(HEADER);
        out.write(header);
        out.write(in.readNBytes(((header[3] & 0xff) << 8) | (header[4] & 0xff)));
        in.readByte();
        return;
      }
    }
  }

  private static byte[] line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte octet;
    do {
      octet = in.readByte();
      line.write(octet);
    } while (octet != '\n');
    return line.toByteArray();
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
