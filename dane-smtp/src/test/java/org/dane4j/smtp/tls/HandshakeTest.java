// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedKeyManager;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do with TLS what is allowed, and what is not. */
class HandshakeTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final TestAuthority AUTHORITY = TestAuthority.root("Root", AT);
  private static final TestIdentity SERVER = AUTHORITY.issue("mx.example.org");
  private static final TestIdentity OTHER = AUTHORITY.issue("mx.example.org");

  private final DaneTrustManager trust =
      new DaneTrustManager(
          new TlsRequirement.Dane(
              TlsaRrset.of(
                  TlsaOwnerName.smtp("mx.example.org"), TlsaRecord.daneEe(SERVER.certificate())),
              ReferenceIdentifiers.of("mx.example.org"),
              MxSecurity.SECURE,
              "for a test"),
          TlsaMatcher.forSmtp(),
          InstantSource.fixed(AT));

  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);

  private SSLEngine client() {
    DaneSslContexts contexts = DaneSslContexts.ofPlatform();
    SSLEngine client = contexts.newContext(trust).createSSLEngine("mx.example.org", 25);
    client.setUseClientMode(true);
    SSLParameters parameters = client.getSSLParameters();
    contexts.prepare(parameters, "mx.example.org");
    client.setSSLParameters(parameters);
    return client;
  }

  private static SSLEngine server(
      String protocol, Supplier<X509Certificate> certificate, Supplier<PrivateKey> key)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new OneKey(certificate, key)}, null, null);
    SSLEngine server = context.createSSLEngine();
    server.setUseClientMode(false);
    server.setEnabledProtocols(new String[] {protocol});
    return server;
  }

  private void shakeHands(SSLEngine client, SSLEngine server) throws SSLException {
    client.beginHandshake();
    talk(client, server);
  }

  /** Carries records to and fro until neither side has anything to say. */
  private void talk(SSLEngine client, SSLEngine server) throws SSLException {
    boolean something = true;
    while (something) {
      something = turn(client, toClient, toServer);
      something |= turn(server, toServer, toClient);
    }
  }

  private static boolean turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      engine.getDelegatedTask().run();
      return true;
    }
    if (status == HandshakeStatus.NEED_WRAP) {
      return engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0;
    }
    in.flip();
    boolean consumed = engine.unwrap(in, ByteBuffer.allocate(1 << 16)).bytesConsumed() > 0;
    in.compact();
    return consumed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void certificateWithoutItsKey_authenticatesNobody(String protocol) throws Exception {
    // RFC 7671 §5.1: the server has to prove that the key is its own.
    SSLEngine client = client();
    SSLEngine server = server(protocol, SERVER::certificate, OTHER::privateKey);
    assertThatThrownBy(() -> shakeHands(client, server)).isInstanceOf(SSLException.class);
    // The certificate by itself is right: what fails is the proof.
    assertThat(trust.result()).containsInstanceOf(MatchResult.Matched.class);
  }

  private static boolean isFinished(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && !engine.isInboundDone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void requestForAClientCertificate_isAnsweredWithNone(String protocol) throws Exception {
    SSLEngine client = client();
    SSLEngine server = server(protocol, SERVER::certificate, SERVER::privateKey);
    server.setWantClientAuth(true);
    shakeHands(client, server);
    assertThat(trust.result()).containsInstanceOf(MatchResult.Matched.class);
    assertThat(isFinished(client) && isFinished(server)).isTrue();
    assertThatThrownBy(() -> server.getSession().getPeerCertificates())
        .isInstanceOf(SSLPeerUnverifiedException.class);
  }

  @Test
  void renegotiation_isJudgedAgain() throws Exception {
    // A server, or whoever got between, must not become another one on the way.
    TestIdentity[] shown = {SERVER};
    SSLEngine client = client();
    SSLEngine server = server("TLSv1.2", () -> shown[0].certificate(), () -> shown[0].privateKey());
    shakeHands(client, server);
    assertThat(isFinished(client) && isFinished(server)).isTrue();
    shown[0] = OTHER;
    // Otherwise the session is resumed, which only the same server can do.
    client.getSession().invalidate();
    server.beginHandshake();
    SSLException failure = catchThrowableOfType(SSLException.class, () -> talk(client, server));
    assertThat(Stream.<Throwable>iterate(failure, it -> it != null, Throwable::getCause))
        .hasAtLeastOneElementOfType(DaneCertificateException.class);
  }

  /** Shows one certificate, whether the key is its own or not. */
  private static final class OneKey extends X509ExtendedKeyManager {
    private final Supplier<X509Certificate> certificate;
    private final Supplier<PrivateKey> key;

    OneKey(Supplier<X509Certificate> certificate, Supplier<PrivateKey> key) {
      this.certificate = certificate;
      this.key = key;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return type.startsWith("EC") ? "it" : "";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate.get()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key.get();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {"it"};
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, java.net.Socket socket) {
      return "it";
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, java.net.Socket socket) {
      return "";
    }
  }
}
