// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/** The path of one trial as a resolver of dnsjava, which answers on the executor of who asks. */
final class TrialResolver implements Resolver {

  private final Trial trial;

  TrialResolver(Trial trial) {
    this.trial = trial;
    trial.normalize();
  }

  @Override
  public Message send(Message query) {
    throw new UnsupportedOperationException("ask asynchronously");
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    CompletableFuture<Message> response = new CompletableFuture<>();
    executor.execute(() -> answer(query, response));
    return response;
  }

  private void answer(Message query, CompletableFuture<Message> response) {
    Question asked = new Question(query.getQuestion().getName(), query.getQuestion().getType());
    try {
      byte[] octets = trial.response(asked);
      if (octets.length == 0) {
        throw new SocketTimeoutException("no response to " + asked);
      }
      response.complete(new Message(octets));
    } catch (IOException | RuntimeException e) {
      response.completeExceptionally(e);
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
