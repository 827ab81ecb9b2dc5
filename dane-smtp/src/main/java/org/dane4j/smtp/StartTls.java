// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.dane4j.match.MatchResult;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.DaneTrustManager;

/** The step from plain text to TLS, behind the server's consent to STARTTLS (RFC 3207 §4). */
final class StartTls {

  private final SmtpSettings settings;
  private final SmtpPeer peer;

  StartTls(SmtpSettings settings, SmtpPeer peer) {
    this.settings = settings;
    this.peer = peer;
  }

  /** Returns the TLS that was agreed on; the channel goes on under it. */
  TlsSession on(SmtpChannel channel) throws StepFailedException {
    return channel.step(
        Cause.TLS_HANDSHAKE,
        "the TLS handshake",
        settings.timeouts().handshake(),
        timer -> {
          // A server says nothing more before the TLS client does: whatever is here was put here.
          if (channel.hasUnread()) {
            throw StepFailedException.of(
                Cause.PLAIN_TEXT_INJECTED,
                "there is plain text behind the reply to STARTTLS: somebody on the way injects commands or replies");
          }
          return peer.needsPkix() ? byPkix(channel) : byDane(channel);
        });
  }

  private TlsSession byDane(SmtpChannel channel) throws IOException, StepFailedException {
    DaneTrustManager trust =
        new DaneTrustManager(peer.requirement(), peer.matcher(), settings.clock());
    String serverName = serverName();
    SSLSocket tls = layer(settings.contexts().newContext(trust), channel);
    SSLParameters parameters = tls.getSSLParameters();
    settings.contexts().prepare(parameters, serverName);
    tls.setSSLParameters(parameters);
    try {
      handshake(tls);
    } catch (IOException e) {
      Optional<MatchResult> match = trust.result();
      if (match.isPresent() && !(match.get() instanceof MatchResult.Matched)) {
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

  /** RFC 7673 §4: where a login is at stake and DANE says nothing, the web's authorities decide. */
  private TlsSession byPkix(SmtpChannel channel) throws IOException {
    SSLSocket tls = layer(settings.contexts().newPkixContext(), channel);
    SSLParameters parameters = tls.getSSLParameters();
    settings.contexts().preparePkix(parameters, peer.host());
    tls.setSSLParameters(parameters);
    handshake(tls);
    channel.secure(tls);
    SSLSession session = tls.getSession();
    return new TlsSession(
        session.getProtocol(), session.getCipherSuite(), peer.host(), Optional.empty(), List.of());
  }

  private SSLSocket layer(SSLContext context, SmtpChannel channel) throws IOException {
    return (SSLSocket)
        context
            .getSocketFactory()
            .createSocket(channel.socket(), peer.host(), channel.socket().getPort(), true);
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
