// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.WireParseException;

/**
 * Fetches responses: each question once at a time, however many lookups need it. An upstream that
 * fails is asked again, or the next one is, if there are several. Never completes exceptionally.
 * Thread-safe.
 */
final class Fetcher implements Source {

  private final List<Upstream> upstreams;
  private final int attempts;
  private final Duration timeout;
  private final Executor executor;
  private final Map<Question, CompletableFuture<Reply>> underway = new ConcurrentHashMap<>();

  Fetcher(List<Upstream> upstreams, Duration timeout, Executor executor) {
    this.upstreams = List.copyOf(upstreams);
    this.attempts = Math.max(2, upstreams.size());
    this.timeout = timeout;
    this.executor = executor;
  }

  @Override
  public void fetch(Question question, Consumer<Reply> receiver) {
    CompletableFuture<Reply> mine = new CompletableFuture<>();
    CompletableFuture<Reply> other = underway.putIfAbsent(question, mine);
    CompletableFuture<Void> unused =
        (other == null ? mine : other).thenAcceptAsync(receiver, executor);
    if (other == null) {
      attempt(question, mine, 0);
    }
  }

  private void attempt(Question question, CompletableFuture<Reply> result, int number) {
    CompletableFuture<byte[]> unused =
        ask(question, number)
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (response, problem) -> {
                  if (number + 1 < attempts && isWorthAnother(response, problem)) {
                    attempt(question, result, number + 1);
                  } else {
                    underway.remove(question, result);
                    result.complete(reply(response, problem));
                  }
                },
                executor);
  }

  private CompletableFuture<byte[]> ask(Question question, int number) {
    try {
      return upstreams.get(number % upstreams.size()).ask(question).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * A name server that says that it cannot answer does not get better by asking; another one may.
   */
  private boolean isWorthAnother(byte @Nullable [] response, @Nullable Throwable problem) {
    if (problem != null || response == null || response.length < 4) {
      return true;
    }
    int rcode = response[3] & 0xf;
    return upstreams.size() > 1 && rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN;
  }

  private static Reply reply(byte @Nullable [] response, @Nullable Throwable problem) {
    if (response != null) {
      return (evidence, question) -> evidence.response(question, response);
    }
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
      return (evidence, question) -> evidence.failure(question, FetchFailure.TIMEOUT, "");
    }
    FetchFailure failure =
        cause instanceof WireParseException ? FetchFailure.MALFORMED : FetchFailure.NETWORK;
    String detail =
        cause instanceof IOException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
    return (evidence, question) -> evidence.failure(question, failure, detail);
  }
}
