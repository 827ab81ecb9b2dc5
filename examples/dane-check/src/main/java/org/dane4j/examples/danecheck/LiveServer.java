// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.rollover.ServerKey;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.SmtpConnector;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.tlsa.Octets;

/**
 * What a mail host presents in TLS handshakes at each of its addresses.
 *
 * @param host the host, and what TLS it is owed
 * @param keys what was presented, each once
 * @param troubles what came of the addresses that presented nothing
 * @param verdict what would become of mail to the host now
 */
record LiveServer(MxHost host, List<ServerKey> keys, List<String> troubles, Verdict verdict) {

  /** The default number of addresses that senders try. */
  private static final int MAX_ADDRESSES = 5;

  LiveServer {
    keys = List.copyOf(keys);
    troubles = List.copyOf(troubles);
  }

  /** Turns to every address of a host. */
  static LiveServer of(CommonOptions options, DnssecResolver dns, NextHop.Host nextHop) {
    Attempt first = attempt(options.newClient(dns).build().check(nextHop));
    Set<ServerKey> keys = new LinkedHashSet<>();
    List<String> troubles = new ArrayList<>();
    Verdict verdict = Verdict.of(first);
    for (InetAddress address : first.host().addresses().stream().limit(MAX_ADDRESSES).toList()) {
      Attempt attempt = at(options, dns, nextHop, address);
      List<Octets> chain = certificates(attempt);
      if (chain.isEmpty()) {
        troubles.add(address.getHostAddress() + ": " + attempt.result().explanation());
      } else {
        keys.add(ServerKey.ofChain(chain));
        verdict = Verdict.of(attempt) == Verdict.DANE_MISMATCH ? Verdict.DANE_MISMATCH : verdict;
      }
    }
    if (keys.isEmpty()) {
      throw new UnavailableException(
          "%s presents no certificate: %s"
              .formatted(first.host().name(), first.result().explanation()));
    }
    return new LiveServer(first.host(), List.copyOf(keys), troubles, verdict);
  }

  /** Whichever address the client chooses, it comes to this one. */
  private static Attempt at(
      CommonOptions options, DnssecResolver dns, NextHop.Host nextHop, InetAddress address) {
    SmtpConnector direct = SmtpConnector.direct();
    return attempt(
        options
            .newClient(dns)
            .connector(
                (peer, timeout) ->
                    direct.connect(new InetSocketAddress(address, peer.getPort()), timeout))
            .build()
            .check(nextHop));
  }

  private static Attempt attempt(CheckResult result) {
    if (result.attempts().isEmpty()) {
      throw new UnavailableException("no server: " + result.destination());
    }
    return result.attempts().get(0);
  }

  private static List<Octets> certificates(Attempt attempt) {
    if (attempt.result() instanceof Failed failed) {
      return failed.certificates();
    }
    return ((Ready) attempt.result()).tls().map(TlsSession::certificates).orElse(List.of());
  }
}
