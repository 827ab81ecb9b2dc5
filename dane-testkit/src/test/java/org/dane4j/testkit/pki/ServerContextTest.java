// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes between the JDK's client and the contexts. */
class ServerContextTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final TestAuthority CA =
      TestAuthority.root("Example Root CA", AT).intermediate("Example CA 1");

  /** Returns the chain that the server sends to a client that takes everything. */
  private static Certificate[] handshake(SSLContext server, Optional<String> serverName)
      throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener.setSoTimeout(10_000);
      CompletableFuture<Void> done =
          CompletableFuture.runAsync(() -> serve(listener, server), executor);
      try (Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
        plain.setSoTimeout(10_000);
        SSLSocket tls =
            (SSLSocket)
                client().getSocketFactory().createSocket(plain, null, plain.getPort(), false);
        SSLParameters parameters = tls.getSSLParameters();
        serverName.ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        Certificate[] chain = tls.getSession().getPeerCertificates();
        tls.getOutputStream().write(1);
        tls.getOutputStream().flush();
        done.get();
        return chain;
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void serve(ServerSocket listener, SSLContext context) {
    try (Socket plain = listener.accept()) {
      SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
      tls.setUseClientMode(false);
      tls.getInputStream().read();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext client() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TakesEverything()}, null);
    return context;
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyType_canBeServed(KeyType type) throws Exception {
    TestIdentity identity = CA.issue(CertificateSpec.forNames("mx.example").key(type));

    assertThat(handshake(identity.serverContext(), Optional.empty()))
        .containsExactly(identity.chain().toArray(Certificate[]::new));
  }

  @Test
  void oddCertificates_areServedAsTheyAre() throws Exception {
    TestIdentity odd =
        CA.issue(CertificateSpec.forNames("other.example").expired().forClientsOnly())
            .appending(TestAuthority.root("Nobody", AT).certificate());

    assertThat(handshake(odd.serverContext(), Optional.of("mx.example"))).hasSize(3);
  }

  @Test
  void identity_isChosenByTheServerNameOfTheClient() throws Exception {
    TestIdentity right = CA.issue("mx.example");
    TestIdentity wrong = CA.issue("default.example");
    SSLContext context =
        TestIdentity.serverContext(
            name -> List.of(name.equals(Optional.of("mx.example")) ? right : wrong));

    assertThat(handshake(context, Optional.of("mx.example"))[0]).isEqualTo(right.certificate());
    assertThat(handshake(context, Optional.of("mx2.example"))[0]).isEqualTo(wrong.certificate());
    assertThat(handshake(context, Optional.empty())[0]).isEqualTo(wrong.certificate());
  }

  private static final class TakesEverything extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
