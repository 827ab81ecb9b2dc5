// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dane4j.match.PeerChain;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.tls.CertificateKeys;

/**
 * Certificates that a server showed.
 *
 * @param address where
 * @param look on which connection
 * @param tls in which handshake
 * @param chain the certificates
 */
record Shown(InetSocketAddress address, Look look, TlsSession tls, PeerChain chain) {

  /** Returns what a host showed on each connection on which it came to TLS. */
  static List<Shown> of(HostFacts host) {
    List<Shown> all = new ArrayList<>();
    for (AddressFacts facts : host.addresses()) {
      for (Look look : facts.looks()) {
        if (look.result() instanceof Ready ready) {
          ready
              .tls()
              .filter(tls -> !tls.certificates().isEmpty())
              .ifPresent(
                  tls ->
                      all.add(
                          new Shown(
                              facts.address(), look, tls, PeerChain.ofDer(tls.certificates()))));
        }
      }
    }
    return all;
  }

  /** Returns the same by certificates, in the order in which they were first seen. */
  static Map<PeerChain, List<Shown>> byChain(List<Shown> all) {
    Map<PeerChain, List<Shown>> byChain = new LinkedHashMap<>();
    for (Shown shown : all) {
      byChain.computeIfAbsent(shown.chain, chain -> new ArrayList<>()).add(shown);
    }
    return byChain;
  }

  /** RFC 7672 §8.1: senders ask for the TLSA base domain. */
  boolean isAsSendersAsk(String baseDomain) {
    return look.serverName().equalsIgnoreCase(baseDomain);
  }

  /** Says where certificates were seen, and if not always, to what offers. */
  static String places(List<Shown> seen) {
    Set<String> places = new LinkedHashSet<>();
    seen.forEach(shown -> places.add(text(shown.address)));
    Set<String> offers = new LinkedHashSet<>();
    seen.forEach(shown -> offers.add(offer(shown.look)));
    return String.join(", ", places) + " (" + String.join("; ", offers) + ")";
  }

  private static String offer(Look look) {
    String name = look.serverName().isEmpty() ? "no name" : look.serverName();
    return look.keys() == CertificateKeys.ANY
        ? "asked for " + name
        : "asked for " + name + ", " + look.keys() + " only";
  }

  static String text(InetSocketAddress address) {
    return address.getAddress() == null
        ? address.getHostString()
        : address.getAddress().getHostAddress();
  }
}
