// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.policy.TlsRequirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client hello says. */
class DaneSslContextsTest {

  private static SSLContext context(DaneSslContexts contexts) {
    return contexts.newContext(
        new DaneTrustManager(
            new TlsRequirement.Opportunistic("for a test"),
            TlsaMatcher.forSmtp(),
            InstantSource.fixed(Instant.EPOCH)));
  }

  private static SSLEngine engine(String serverName, String... enabled) {
    DaneSslContexts contexts = DaneSslContexts.ofPlatform();
    SSLEngine engine = context(contexts).createSSLEngine("peer.example", 25);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (enabled.length > 0) {
      parameters.setProtocols(enabled);
    }
    contexts.prepare(parameters, serverName);
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static byte[] clientHello(SSLEngine engine) throws SSLException {
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.beginHandshake();
    while (out.position() == 0) {
      engine.wrap(ByteBuffer.allocate(0), out);
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        engine.getDelegatedTask().run();
      }
    }
    byte[] octets = new byte[out.flip().remaining()];
    out.get(octets);
    return octets;
  }

  /** Reads the server name out of a client hello (RFC 8446 §4.1.2, RFC 6066 §3). */
  private static Optional<String> serverName(byte[] record) {
    ByteBuffer in = ByteBuffer.wrap(record);
    in.position(5 + 4 + 2 + 32);
    skip(in, in.get() & 0xff); // session id
    skip(in, in.getShort() & 0xffff); // cipher suites
    skip(in, in.get() & 0xff); // compression methods
    int end = (in.getShort() & 0xffff) + in.position();
    while (in.position() < end) {
      int type = in.getShort() & 0xffff;
      int length = in.getShort() & 0xffff;
      if (type == 0) {
        skip(in, 3); // the list's length, and that it is a host name
        byte[] name = new byte[in.getShort() & 0xffff];
        in.get(name);
        return Optional.of(new String(name, StandardCharsets.US_ASCII));
      }
      skip(in, length);
    }
    return Optional.empty();
  }

  private static void skip(ByteBuffer in, int octets) {
    in.position(in.position() + octets);
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.org, mx.example.org",
    "mx.example.org., mx.example.org",
    "MX.Example.ORG, mx.example.org",
    // JSSE by itself would say nothing for these.
    "localhost, localhost",
    "mx_1.example.org, mx_1.example.org",
    "xn--bcher-kva.example, xn--bcher-kva.example",
  })
  void serverName_isSent_whateverItsForm(String name, String sent) throws SSLException {
    assertThat(serverName(clientHello(engine(name)))).contains(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8:0:0:0:0:0:1", "::1"})
  void address_isNoServerName(String address) throws SSLException {
    // RFC 6066 §3
    assertThat(serverName(clientHello(engine(address)))).isNotEqualTo(Optional.of(address));
  }

  @Test
  void tls13And12_areOffered_andNothingOlder() {
    assertThat(engine("mx.example.org").getEnabledProtocols())
        .containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(engine("mx.example.org", "TLSv1", "TLSv1.1").getEnabledProtocols())
        .containsExactly("TLSv1.3", "TLSv1.2");
  }

  @Test
  void protocolThatIsSwitchedOff_staysOff() {
    assertThat(engine("mx.example.org", "TLSv1.2").getEnabledProtocols())
        .containsExactly("TLSv1.2");
  }

  @Test
  void anonymousSuites_areNotOffered() {
    // RFC 7672 §8.2
    assertThat(List.of(engine("mx.example.org").getEnabledCipherSuites()))
        .isNotEmpty()
        .noneMatch(suite -> suite.contains("_anon_") || suite.contains("_NULL_"));
  }

  @Test
  void names_areNotCheckedByJsse() {
    assertThat(engine("mx.example.org").getSSLParameters().getEndpointIdentificationAlgorithm())
        .isNullOrEmpty();
  }

  @Test
  void provider_isTheOneThatWasGiven() {
    Provider provider = Security.getProviders("SSLContext.TLS")[0];
    assertThat(context(DaneSslContexts.of(provider)).getProvider()).isSameAs(provider);
    assertThat(DaneSslContexts.of(provider).newPkixContext().getProvider()).isSameAs(provider);
  }
}
