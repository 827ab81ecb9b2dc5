// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Failed;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Fetched;
import org.dane4j.testkit.pki.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** RFC 8461 §3.3, over real HTTPS. */
class HttpsPolicyFetcherTest {

  private static final String POLICY = "version: STSv1\nmode: none\nmax_age: 60\n";

  private final TestAuthority authority = TestAuthority.root("Web Root", Instant.now());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }

  /** Whether a server ends its response, or keeps the client waiting for the rest. */
  private enum End {
    CLOSE,
    WAIT
  }

  private MtaStsPolicy fetch(String certificateFor, SSLContext trust, String response, End end)
      throws IOException {
    SSLContext context = authority.issue(certificateFor).serverContext();
    try (ServerSocket server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> serve(server, response, end));
      return new HttpsPolicyFetcher(
              end == End.WAIT ? Duration.ofSeconds(2) : Duration.ofSeconds(20),
              domain -> URI.create("https://localhost:" + server.getLocalPort() + "/p"),
              () -> HttpClient.newBuilder().sslContext(trust))
          .fetch(Name.fromConstantString("a.test."));
    }
  }

  private void serve(ServerSocket server, String response, End end) {
    try {
      Socket connection = server.accept();
      connections.add(connection);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        assertThat(line).doesNotContainIgnoringCase("cookie");
      }
      connection.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
      connection.getOutputStream().flush();
      if (end == End.CLOSE) {
        connection.close();
      }
    } catch (IOException e) {
      // The client did not like the certificate, or has heard enough.
    }
  }

  private MtaStsPolicy fetch(String response) throws GeneralSecurityException, IOException {
    return fetch("localhost", trusting(authority), response, End.CLOSE);
  }

  private static String response(String status, String type, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: "
        + type
        + "\r\nLocation: /elsewhere\r\nContent-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
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
    assertThat(fetch(response("200 OK", "Text/Plain; charset=utf-8", POLICY)))
        .isEqualTo(new Fetched("none", 60, List.of()));
  }

  @Test
  void redirection_isNotFollowed() throws Exception {
    assertThat(why(fetch(response("302 Found", "text/plain", POLICY)))).contains("302");
  }

  @Test
  void otherMediaType_isNoPolicy() throws Exception {
    assertThat(why(fetch(response("200 OK", "text/html", POLICY)))).contains("text/html");
  }

  @Test
  void brokenPolicy_isNone() throws Exception {
    assertThat(why(fetch(response("200 OK", "text/plain", "hello")))).contains("hello");
  }

  @Test
  void longBody_isNotReadToItsEnd() throws Exception {
    assertThat(why(fetch(response("200 OK", "text/plain", POLICY.repeat(10_000)))))
        .contains("longer than 65536 octets");
  }

  @Test
  void certificateForAnotherName_isRefused() throws Exception {
    String good = response("200 OK", "text/plain", POLICY);
    assertThat(why(fetch("other.test", trusting(authority), good, End.CLOSE)))
        .contains("localhost");
  }

  @Test
  void certificateOfAnUnknownAuthority_isRefused() throws Exception {
    String good = response("200 OK", "text/plain", POLICY);
    assertThat(fetch("localhost", SSLContext.getDefault(), good, End.CLOSE))
        .isInstanceOf(Failed.class);
  }

  @Test
  void bodyThatDoesNotEnd_isWaitedForUntilTheTimeout() throws Exception {
    String whole = response("200 OK", "text/plain", POLICY);
    String cut = whole.substring(0, whole.length() - 1);
    assertThat(why(fetch("localhost", trusting(authority), cut, End.WAIT))).contains("in time");
  }
}
