// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/** A recursive name server in memory, for dnsjava and for us: near or some milliseconds away. */
final class Upstream implements Resolver {

  private final World world;
  private final long millis;
  private final AtomicInteger queries = new AtomicInteger();

  Upstream(World world) {
    this(world, 0);
  }

  Upstream(World world, long millis) {
    this.world = world;
    this.millis = millis;
  }

  /** Returns how many queries came since this was asked before. */
  int takeQueries() {
    return queries.getAndSet(0);
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    queries.incrementAndGet();
    CompletableFuture<Message> answer = new CompletableFuture<>();
    if (millis == 0) {
      answer(answer, query);
      return answer;
    }
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, executor)
        .execute(() -> answer(answer, query));
    return answer;
  }

  private void answer(CompletableFuture<Message> answer, Message query) {
    try {
      Record asked = query.getQuestion();
      byte[] octets = world.answer(new Question(asked.getName(), asked.getType()));
      Message message = new Message(octets);
      message.getHeader().setID(query.getHeader().getID());
      answer.complete(message);
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void setPort(int port) {}

  @Override
  public void setTCP(boolean flag) {}

  @Override
  public void setIgnoreTruncation(boolean flag) {}

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

  @Override
  public void setTSIGKey(TSIG key) {}

  @Override
  public void setTimeout(Duration timeout) {}
}
