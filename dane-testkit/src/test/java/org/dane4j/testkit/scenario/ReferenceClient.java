// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.dane4j.testkit.scenario.ReferenceDns.Answer;
import org.dane4j.testkit.scenario.ReferenceDns.Status;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.Type;

/**
 * The plainest client that does opportunistic DANE: enough to see that each scenario leads where it
 * says. It knows the present only, and trusts dnsjava's validator.
 */
final class ReferenceClient {

  private final TestInternet internet;
  private final ReferenceDns dns;

  ReferenceClient(TestInternet internet) {
    this.internet = internet;
    this.dns = new ReferenceDns(internet);
  }

  Outcome deliverTo(String domain) {
    Name name = Name.fromConstantString(domain + ".");
    Answer mx = dns.ask(name, Type.MX);
    if (mx.status() == Status.ERROR) {
      return Outcome.DEFER;
    }
    if (!mx.nameExists()) {
      return Outcome.NO_SUCH_DOMAIN;
    }
    // RFC 7505 §3
    List<Name> hosts = hosts(mx, name);
    if (hosts.equals(List.of(Name.root))) {
      return Outcome.NULL_MX;
    }
    // RFC 7672 §3.2.2
    List<Name> nextHops =
        mx.status() == Status.SECURE ? List.of(name, mx.expandedName()) : List.of();
    boolean mismatch = false;
    for (Name host : hosts) {
      Outcome outcome = tryHost(host, mx.status(), nextHops);
      if (outcome != Outcome.DEFER && outcome != Outcome.DANE_MISMATCH) {
        return outcome;
      }
      mismatch |= outcome == Outcome.DANE_MISMATCH;
    }
    return mismatch ? Outcome.DANE_MISMATCH : Outcome.DEFER;
  }

  private static List<Name> hosts(Answer mx, Name domain) {
    if (mx.records().isEmpty()) {
      return List.of(domain);
    }
    return mx.records().stream()
        .map(MXRecord.class::cast)
        .sorted(Comparator.comparingInt(MXRecord::getPriority))
        .map(MXRecord::getTarget)
        .toList();
  }

  private Outcome tryHost(Name host, Status mxStatus, List<Name> nextHops) {
    Answer address = dns.ask(host, Type.A);
    if (address.status() == Status.ERROR || address.records().isEmpty()) {
      return Outcome.DEFER;
    }
    Optional<Name> base = Optional.empty();
    List<TLSARecord> tlsa = List.of();
    if (mxStatus == Status.SECURE) {
      for (Name candidate : candidates(host, address)) {
        Answer records = dns.ask(tlsaName(candidate), Type.TLSA);
        if (records.status() == Status.ERROR) {
          return Outcome.DEFER; // RFC 7672 §2.1.2
        }
        if (records.status() == Status.SECURE && !records.records().isEmpty()) {
          base = Optional.of(candidate);
          tlsa = records.records().stream().map(TLSARecord.class::cast).toList();
          break;
        }
      }
    }
    ARecord first = (ARecord) address.records().get(0);
    return connect(new InetSocketAddress(first.getAddress(), 25), base, tlsa, nextHops);
  }

  // RFC 7672 §2.2.2
  private List<Name> candidates(Name host, Answer address) {
    boolean alias = !address.expandedName().equals(host);
    if (address.status() == Status.SECURE) {
      return alias ? List.of(address.expandedName(), host) : List.of(host);
    }
    boolean secureAlias = alias && dns.ask(host, Type.CNAME).status() == Status.SECURE;
    return secureAlias ? List.of(host) : List.of();
  }

  private static Name tlsaName(Name base) {
    return Name.fromConstantString("_25._tcp." + base);
  }

  private Outcome connect(
      InetSocketAddress published,
      Optional<Name> base,
      List<TLSARecord> tlsa,
      List<Name> nextHops) {
    ReferenceMatch match = new ReferenceMatch(tlsa, internet.at());
    List<Name> names = new ArrayList<>(nextHops);
    base.ifPresent(names::add);
    try (ReferenceSession session = new ReferenceSession(internet.locate(published), base)) {
      boolean tls = session.startTls();
      if (base.isEmpty()) {
        return Outcome.OPPORTUNISTIC;
      }
      if (!tls) {
        return Outcome.DEFER;
      }
      if (match.isUnusable()) {
        return Outcome.DANE_UNUSABLE_ENCRYPT;
      }
      if (!match.matches(session.chain(), names)) {
        return Outcome.DANE_MISMATCH;
      }
      return session.greetAgain() ? Outcome.DANE_VERIFIED : Outcome.DEFER;
    } catch (IOException e) {
      return Outcome.DEFER;
    }
  }
}
