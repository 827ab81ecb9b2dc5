// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Opportunistic;
import org.dane4j.smtp.policy.TlsRequirement.Pkix;

/**
 * Judges what was seen of a host by what it is owed, as the client does when it turns to the host
 * itself.
 *
 * @param matcher how TLSA records are matched
 * @param at the time at which certificates must be valid, where dates count
 */
record Rejudgment(TlsaMatcher matcher, Instant at) {

  /** What is not known of a handshake that the client ended. */
  private static final String UNFINISHED = "TLS";

  Attempt of(MxHost host, Optional<Sighting> sighting) {
    if (host.requirement() instanceof TlsRequirement.Avoid avoid) {
      Cause cause = Cause.valueOf(avoid.cause().name());
      return new Attempt(host, Optional.empty(), failed(cause, avoid.explanation()));
    }
    Optional<InetSocketAddress> peer =
        sighting
            .flatMap(Sighting::address)
            .map(address -> new InetSocketAddress(address, host.endpoint().port()));
    Result result =
        sighting
            .map(seen -> result(host, seen))
            .orElseGet(() -> failed(Cause.CONNECT, "the evidence has no connection to this host"));
    return new Attempt(host, peer, result);
  }

  private Result result(MxHost host, Sighting seen) {
    if (seen.failure().isPresent()) {
      Sighting.Failure failure = seen.failure().get();
      return failed(failure.cause(), failure.explanation());
    }
    if (seen.tls().isPresent()) {
      return overTls(host.requirement(), seen.tls().get());
    }
    return host.requirement() instanceof Opportunistic
        ? new Ready(ChannelSecurity.PLAIN_TEXT, Optional.empty())
        : failed(Cause.STARTTLS_NOT_OFFERED, "the server was used in plain text when it was seen");
  }

  private Result overTls(TlsRequirement requirement, Sighting.Tls tls) {
    Dane dane = requirement.dane().orElse(null);
    if (dane != null && tls.certificates().isEmpty()) {
      return failed(Cause.TLS_HANDSHAKE, "the evidence has no certificate of the server");
    }
    Optional<MatchResult> match =
        Optional.ofNullable(dane)
            .map(
                owed ->
                    matcher.match(
                        owed.tlsa(),
                        PeerChain.ofDer(tls.certificates()),
                        owed.referenceIdentifiers(),
                        at));
    if (requirement instanceof Pkix pkix) {
      return byAuthorities(pkix, tls, match);
    }
    boolean matched = match.filter(MatchResult.Matched.class::isInstance).isPresent();
    if (requirement instanceof Dane && !matched) {
      return StepFailedException.mismatch(match.orElseThrow(), tls.certificates()).failed();
    }
    ChannelSecurity security =
        requirement instanceof Dane owed
            ? ChannelSecurity.of(owed)
            : requirement instanceof Opportunistic
                ? ChannelSecurity.OPPORTUNISTIC_TLS
                : ChannelSecurity.ENCRYPTED;
    return new Ready(security, Optional.of(session(tls, match)));
  }

  /** Which authorities were trusted is not in the evidence, so their word is taken from it. */
  private static Result byAuthorities(Pkix pkix, Sighting.Tls tls, Optional<MatchResult> match) {
    List<String> names = tls.vouchedFor();
    return !names.isEmpty() && pkix.names().all().containsAll(names)
        ? new Ready(ChannelSecurity.PKIX, Optional.of(session(tls, match)))
        : failed(
            Cause.CERTIFICATE_NOT_TRUSTED,
            "the evidence has no authority that vouches for a server named " + pkix.names());
  }

  private static TlsSession session(Sighting.Tls tls, Optional<MatchResult> match) {
    return new TlsSession(
        orUnfinished(tls.protocol()),
        orUnfinished(tls.cipherSuite()),
        tls.serverName(),
        match,
        tls.certificates());
  }

  private static String orUnfinished(String text) {
    return text.isEmpty() ? UNFINISHED : text;
  }

  private static Failed failed(Cause cause, String explanation) {
    return new Failed(cause, explanation, Optional.empty(), Optional.empty(), List.of());
  }
}
