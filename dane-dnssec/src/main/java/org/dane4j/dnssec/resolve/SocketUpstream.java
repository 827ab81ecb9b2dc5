// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.dane4j.dnssec.Question;

/**
 * Asks a name server over UDP, and over TCP if the response is truncated (RFC 1035 §4.2, RFC 7766).
 * Every query has a socket, a source port and an identifier of its own (RFC 5452 §9.2); what does
 * not answer it is passed over, and the wait goes on.
 */
final class SocketUpstream implements Upstream {

  private static final int HEADER = 12;
  private static final int MAX_MESSAGE = 65535;
  private static final int QR = 0x80;
  private static final int TC = 0x02;

  private final InetSocketAddress server;
  private final Reactor reactor;
  private final SecureRandom random = new SecureRandom();

  SocketUpstream(InetSocketAddress server, Reactor reactor) {
    this.server = server;
    this.reactor = reactor;
  }

  @Override
  public CompletionStage<byte[]> ask(Question question, Checking checking) {
    byte[] query = ResolverUpstream.query(question, checking).toWire();
    int id = random.nextInt(1 << 16);
    query[0] = (byte) (id >>> 8);
    query[1] = (byte) id;
    CompletableFuture<byte[]> response = new CompletableFuture<>();
    int questionEnd = HEADER + question.name().length() + 4;
    new UdpExchange(query, questionEnd, response).start();
    return response;
  }

  /**
   * A query over one channel, which is closed when there is a response, or nobody waits for it any
   * more.
   */
  private abstract class Exchange implements Reactor.Handler {
    final byte[] query;
    final int questionEnd;
    final CompletableFuture<byte[]> response;

    Exchange(byte[] query, int questionEnd, CompletableFuture<byte[]> response) {
      this.query = query;
      this.questionEnd = questionEnd;
      this.response = response;
    }

    @Override
    public final void failed(Exception problem) {
      response.completeExceptionally(problem);
    }

    final void closeWhenDone(SelectableChannel channel) {
      CompletableFuture<byte[]> unused =
          response.whenComplete((octets, problem) -> reactor.release(channel));
    }

    /** Whether a message has the identifier and the question of the query, and is a response. */
    final boolean isResponse(byte[] message) {
      return message.length >= questionEnd
          && message[0] == query[0]
          && message[1] == query[1]
          && (message[2] & QR) != 0
          && hasQuestion(message);
    }

    private boolean hasQuestion(byte[] message) {
      if (message[4] != 0 || message[5] != 1) {
        return false;
      }
      for (int i = HEADER; i < questionEnd; i++) {
        if (lowerCase(message[i]) != lowerCase(query[i])) {
          return false;
        }
      }
      return true;
    }

    private int lowerCase(byte octet) {
      return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }
  }

  /** The query in a datagram. */
  private final class UdpExchange extends Exchange {

    UdpExchange(byte[] query, int questionEnd, CompletableFuture<byte[]> response) {
      super(query, questionEnd, response);
    }

    void start() {
      try {
        DatagramChannel channel = DatagramChannel.open();
        closeWhenDone(channel);
        channel.configureBlocking(false);
        // Connected, so that the kernel drops what comes from elsewhere.
        channel.connect(server);
        channel.write(ByteBuffer.wrap(query));
        reactor.register(channel, SelectionKey.OP_READ, this);
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(MAX_MESSAGE);
      int length = ((DatagramChannel) key.channel()).read(buffer);
      byte[] message = Arrays.copyOf(buffer.array(), Math.max(0, length));
      if (!isResponse(message)) {
        return;
      }
      if ((message[2] & TC) == 0) {
        response.complete(message);
        return;
      }
      // RFC 2181 §9: what a truncated response holds is not used.
      reactor.release(key.channel());
      new TcpExchange(query, questionEnd, response).start();
    }
  }

  /** The query over a connection (RFC 1035 §4.2.2). */
  private final class TcpExchange extends Exchange {

    private final ByteBuffer out;
    private ByteBuffer in = ByteBuffer.allocate(2);
    private boolean hasLength;

    TcpExchange(byte[] query, int questionEnd, CompletableFuture<byte[]> response) {
      super(query, questionEnd, response);
      out = ByteBuffer.allocate(query.length + 2);
      out.putShort((short) query.length).put(query).flip();
    }

    void start() {
      try {
        SocketChannel channel = SocketChannel.open();
        closeWhenDone(channel);
        channel.configureBlocking(false);
        boolean connected = channel.connect(server);
        int operation = connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
        reactor.register(channel, operation, this);
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      SocketChannel channel = (SocketChannel) key.channel();
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_WRITE);
      } else if (key.isWritable()) {
        channel.write(out);
        if (!out.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ);
        }
      } else if (key.isReadable()) {
        read(channel);
      }
    }

    private void read(SocketChannel channel) throws IOException {
      if (channel.read(in) < 0) {
        throw new IOException("the name server closed the connection before it answered");
      }
      if (in.hasRemaining()) {
        return;
      }
      if (!hasLength) {
        hasLength = true;
        in = ByteBuffer.allocate(Short.toUnsignedInt(in.getShort(0)));
      } else if (isResponse(in.array())) {
        response.complete(in.array());
      } else {
        throw new IOException("the name server answered something else over TCP");
      }
    }
  }
}
