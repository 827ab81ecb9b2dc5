// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.resolve.Upstream.Checking;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.WireParseException;

/**
 * Fetches responses: each question once at a time, however many lookups need it. An upstream that
 * fails is asked again, or the next one is, if there are several. Every question gets a reply,
 * whatever becomes of upstreams, executor and this fetcher itself. Thread-safe.
 */
final class Fetcher implements Source {

  private final List<Upstream> upstreams;
  private final int attempts;
  private final Duration timeout;
  private final Executor executor;
  private final ScheduledThreadPoolExecutor timer = newTimer();
  private final Set<Integer> answering = ConcurrentHashMap.newKeySet();
  private final Map<Question, CompletableFuture<Reply>> underway = new ConcurrentHashMap<>();

  Fetcher(List<Upstream> upstreams, Duration timeout, Executor executor) {
    this.upstreams = List.copyOf(upstreams);
    this.attempts = Math.max(2, upstreams.size());
    this.timeout = timeout;
    this.executor = executor;
  }

  private static ScheduledThreadPoolExecutor newTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "dane4j-dns-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Override
  public void fetch(Question question, Consumer<Reply> receiver) {
    CompletableFuture<Reply> mine = new CompletableFuture<>();
    CompletableFuture<Reply> other = underway.putIfAbsent(question, mine);
    CompletableFuture<Void> unused =
        (other == null ? mine : other).thenAccept(reply -> reply.handTo(receiver, executor));
    if (other == null) {
      attempt(question, 0);
    }
  }

  private void attempt(Question question, int number) {
    ask(
        question,
        number,
        Checking.DISABLED,
        (response, problem) -> {
          boolean error = response == null || isError(response);
          if (!error) {
            answering.add(number % upstreams.size());
          }
          if (number + 1 < attempts && isWorthAnother(response)) {
            attempt(question, number + 1);
          } else if (response == null || !error || answering.contains(number % upstreams.size())) {
            complete(question, reply(response, problem));
          } else {
            askWithChecking(question, number, response);
          }
        });
  }

  /** A name server that has answered nothing but errors is asked once more without CD. */
  private void askWithChecking(Question question, int number, byte[] refusal) {
    ask(
        question,
        number,
        Checking.ENABLED,
        (response, problem) ->
            complete(
                question,
                response == null || isError(response)
                    ? reply(refusal, null)
                    : failure(FetchFailure.CHECKING_DISABLED_REFUSED, "")));
  }

  private void complete(Question question, Reply reply) {
    CompletableFuture<Reply> result = underway.remove(question);
    if (result != null) {
      result.complete(reply);
    }
  }

  /** Asks an upstream, and goes on when it has answered, or failed, or its time is up. */
  private void ask(
      Question question,
      int number,
      Checking checking,
      BiConsumer<byte @Nullable [], @Nullable Throwable> then) {
    CompletableFuture<byte[]> asked;
    try {
      Upstream upstream = upstreams.get(number % upstreams.size());
      asked = upstream.ask(question, checking).toCompletableFuture();
    } catch (RuntimeException e) {
      asked = CompletableFuture.failedFuture(e);
    }
    Future<?> limit = limit(asked);
    CompletableFuture<byte[]> unused =
        asked.whenComplete(
            (response, problem) -> {
              limit.cancel(false);
              then.accept(response, problem);
            });
  }

  private Future<?> limit(CompletableFuture<byte[]> asked) {
    try {
      return timer.schedule(
          () -> asked.completeExceptionally(new TimeoutException()),
          timeout.toNanos(),
          TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      asked.completeExceptionally(new CancellationException());
      return asked;
    }
  }

  /**
   * A name server that says that it cannot answer does not get better by asking; another one may.
   */
  private boolean isWorthAnother(byte @Nullable [] response) {
    return response == null || response.length < 4 || (upstreams.size() > 1 && isError(response));
  }

  private static boolean isError(byte[] response) {
    int rcode = response.length < 4 ? Rcode.FORMERR : response[3] & 0xf;
    return rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN && rcode != Rcode.YXDOMAIN;
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
      return failure(FetchFailure.TIMEOUT, "");
    }
    if (cause instanceof CancellationException) {
      return failure(FetchFailure.CANCELED, "");
    }
    FetchFailure failure =
        cause instanceof WireParseException ? FetchFailure.MALFORMED : FetchFailure.NETWORK;
    String message = cause instanceof IOException ? cause.getMessage() : null;
    return failure(failure, message == null ? String.valueOf(cause) : message);
  }

  private static Reply failure(FetchFailure failure, String detail) {
    return (evidence, question) -> evidence.failure(question, failure, detail);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    underway.keySet().forEach(question -> complete(question, failure(FetchFailure.CANCELED, "")));
  }
}
