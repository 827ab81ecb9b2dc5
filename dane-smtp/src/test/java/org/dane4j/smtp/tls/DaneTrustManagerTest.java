// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.dane4j.match.MatchResult;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the trust manager decides, and that it can be read off, by socket and by engine. */
@Timeout(20)
class DaneTrustManagerTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final TestAuthority AUTHORITY = TestAuthority.root("Root", AT);

  /** Another name than the one that is connected to: JSSE must not look. */
  private static final TestIdentity SERVER = AUTHORITY.issue("unrelated.example");

  private static final TestIdentity OTHER = AUTHORITY.issue("mx.example.org");

  private static DaneTrustManager expecting(TestIdentity identity) {
    TlsaRrset rrset =
        TlsaRrset.of(
            TlsaOwnerName.smtp("mx.example.org"), TlsaRecord.daneEe(identity.certificate()));
    return new DaneTrustManager(
        new TlsRequirement.Dane(
            rrset, ReferenceIdentifiers.of("mx.example.org"), MxSecurity.NOT_MX, "for a test"),
        TlsaMatcher.forSmtp(),
        InstantSource.fixed(AT));
  }

  /** The two ways to do TLS with JSSE. */
  enum Way {
    SOCKET {
      @Override
      void handshake(DaneTrustManager trust) throws IOException {
        try (ServerSocket listener =
            new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
          Thread server = new Thread(() -> serve(listener));
          server.setDaemon(true);
          server.start();
          try (Socket plain = new Socket(listener.getInetAddress(), listener.getLocalPort());
              SSLSocket tls =
                  (SSLSocket)
                      context(trust)
                          .getSocketFactory()
                          .createSocket(plain, "mx.example.org", 25, true)) {
            SSLParameters parameters = tls.getSSLParameters();
            DaneSslContexts.ofPlatform().prepare(parameters, "mx.example.org");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
          }
        }
      }

      private void serve(ServerSocket listener) {
        try (Socket plain = listener.accept();
            SSLSocket tls =
                (SSLSocket)
                    SERVER.serverContext().getSocketFactory().createSocket(plain, null, true)) {
          tls.setUseClientMode(false);
          tls.startHandshake();
          int end = tls.getInputStream().read();
          assertThat(end).isNegative();
        } catch (IOException e) {
          // The client has seen enough.
        }
      }
    },
    ENGINE {
      @Override
      void handshake(DaneTrustManager trust) throws IOException {
        SSLEngine client = context(trust).createSSLEngine("mx.example.org", 25);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        DaneSslContexts.ofPlatform().prepare(parameters, "mx.example.org");
        client.setSSLParameters(parameters);
        SSLEngine server = SERVER.serverContext().createSSLEngine();
        server.setUseClientMode(false);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
        client.beginHandshake();
        server.beginHandshake();
        while (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
          turn(client, toClient, toServer);
          turn(server, toServer, toClient);
        }
      }

      private void turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
          engine.getDelegatedTask().run();
        } else if (status == HandshakeStatus.NEED_WRAP) {
          engine.wrap(ByteBuffer.allocate(0), out);
        } else {
          in.flip();
          engine.unwrap(in, ByteBuffer.allocate(1 << 16));
          in.compact();
        }
      }
    };

    abstract void handshake(DaneTrustManager trust) throws IOException;

    static SSLContext context(DaneTrustManager trust) {
      return DaneSslContexts.ofPlatform().newContext(trust);
    }
  }

  @ParameterizedTest
  @EnumSource
  void match_canBeReadAfterTheHandshake(Way way) throws IOException {
    DaneTrustManager trust = expecting(SERVER);
    assertThat(trust.result()).isEmpty();
    way.handshake(trust);
    assertThat(trust.result()).containsInstanceOf(MatchResult.Matched.class);
    assertThat(trust.peerCertificates()).isEqualTo(SERVER.chain());
  }

  @ParameterizedTest
  @EnumSource
  void mismatch_canBeReadAfterTheHandshake_andIsACause(Way way) {
    DaneTrustManager trust = expecting(OTHER);
    SSLException failure = catchThrowableOfType(SSLException.class, () -> way.handshake(trust));
    DaneCertificateException reason =
        Stream.<Throwable>iterate(failure, it -> it != null, Throwable::getCause)
            .filter(DaneCertificateException.class::isInstance)
            .map(DaneCertificateException.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(trust.result()).contains(reason.result());
    assertThat(reason.result()).isNotInstanceOf(MatchResult.Matched.class);
    assertThat(trust.peerCertificates()).isEqualTo(SERVER.chain());
  }

  @Test
  void clients_areNotItsBusiness() {
    X509Certificate[] chain = SERVER.chain().toArray(X509Certificate[]::new);
    assertThatThrownBy(() -> expecting(SERVER).checkClientTrusted(chain, "UNKNOWN"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void managerForAHostToAvoid_doesNotExist() {
    TlsRequirement avoid =
        new TlsRequirement.Avoid(TlsRequirement.Cause.TLSA_LOOKUP, "the lookup failed");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DaneTrustManager(avoid, TlsaMatcher.forSmtp(), InstantSource.fixed(AT)))
        .withMessageContaining("the lookup failed");
  }

  @Test
  void emptyChain_isNotTrusted() {
    assertThatThrownBy(
            () -> expecting(SERVER).checkServerTrusted(new X509Certificate[0], "UNKNOWN"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
