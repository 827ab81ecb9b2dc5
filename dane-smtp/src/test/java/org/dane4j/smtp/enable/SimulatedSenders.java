// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.dane4j.smtp.policy.DaneMode;

/**
 * All senders there can be: each with any mixture of answers that some resolver may hold. Written
 * from RFC 4035 §5 and RFC 7672 §2.2 alone, it knows nothing of stages.
 */
final class SimulatedSenders {

  private final SimulatedDomain domain;

  SimulatedSenders(SimulatedDomain domain) {
    this.domain = domain;
  }

  /** Returns a sender that cannot deliver now; empty if there is none. */
  Optional<String> stuck(DaneMode mode) {
    for (ServedAnswer ds : domain.parent.held(domain.ds(), domain.now)) {
      for (ServedAnswer mx : domain.zone.held(domain.mx(), domain.now)) {
        Optional<String> why = stuck(mode, ds, mx);
        if (why.isPresent()) {
          return Optional.of(
              domain.now + " " + mode + ": " + why.get() + "; it holds " + mx + " and " + ds);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> stuck(DaneMode mode, ServedAnswer ds, ServedAnswer mx) {
    boolean secure = !ds.isDenial();
    if (secure && mx.isUnsigned()) {
      return Optional.of("the MX records are bogus");
    }
    if (!secure && mode == DaneMode.MANDATORY) {
      return Optional.of("the MX records are insecure");
    }
    List<String> reasons = new ArrayList<>();
    for (MxTarget target :
        MxMove.targets(mx).stream()
            .sorted(Comparator.comparingInt(MxTarget::preference))
            .toList()) {
      Optional<String> why =
          secure ? stuck(mode, target, Set.of(ds)) : unreachable(target, Service.PLAIN);
      if (why.isEmpty()) {
        return Optional.empty();
      }
      reasons.add(why.get());
    }
    return Optional.of(reasons.toString());
  }

  private Optional<String> unreachable(MxTarget target, Service least) {
    SimulatedHost host = domain.host(target.host()).orElseThrow();
    return host.services.stream().allMatch(it -> it.compareTo(least) >= 0)
        ? Optional.empty()
        : Optional.of(host.name + " does not offer " + least);
  }

  /** With secure MX records: whatever TLSA answer it holds, it has to be able to deliver. */
  private Optional<String> stuck(DaneMode mode, MxTarget target, Set<ServedAnswer> chain) {
    SimulatedHost host = domain.host(target.host()).orElseThrow();
    boolean hostSecure =
        host.zone == domain.provider || chain.stream().noneMatch(ServedAnswer::isDenial);
    for (ServedAnswer tlsa : host.zone.held(domain.tlsa(host), domain.now)) {
      if (hostSecure && tlsa.isUnsigned()) {
        return Optional.of("the TLSA answer of " + host.name + " is bogus: " + tlsa);
      }
      if (tlsa.isDenial()) {
        if (mode == DaneMode.MANDATORY) {
          return Optional.of(host.name + " has no TLSA records");
        }
        Optional<String> dead = unreachable(target, Service.PLAIN);
        if (dead.isPresent()) {
          return dead;
        }
        continue;
      }
      Optional<String> noTls = unreachable(target, Service.TLS);
      if (noTls.isPresent() || !tlsa.rdata().contains(host.tlsa())) {
        return noTls.isPresent() ? noTls : Optional.of(host.name + " does not match " + tlsa);
      }
    }
    return Optional.empty();
  }
}
