// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Failed;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Fetched;
import org.dane4j.testkit.pki.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** RFC 8461 §3.3, over real HTTPS. */
class HttpsPolicyFetcherTest {

  private static final String POLICY = "version: STSv1\nmode: none\nmax_age: 60\n";

  private final TestAuthority authority = TestAuthority.root("Web Root", Instant.now());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch never = new CountDownLatch(1);
  private HttpsServer server;

  @BeforeEach
  @SuppressWarnings("AddressSelection")
  void start() throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
  }

  @AfterEach
  void stop() {
    never.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private MtaStsPolicy fetch(String certificateFor, Duration timeout, HttpHandler handler)
      throws GeneralSecurityException, IOException {
    server.setHttpsConfigurator(
        new HttpsConfigurator(authority.issue(certificateFor).serverContext()));
    server.createContext("/", handler);
    server.start();
    SSLContext trust = trusting(authority);
    return new HttpsPolicyFetcher(
            timeout,
            domain -> URI.create("https://localhost:" + server.getAddress().getPort() + "/p"),
            () -> HttpClient.newBuilder().sslContext(trust))
        .fetch(Name.fromConstantString("a.test."));
  }

  private MtaStsPolicy fetch(HttpHandler handler) throws GeneralSecurityException, IOException {
    return fetch("localhost", Duration.ofSeconds(10), handler);
  }

  private static SSLContext trusting(TestAuthority authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("root", authority.certificate());
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static HttpHandler serving(int status, String type, String body) {
    return exchange -> {
      byte[] octets = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(status, octets.length);
      exchange.getResponseBody().write(octets);
      exchange.close();
    };
  }

  private static String why(MtaStsPolicy policy) {
    return ((Failed) policy).why();
  }

  @Test
  void policyHost_hasTheNameThatTheRfcGivesIt() {
    assertThat(HttpsPolicyFetcher.wellKnown(Name.fromConstantString("Example.COM.")))
        .hasToString("https://mta-sts.example.com/.well-known/mta-sts.txt");
  }

  @Test
  void policy_isFetched() throws Exception {
    assertThat(fetch(serving(200, "Text/Plain; charset=utf-8", POLICY)))
        .isEqualTo(new Fetched("none", 60, List.of()));
  }

  @Test
  void redirection_isNotFollowed() throws Exception {
    assertThat(why(fetch(serving(302, "text/plain", POLICY)))).contains("302");
  }

  @Test
  void otherMediaType_isNoPolicy() throws Exception {
    assertThat(why(fetch(serving(200, "text/html", POLICY)))).contains("text/html");
  }

  @Test
  void brokenPolicy_isNone() throws Exception {
    assertThat(why(fetch(serving(200, "text/plain", "hello")))).contains("hello");
  }

  @Test
  void longBody_isNotReadToItsEnd() throws Exception {
    assertThat(why(fetch(serving(200, "text/plain", POLICY.repeat(10_000)))))
        .contains("longer than 65536 octets");
  }

  @Test
  void certificateForAnotherName_isRefused() throws Exception {
    assertThat(why(fetch("other.test", Duration.ofSeconds(10), serving(200, "text/plain", POLICY))))
        .contains("localhost");
  }

  @Test
  void certificateOfAnUnknownAuthority_isRefused() throws Exception {
    server.setHttpsConfigurator(
        new HttpsConfigurator(authority.issue("localhost").serverContext()));
    server.createContext("/", serving(200, "text/plain", POLICY));
    server.start();
    MtaStsPolicy policy =
        new HttpsPolicyFetcher(
                Duration.ofSeconds(10),
                domain -> URI.create("https://localhost:" + server.getAddress().getPort() + "/p"),
                HttpClient::newBuilder)
            .fetch(Name.fromConstantString("a.test."));
    assertThat(policy).isInstanceOf(Failed.class);
  }

  @Test
  void bodyThatDoesNotEnd_isWaitedForUntilTheTimeout() throws Exception {
    assertThat(
            why(
                fetch(
                    "localhost",
                    Duration.ofMillis(500),
                    exchange -> {
                      exchange.getResponseHeaders().add("Content-Type", "text/plain");
                      exchange.sendResponseHeaders(200, 1000);
                      exchange.getResponseBody().write('v');
                      exchange.getResponseBody().flush();
                      awaitEnd();
                    })))
        .contains("in time");
  }

  private void awaitEnd() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
