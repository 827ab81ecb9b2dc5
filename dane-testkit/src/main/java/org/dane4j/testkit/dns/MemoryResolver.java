// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/**
 * A resolver that asks a responder without a network.
 *
 * <p>Messages are written and read as on the wire. A query that nobody answers fails at once, as
 * one that timed out. Of the settings only EDNS matters: it is added to queries that come without.
 */
final class MemoryResolver implements Resolver {

  private static final int DEFAULT_PAYLOAD_SIZE = 1232;

  private final DnsResponder responder;
  private volatile @Nullable OPTRecord edns;

  MemoryResolver(DnsResponder responder) {
    this.responder = responder;
  }

  @Override
  public Message send(Message query) throws IOException {
    return receive(query, ask(query));
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query) {
    return sendAsync(query, Runnable::run);
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    CompletableFuture<Message> answer = new CompletableFuture<>();
    executor.execute(() -> deliver(query, answer, executor));
    return answer;
  }

  private void deliver(Message query, CompletableFuture<Message> answer, Executor executor) {
    try {
      DnsReply reply = ask(query);
      Executor later =
          reply.delay().isZero()
              ? Runnable::run
              : CompletableFuture.delayedExecutor(
                  reply.delay().toNanos(), TimeUnit.NANOSECONDS, executor);
      later.execute(() -> complete(query, reply, answer));
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private static void complete(Message query, DnsReply reply, CompletableFuture<Message> answer) {
    try {
      answer.complete(receive(query, reply));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  private DnsReply ask(Message query) throws IOException {
    Message sent = new Message(query.toWire());
    OPTRecord opt = edns;
    if (opt != null && sent.getOPT() == null) {
      sent.addRecord(opt, Section.ADDITIONAL);
    }
    return responder.respond(sent);
  }

  private static Message receive(Message query, DnsReply reply) throws IOException {
    if (reply.message().isEmpty()) {
      throw new SocketTimeoutException("no response to " + query.getQuestion());
    }
    reply.onDelivery().run();
    return new Message(reply.message().get().toWire());
  }

  @Override
  public void setPort(int port) {}

  @Override
  public void setTCP(boolean flag) {}

  @Override
  public void setIgnoreTruncation(boolean flag) {}

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
    int size = payloadSize == 0 ? DEFAULT_PAYLOAD_SIZE : payloadSize;
    edns = version < 0 ? null : new OPTRecord(size, 0, version, flags, options);
  }

  @Override
  public void setTSIGKey(TSIG key) {}

  @Override
  public void setTimeout(Duration timeout) {}
}
