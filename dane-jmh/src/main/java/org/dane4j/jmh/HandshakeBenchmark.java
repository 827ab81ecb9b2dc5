// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.DaneSslContexts;
import org.dane4j.smtp.tls.DaneTrustManager;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A TLS handshake in memory, both sides of it, with the library's trust manager for a 3 1 1 record
 * or with one that trusts everybody. The share of the former is also measured alone, because it is
 * less than what one handshake differs from the next.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls setUp first.
public class HandshakeBenchmark {

  private static final String HOST = "mx.bank.example";

  /** What is measured of the library's trust manager. */
  public enum Part {
    /** The handshake in which it takes part. */
    HANDSHAKE,
    /** What it does itself. */
    TRUST_MANAGER
  }

  /** What is measured. */
  @Param public Part part;

  private final Instant at = Instant.now();
  private final DaneSslContexts contexts = DaneSslContexts.ofPlatform();
  private final TestIdentity identity =
      TestAuthority.root("root", at).intermediate("intermediate").issue(HOST);
  private final X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
  private final SSLContext server = identity.serverContext();
  private final TlsRequirement requirement =
      new TlsRequirement.Dane(
          TlsaRrset.of(TlsaOwnerName.smtp(HOST), TlsaRecord.parse(Tlsa.rdata(3, 1, 1, chain[0]))),
          ReferenceIdentifiers.of(HOST),
          "");
  private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer plain = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer nothing = ByteBuffer.allocate(0);

  /** Makes the benchmark. */
  public HandshakeBenchmark() {}

  /** Trusts everybody. */
  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Nothing to prepare: JMH wants the parameter to be used. */
  @Setup
  public void setUp() {
    if (part == null) {
      throw new IllegalStateException("no part");
    }
  }

  /**
   * With the library's trust manager, or it alone.
   *
   * @return what has judged
   * @throws CertificateException if the server is not trusted
   * @throws SSLException if the handshake fails
   */
  @Benchmark
  public DaneTrustManager ours() throws CertificateException, SSLException {
    DaneTrustManager manager =
        new DaneTrustManager(requirement, TlsaMatcher.forSmtp(), InstantSource.fixed(at));
    if (part == Part.TRUST_MANAGER) {
      manager.checkServerTrusted(chain, "UNKNOWN");
    } else {
      shake(manager);
    }
    return manager;
  }

  /**
   * With one that trusts everybody.
   *
   * @return the cipher suite
   * @throws SSLException if the handshake fails
   */
  @Benchmark
  public String limit() throws SSLException {
    return shake(new Anybody());
  }

  private String shake(X509ExtendedTrustManager manager) throws SSLException {
    SSLEngine client = contexts.newContext(manager).createSSLEngine(HOST, 25);
    SSLParameters parameters = client.getSSLParameters();
    contexts.prepare(parameters, HOST);
    client.setSSLParameters(parameters);
    client.setUseClientMode(true);
    SSLEngine peer = server.createSSLEngine();
    peer.setUseClientMode(false);
    client.beginHandshake();
    peer.beginHandshake();
    toServer.clear();
    toClient.clear();
    while (isShaking(client) || isShaking(peer)) {
      step(client, toServer, toClient);
      step(peer, toClient, toServer);
    }
    return client.getSession().getCipherSuite();
  }

  private static boolean isShaking(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
    } else if (status == HandshakeStatus.NEED_WRAP) {
      nothing.clear();
      engine.wrap(nothing, out);
    } else if (in.position() > 0) {
      in.flip();
      plain.clear();
      engine.unwrap(in, plain);
      in.compact();
    }
  }
}
