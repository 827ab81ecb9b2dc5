// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.match.MatchResult;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.rollover.ServerKey;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.audit.observe.ObservationLimits;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Type;

/**
 * What a mail host presents in TLS handshakes at each of its addresses, to clients that take any
 * key, RSA alone and ECDSA alone.
 *
 * @param host the host, and what TLS it is owed
 * @param byAddress what was presented at each address that presented something, each once
 * @param unseen what came of the addresses, or of offers to them, that presented nothing
 * @param untold the addresses that showed a key to those alone who take any kind
 * @param verdict what would become of mail to the host now
 */
record LiveServer(
    MxHost host,
    List<Set<ServerKey>> byAddress,
    List<String> unseen,
    List<String> untold,
    Verdict verdict) {

  /** No sender has the time for more. */
  private static final int MAX_ADDRESSES = ObservationLimits.defaults().addressesPerHost();

  /** After this, no address is connected to any more. */
  private static final Duration TOTAL_TIME = ObservationLimits.defaults().totalTime();

  LiveServer {
    byAddress = List.copyOf(byAddress);
    unseen = List.copyOf(unseen);
    untold = List.copyOf(untold);
  }

  /** All keys, each once. */
  List<ServerKey> keys() {
    return byAddress.stream().flatMap(Set::stream).distinct().toList();
  }

  /**
   * Keys that a server has beside one of the given ones and of another kind. They are not replaced
   * by these.
   */
  List<ServerKey> keysOfOtherKinds(List<ServerKey> given) {
    Set<ServerKey> others = new LinkedHashSet<>();
    for (Set<ServerKey> together : byAddress) {
      if (together.stream().anyMatch(key -> given.stream().anyMatch(key::isOfKindOf))) {
        together.stream()
            .filter(key -> given.stream().noneMatch(key::isOfKindOf))
            .forEach(others::add);
      }
    }
    return List.copyOf(others);
  }

  /** Turns to every address of a host. */
  static LiveServer of(CommonOptions options, DnssecResolver dns, NextHop.Host nextHop) {
    try (SmtpClient client =
        options.newClient(dns).totalTime(options.stepTime().multipliedBy(2)).build()) {
      Attempt first = attempt(client.check(nextHop));
      Looks looks = new Looks(client, first.host());
      looks.noteMissingAddresses();
      List<InetAddress> addresses = first.host().addresses();
      for (InetAddress address : addresses) {
        if (addresses.indexOf(address) < MAX_ADDRESSES) {
          looks.at(address);
        } else {
          looks.unseen.add(
              address.getHostAddress() + ": not looked at, there are more than " + MAX_ADDRESSES);
        }
      }
      if (looks.byAddress.isEmpty()) {
        throw new UnavailableException(
            "%s presents no certificate: %s"
                .formatted(first.host().name(), first.result().explanation()));
      }
      return new LiveServer(
          first.host(),
          looks.byAddress,
          looks.unseen,
          looks.untold,
          looks.verdict(Verdict.of(first)));
    }
  }

  private static Attempt attempt(CheckResult result) {
    if (result.attempts().isEmpty()) {
      throw new UnavailableException("no server: " + result.destination());
    }
    return result.attempts().get(0);
  }

  private static final class Looks {

    private final SmtpClient client;
    private final MxHost host;
    private final Optional<Dane> dane;
    private final List<Set<ServerKey>> byAddress = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();
    private final List<String> untold = new ArrayList<>();
    private final long end = System.nanoTime() + TOTAL_TIME.toNanos();

    Looks(SmtpClient client, MxHost host) {
      this.client = client;
      this.host = host;
      this.dane = host.requirement().dane();
    }

    /** One family of addresses is enough to send; the host has the other one nevertheless. */
    void noteMissingAddresses() {
      for (ValidationResult lookup : host.lookups()) {
        int type = lookup.question().type();
        if ((type == Type.A || type == Type.AAAA)
            && (lookup instanceof Bogus || lookup instanceof Indeterminate)) {
          unseen.add(Type.string(type) + " records: " + lookup.explanation());
        }
      }
    }

    void at(InetAddress address) {
      Attempt.Result any = look(address, CertificateKeys.ANY);
      List<Octets> chain = certificates(any);
      if (chain.isEmpty()) {
        unseen.add(address.getHostAddress() + ": " + any.explanation());
        return;
      }
      Set<ServerKey> keys = new LinkedHashSet<>(List.of(ServerKey.ofChain(chain)));
      int refusals = 0;
      for (CertificateKeys kind : List.of(CertificateKeys.RSA, CertificateKeys.ECDSA)) {
        Attempt.Result result = look(address, kind);
        List<Octets> other = certificates(result);
        if (!other.isEmpty()) {
          keys.add(ServerKey.ofChain(other));
        } else if (isWithoutSuchKey(result)) {
          refusals++;
        } else {
          unseen.add(address.getHostAddress() + ", " + kind + " only: " + result.explanation());
        }
      }
      if (refusals == 2) {
        untold.add(address.getHostAddress());
      }
      byAddress.add(keys);
    }

    private Attempt.Result look(InetAddress address, CertificateKeys kind) {
      if (System.nanoTime() - end > 0) {
        return new Failed(
            Cause.CONNECTION_LOST,
            "not looked at: the time for all of it was up",
            Optional.empty(),
            Optional.empty());
      }
      // RFC 7672 §8.1: the name in SNI is the TLSA base domain.
      String name = dane.map(it -> it.tlsa().owner().baseDomain()).orElse(host.name());
      return client.look(new InetSocketAddress(address, host.endpoint().port()), name, kind);
    }

    private static boolean isWithoutSuchKey(Attempt.Result result) {
      return result instanceof Failed failed && failed.cause() == Cause.TLS_HANDSHAKE;
    }

    private static List<Octets> certificates(Attempt.Result result) {
      return result instanceof Ready ready
          ? ready.tls().map(TlsSession::certificates).orElse(List.of())
          : List.of();
    }

    /** Senders do not all take the same key: one that does not match is enough. */
    Verdict verdict(Verdict ofOne) {
      Instant now = Instant.now();
      boolean mismatch =
          dane.isPresent()
              && byAddress.stream()
                  .flatMap(Set::stream)
                  .anyMatch(key -> !matches(dane.get(), key, now));
      return mismatch ? Verdict.DANE_MISMATCH : ofOne;
    }

    private static boolean matches(Dane dane, ServerKey key, Instant at) {
      return TlsaMatcher.forSmtp()
              .match(dane.tlsa(), key.peerChain(), dane.referenceIdentifiers(), at)
          instanceof MatchResult.Matched;
    }
  }
}
