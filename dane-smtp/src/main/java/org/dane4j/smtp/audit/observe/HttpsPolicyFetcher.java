// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Failed;
import org.xbill.DNS.Name;

/** Takes MTA-STS policies over HTTPS from their policy hosts (RFC 8461 §3.3). */
final class HttpsPolicyFetcher implements PolicyFetcher {

  private final Duration timeout;
  private final Function<Name, URI> location;
  private final Supplier<HttpClient.Builder> clients;

  HttpsPolicyFetcher(
      Duration timeout, Function<Name, URI> location, Supplier<HttpClient.Builder> clients) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("fetching a policy takes more than no time");
    }
    this.timeout = timeout;
    this.location = location;
    this.clients = clients;
  }

  /** RFC 8461 §3.2 */
  static URI wellKnown(Name domain) {
    String host = "mta-sts." + domain.canonicalize().toString(true);
    return URI.create("https://" + host + "/.well-known/mta-sts.txt");
  }

  @Override
  public MtaStsPolicy fetch(Name domain) {
    URI uri;
    try {
      uri = location.apply(domain);
    } catch (IllegalArgumentException e) {
      return new Failed("no policy host can have the name mta-sts." + domain);
    }
    HttpClient client =
        clients
            .get()
            .connectTimeout(timeout)
            // RFC 8461 §3.3: redirects must not be followed.
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).GET().build();
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, head -> new LimitedBody(PolicyText.MAX_OCTETS));
    try {
      return read(response.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      return new Failed(uri + " cannot be fetched: " + e.getCause());
    } catch (TimeoutException e) {
      return new Failed(uri + " cannot be fetched: no response in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed(uri + " was not fetched: the observation was cancelled");
    } finally {
      response.cancel(true);
    }
  }

  private static MtaStsPolicy read(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      return new Failed(
          response.uri()
              + " has the status "
              + response.statusCode()
              + ": a policy is served with 200, without redirection (RFC 8461 §3.3)");
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    // RFC 8461 §3.2: parameters of the media type are ignored.
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("text/plain")) {
      return new Failed(
          response.uri() + " is of the media type '" + media + "', not text/plain (RFC 8461 §3.2)");
    }
    try {
      return PolicyText.parse(response.body());
    } catch (IOException e) {
      return new Failed(response.uri() + " is no policy: " + e.getMessage());
    }
  }
}
