// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.resolve.Upstream.Checking;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.WireParseException;

/**
 * Fetches responses: each question once at a time, however many lookups need it. An upstream that
 * fails is asked again, or the next one is, if there are several. Never completes exceptionally.
 * Thread-safe.
 */
final class Fetcher {

  private static final Reply REFUSED = new Reply(null, FetchFailure.CHECKING_DISABLED_REFUSED, "");

  private final List<Upstream> upstreams;
  private final int attempts;
  private final Duration timeout;
  private final Executor executor;
  private final Set<Integer> answering = ConcurrentHashMap.newKeySet();
  private final Map<Question, CompletableFuture<Reply>> underway = new ConcurrentHashMap<>();

  Fetcher(List<Upstream> upstreams, Duration timeout, Executor executor) {
    this.upstreams = List.copyOf(upstreams);
    this.attempts = Math.max(2, upstreams.size());
    this.timeout = timeout;
    this.executor = executor;
  }

  /** What came of asking: a response, or why there is none. */
  record Reply(@Nullable Octets response, FetchFailure failure, String detail) {

    /** Adds the reply to the evidence. */
    void addTo(Evidence.Builder evidence, Question question) {
      if (response != null) {
        evidence.response(question, response.toByteArray());
      } else {
        evidence.failure(question, failure, detail);
      }
    }
  }

  /** Fetches the response to a question, and hands it on from a thread of the executor. */
  void fetch(Question question, Consumer<Reply> receiver) {
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
        ask(question, number, Checking.DISABLED)
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (response, problem) -> {
                  if (response != null && !isError(response)) {
                    answering.add(number % upstreams.size());
                  }
                  if (number + 1 < attempts && isWorthAnother(response, problem)) {
                    attempt(question, result, number + 1);
                  } else {
                    conclude(question, result, number, reply(response, problem));
                  }
                },
                executor);
  }

  /** A name server that has answered nothing but errors is asked once more without CD. */
  private void conclude(
      Question question, CompletableFuture<Reply> result, int number, Reply reply) {
    boolean failed = reply.response() != null && isError(reply.response().toByteArray());
    if (!failed || answering.contains(number % upstreams.size())) {
      complete(question, result, reply);
      return;
    }
    CompletableFuture<byte[]> unused =
        ask(question, number, Checking.ENABLED)
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (checked, problem) ->
                    complete(
                        question, result, checked == null || isError(checked) ? reply : REFUSED),
                executor);
  }

  private void complete(Question question, CompletableFuture<Reply> result, Reply reply) {
    underway.remove(question, result);
    result.complete(reply);
  }

  private CompletableFuture<byte[]> ask(Question question, int number, Checking checking) {
    try {
      Upstream upstream = upstreams.get(number % upstreams.size());
      return upstream.ask(question, checking).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * A name server that says that it cannot answer does not get better by asking; another one may.
   */
  private boolean isWorthAnother(byte @Nullable [] response, @Nullable Throwable problem) {
    return problem != null
        || response == null
        || response.length < 4
        || (upstreams.size() > 1 && isError(response));
  }

  private static boolean isError(byte[] response) {
    int rcode = response.length < 4 ? Rcode.FORMERR : response[3] & 0xf;
    return rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN && rcode != Rcode.YXDOMAIN;
  }

  private static Reply reply(byte @Nullable [] response, @Nullable Throwable problem) {
    if (response != null) {
      return new Reply(Octets.of(response), FetchFailure.NETWORK, "");
    }
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
      return new Reply(null, FetchFailure.TIMEOUT, "");
    }
    FetchFailure failure =
        cause instanceof WireParseException ? FetchFailure.MALFORMED : FetchFailure.NETWORK;
    String detail =
        cause instanceof IOException ? String.valueOf(cause.getMessage()) : String.valueOf(cause);
    return new Reply(null, failure, detail);
  }
}
