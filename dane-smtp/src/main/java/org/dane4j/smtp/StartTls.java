// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.dane4j.match.ChainCertificate;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.policy.PkixNames;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.DaneTrustManager;

/**
 * The step to TLS: behind the server's consent to STARTTLS (RFC 3207 §4), or at once (RFC 8314
 * §3.3).
 */
final class StartTls {

  private final SmtpSettings settings;
  private final SmtpPeer peer;

  StartTls(SmtpSettings settings, SmtpPeer peer) {
    this.settings = settings;
    this.peer = peer;
  }

  /** Returns the TLS that was agreed on after STARTTLS; the channel goes on under it. */
  TlsSession afterConsent(SmtpChannel channel) throws StepFailedException {
    return step(
        channel,
        timer -> {
          // A server says nothing more before the TLS client does: whatever is here was put here.
          if (channel.hasUnread()) {
            throw StepFailedException.of(
                Cause.PLAIN_TEXT_INJECTED,
                "there is plain text behind the reply to STARTTLS: somebody on the way injects commands or replies");
          }
          return handshake(channel);
        });
  }

  /** Returns the TLS that a connection begins with; the channel goes on under it. */
  TlsSession atOnce(SmtpChannel channel) throws StepFailedException {
    return step(channel, timer -> handshake(channel));
  }

  private TlsSession step(SmtpChannel channel, SmtpChannel.Step<TlsSession> step)
      throws StepFailedException {
    return channel.step(
        Cause.TLS_HANDSHAKE, "the TLS handshake", settings.timeouts().handshake(), step);
  }

  private TlsSession handshake(SmtpChannel channel) throws IOException, StepFailedException {
    return peer.requirement() instanceof TlsRequirement.Pkix pkix
        ? byPkix(channel, pkix)
        : byDane(channel);
  }

  private TlsSession byDane(SmtpChannel channel) throws IOException, StepFailedException {
    DaneTrustManager trust =
        new DaneTrustManager(peer.requirement(), peer.matcher(), settings.clock());
    String serverName = serverName();
    SSLSocket tls = layer(settings.contexts().newContext(trust), channel, peer.host());
    SSLParameters parameters = tls.getSSLParameters();
    settings.contexts().prepare(parameters, serverName);
    tls.setSSLParameters(parameters);
    try {
      handshake(tls);
    } catch (IOException e) {
      Optional<MatchResult> match = trust.result();
      // RFC 7672 §9.1: where a mismatch is only recorded, it is not what failed.
      if (peer.requirement() instanceof TlsRequirement.Dane
          && match.isPresent()
          && !(match.get() instanceof MatchResult.Matched)) {
        throw StepFailedException.mismatch(match.get(), trust.presented());
      }
      throw e;
    }
    if (peer.requirement() instanceof TlsRequirement.Dane
        && !(trust.result().orElse(null) instanceof MatchResult.Matched)) {
      // No provider may finish a handshake without asking the trust manager; if one does, no mail.
      throw new IOException("the server showed no certificate that could be matched");
    }
    channel.secure(tls);
    return facts(tls, serverName, trust);
  }

  /**
   * RFC 7673 §4.1: the service's name goes into SNI. JSSE accepts a certificate for the name in
   * SNI, or for the one that the socket is made with, which is the target if that counts.
   */
  private TlsSession byPkix(SmtpChannel channel, TlsRequirement.Pkix pkix)
      throws IOException, StepFailedException {
    PkixNames names = pkix.names();
    String serverName = names.serverName();
    SSLSocket tls =
        layer(settings.contexts().newPkixContext(), channel, names.target().orElse(serverName));
    SSLParameters parameters = tls.getSSLParameters();
    settings.contexts().preparePkix(parameters, serverName);
    tls.setSSLParameters(parameters);
    try {
      handshake(tls);
    } catch (IOException e) {
      if (isAboutCertificates(e)) {
        throw StepFailedException.of(
            Cause.CERTIFICATE_NOT_TRUSTED,
            "no certification authority that is trusted vouches for a server named " + names,
            e);
      }
      throw e;
    }
    channel.secure(tls);
    SSLSession session = tls.getSession();
    PeerChain chain =
        PeerChain.of(
            Arrays.copyOf(
                session.getPeerCertificates(),
                session.getPeerCertificates().length,
                X509Certificate[].class));
    return new TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName,
        pkix.dane().map(dane -> audit(dane, chain)),
        chain.certificates().stream().map(ChainCertificate::der).toList());
  }

  /** What DANE would have said of a server that authorities vouch for. */
  private MatchResult audit(TlsRequirement.Dane dane, PeerChain chain) {
    return peer.matcher()
        .match(dane.tlsa(), chain, dane.referenceIdentifiers(), settings.clock().instant());
  }

  private static boolean isAboutCertificates(Throwable problem) {
    return problem instanceof CertificateException
        || (problem.getCause() != null && isAboutCertificates(problem.getCause()));
  }

  private static SSLSocket layer(SSLContext context, SmtpChannel channel, String host)
      throws IOException {
    return (SSLSocket)
        context
            .getSocketFactory()
            .createSocket(channel.socket(), host, channel.socket().getPort(), true);
  }

  private static TlsSession facts(SSLSocket tls, String serverName, DaneTrustManager trust) {
    SSLSession session = tls.getSession();
    return new TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        serverName,
        trust.result(),
        trust.presented());
  }

  private static void handshake(SSLSocket tls) throws IOException {
    try {
      tls.startHandshake();
    } catch (RuntimeException e) {
      throw new IOException("JSSE failed: " + e, e);
    }
  }

  /** RFC 7672 §8.1: the TLSA base domain, if there are TLSA records. */
  private String serverName() {
    return peer.requirement() instanceof TlsRequirement.Encrypt encrypt
        ? encrypt.tlsa().owner().baseDomain()
        : peer.requirement()
            .dane()
            .map(dane -> dane.tlsa().owner().baseDomain())
            .orElse(peer.isAddress() ? "" : peer.host());
  }
}
