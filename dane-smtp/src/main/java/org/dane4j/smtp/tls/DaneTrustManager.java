// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.dane4j.match.ChainCertificate;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the server that a {@link TlsRequirement} is about, for one connection.
 *
 * <p>For {@link TlsRequirement.Dane} the certificates must match a TLSA record; all checks that
 * apply to the record's usage are made here. For {@link TlsRequirement.Encrypt} and {@link
 * TlsRequirement.Opportunistic} any server is accepted, because there is nothing that could
 * authenticate it (RFC 7672 §2.2), or because DANE is only audited: do not use such a manager where
 * the web's certification authorities are expected to. For {@link TlsRequirement.Pkix} these judge
 * the server, and for {@link TlsRequirement.Avoid} there is no connection, hence no manager.
 *
 * <p>A manager judges one handshake and remembers the result. Use a new manager, and a new {@code
 * SSLContext}, for each connection: see {@link DaneSslContexts}. Thread-safe.
 */
public final class DaneTrustManager extends X509ExtendedTrustManager {

  private final TlsRequirement requirement;
  private final TlsaMatcher matcher;
  private final InstantSource clock;
  private volatile @Nullable MatchResult result;
  private volatile List<X509Certificate> peer = List.of();

  /**
   * Makes a manager for one connection.
   *
   * @param requirement what the server is owed
   * @param matcher how TLSA records are matched
   * @param clock the time at which certificates must be valid, where dates count
   * @throws IllegalArgumentException if the requirement is to avoid the host, or that certification
   *     authorities vouch for it
   */
  public DaneTrustManager(TlsRequirement requirement, TlsaMatcher matcher, InstantSource clock) {
    if (requirement instanceof TlsRequirement.Avoid avoid) {
      throw new IllegalArgumentException(
          "this host must not be connected to: " + avoid.explanation());
    }
    if (requirement instanceof TlsRequirement.Pkix) {
      throw new IllegalArgumentException(
          "certification authorities judge this host: take DaneSslContexts.newPkixContext()");
    }
    this.requirement = Objects.requireNonNull(requirement, "requirement");
    this.matcher = Objects.requireNonNull(matcher, "matcher");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Returns what came of matching the server's certificates, after success and after failure.
   *
   * @return the result; empty before the handshake, and if DANE is neither required nor audited
   */
  public Optional<MatchResult> result() {
    return Optional.ofNullable(result);
  }

  /**
   * Returns the certificates that the server presented.
   *
   * @return the chain, the server's own first; empty before the handshake
   */
  public List<X509Certificate> peerCertificates() {
    return peer;
  }

  /**
   * Returns the certificates that the server presented, as octets.
   *
   * @return the DER of each, the server's own first; empty before the handshake
   */
  public List<Octets> presented() {
    X509Certificate[] chain = peer.toArray(X509Certificate[]::new);
    return chain.length == 0
        ? List.of()
        : PeerChain.of(chain).certificates().stream().map(ChainCertificate::der).toList();
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new IllegalArgumentException("JSSE calls this with at least one certificate");
    }
    peer = List.of(chain);
    TlsRequirement.Dane dane = requirement.dane().orElse(null);
    if (dane == null) {
      return;
    }
    MatchResult match =
        matcher.match(
            dane.tlsa(), PeerChain.of(chain), dane.referenceIdentifiers(), clock.instant());
    result = match;
    boolean enforced = requirement instanceof TlsRequirement.Dane;
    if (enforced && !(match instanceof MatchResult.Matched)) {
      throw new DaneCertificateException(match);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw notForClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw notForClients();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw notForClients();
  }

  private static CertificateException notForClients() {
    return new CertificateException("DANE for SMTP authenticates servers, not clients");
  }

  /** Returns no certificates: whom to trust is in the DNS. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
