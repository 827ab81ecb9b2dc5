// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.match.PeerChain;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.audit.SenderMatch.Outcome;
import org.dane4j.smtp.audit.SenderVerdict.Fate;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.tls.CertificateKeys;

/**
 * Plays what becomes of mail from one kind of sender: host after host and address after address, as
 * far as the facts say.
 */
final class SenderSimulation {

  private final DomainFacts facts;
  private final SenderProfile profile;
  private final Set<SenderTrait> traits;
  private final List<String> obstacles = new ArrayList<>();
  private Optional<Outcome> first = Optional.empty();
  private boolean unknown;

  private SenderSimulation(DomainFacts facts, SenderProfile profile) {
    this.facts = facts;
    this.profile = profile;
    this.traits = SenderTrait.of(profile);
  }

  static List<SenderVerdict> of(DomainFacts facts) {
    return Arrays.stream(SenderProfile.values())
        .map(profile -> new SenderSimulation(facts, profile).verdict())
        .toList();
  }

  private SenderVerdict verdict() {
    Destination destination = facts.destination();
    if (destination instanceof Destination.NullMx) {
      return verdict(Fate.REJECTED, "the domain takes no mail");
    } else if (destination instanceof Destination.NoSuchDomain) {
      return verdict(Fate.REJECTED, "the domain does not exist");
    } else if (destination instanceof Destination.Undetermined undetermined) {
      return verdict(isTheirs() ? Fate.DEFERRED : Fate.UNKNOWN, undetermined.explanation());
    }
    facts.hosts().forEach(this::tryHost);
    return first
        .map(outcome -> verdict(outcome.fate(), outcome.reason()))
        .orElseGet(
            () ->
                unknown
                    ? verdict(Fate.UNKNOWN, "not all addresses could be looked at")
                    : verdict(Fate.DEFERRED, "no host of the domain is good enough"));
  }

  /** Whether the domain itself says that; what had no answer here, others may find out. */
  private boolean isTheirs() {
    return facts.mx().filter(mx -> !(mx instanceof Indeterminate)).isPresent();
  }

  private SenderVerdict verdict(Fate fate, String reason) {
    return new SenderVerdict(profile, fate, reason, obstacles);
  }

  private void tryHost(HostFacts host) {
    String name = host.host().name();
    if (host.host().requirement() instanceof Avoid avoid) {
      obstacles.add(name + ": " + avoid.explanation());
      unknown |= host.host().lookups().stream().anyMatch(Lookups::isUnasked);
      return;
    }
    Optional<HostRecords> records =
        HostRecords.of(host, facts.port()).filter(found -> counts(found, host));
    if (records.isEmpty()) {
      withoutDane(host);
      return;
    }
    SenderMatch match = new SenderMatch(records.get(), traits, facts.at());
    boolean mandatory = traits.contains(SenderTrait.MANDATORY);
    if (match.isWithoutUsable() && (mandatory || traits.contains(SenderTrait.WANTS_USABLE))) {
      obstacles.add(name + ": none of its TLSA records is usable to it");
      return;
    }
    String base = records.get().rrset().owner().baseDomain();
    for (AddressFacts address : host.addresses()) {
      tryAddress(name, address, base, match);
    }
    unknown |= host.addresses().isEmpty();
  }

  /** RFC 7672 §2.2.1, §2.2.2: both the MX record and the addresses must be secure. */
  private boolean counts(HostRecords records, HostFacts host) {
    if (records.isBinding()) {
      return true;
    }
    boolean insecureMx =
        facts
            .mx()
            .filter(Insecure.class::isInstance)
            .filter(mx -> Answers.data(mx).isPresent())
            .isPresent();
    return traits.contains(SenderTrait.USES_INSECURE_MX) && insecureMx && hasSecureAddress(host);
  }

  private static boolean hasSecureAddress(HostFacts host) {
    return host.host().lookups().stream()
        .filter(Lookups::isAddress)
        .filter(result -> Answers.data(result).isPresent())
        .anyMatch(
            result ->
                result instanceof Secure
                    || Answers.aliases(result).stream()
                        .limit(1)
                        .anyMatch(alias -> alias.security() == Alias.Security.SECURE));
  }

  private void withoutDane(HostFacts host) {
    String reason = "DANE does not apply: " + host.host().requirement().explanation();
    if (traits.contains(SenderTrait.MANDATORY)) {
      obstacles.add(host.host().name() + ": " + reason);
    } else {
      succeed(new Outcome(Fate.OPPORTUNISTIC, host.host().name() + ": " + reason));
    }
  }

  private void tryAddress(String host, AddressFacts address, String base, SenderMatch match) {
    String where = host + " at " + Shown.text(address.address());
    List<Look> looks =
        address.looks().stream().filter(look -> look.serverName().equalsIgnoreCase(base)).toList();
    if (looks.isEmpty()) {
      unknown = true;
      obstacles.add(where + ": not looked at");
    }
    for (Look look : looks) {
      if (look.result() instanceof Ready ready) {
        judge(where, outcome(ready.tls(), match));
      } else if (look.result() instanceof Failed failed && isTelling(look, failed)) {
        obstacle(where + ": " + failed.explanation());
      }
    }
  }

  /** A server without the kind of certificate that was asked for has one of another kind. */
  private static boolean isTelling(Look look, Failed failed) {
    return look.keys() == CertificateKeys.ANY || failed.cause() != Cause.TLS_HANDSHAKE;
  }

  private static Outcome outcome(Optional<TlsSession> tls, SenderMatch match) {
    if (tls.isEmpty()) {
      return new Outcome(Fate.DEFERRED, "it offers no TLS, and TLSA records promise some");
    } else if (match.isWithoutUsable()) {
      return new Outcome(Fate.ENCRYPTED, "it has no TLSA record that is usable to this sender");
    } else if (tls.get().certificates().isEmpty()) {
      return new Outcome(Fate.UNKNOWN, "its certificates were not kept");
    }
    return match.of(PeerChain.ofDer(tls.get().certificates()));
  }

  private void judge(String where, Outcome outcome) {
    Outcome there = new Outcome(outcome.fate(), where + ": " + outcome.reason());
    switch (outcome.fate()) {
      case AUTHENTICATED, ENCRYPTED, OPPORTUNISTIC -> succeed(there);
      case DEFERRED, REJECTED -> obstacle(there.reason());
      case UNKNOWN -> unknown = true;
    }
  }

  private void succeed(Outcome outcome) {
    if (first.isEmpty()) {
      first = Optional.of(outcome);
    }
  }

  private void obstacle(String text) {
    if (!obstacles.contains(text)) {
      obstacles.add(text);
    }
  }
}
