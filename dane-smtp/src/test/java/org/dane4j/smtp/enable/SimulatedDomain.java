// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.dane4j.dnssec.Question;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A mail domain, its hosts and the zones above and beside it, in simulated time. */
final class SimulatedDomain {

  static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");
  static final Name DOMAIN = MxTarget.name("example.co.test.");
  static final String KEY =
      "257 3 13 "
          + "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";

  /** How long a change is on its way to a name server at most. */
  static final Duration SLOWEST = Duration.ofSeconds(200);

  private static final TestAuthority CA = TestAuthority.root("Root", BEGIN);
  private static final TestIdentity OLD = CA.issue(CertificateSpec.forNames("old.example.co.test"));
  private static final TestIdentity NEW = CA.issue(CertificateSpec.forNames("new.example.co.test"));
  static final TestIdentity NEXT = CA.issue(CertificateSpec.forNames("next.example.co.test"));

  final Random random;
  final SimulatedZone parent;
  final SimulatedZone zone;
  final SimulatedZone provider;
  final SimulatedHost old;
  final SimulatedHost host;

  /** Those whose operators had DANE on before, and keep to what it obliges them to. */
  final Set<SimulatedHost> committed = new HashSet<>();

  Instant now = BEGIN;

  /** Makes a domain that mail to is delivered to {@code old}. */
  SimulatedDomain(Random random, Signing signing, Target target) {
    this.random = random;
    this.parent = new SimulatedZone("co.test.", 1 + random.nextInt(2), Signing.SIGNED, ttl());
    this.zone = new SimulatedZone(DOMAIN.toString(), 1 + random.nextInt(3), signing, ttl());
    this.provider =
        new SimulatedZone("provider.test.", 1 + random.nextInt(2), Signing.SIGNED, ttl());
    this.old =
        new SimulatedHost("old.example.co.test.", zone, OLD).with("203.0.114.1", Service.TLS);
    boolean theirs = target instanceof Target.Provider;
    this.host =
        target instanceof Target.Own
            ? old
            : new SimulatedHost(
                    target.newHost().orElseThrow().toString(), theirs ? provider : zone, NEW)
                .with("203.0.114.2", service())
                .with("203.0.114.3", service());
    if (target instanceof Target.Own) {
      old.with("203.0.114.4", service());
    }
    zone.initially(DOMAIN, Type.MX, ttl(), "10 " + old.name);
    zone.initially(DOMAIN, Type.DNSKEY, 300, KEY);
    for (SimulatedHost each : List.of(old, host)) {
      each.zone.initially(
          each.name,
          Type.A,
          ttl(),
          each.addresses.stream().map(it -> it.getHostAddress()).toArray(String[]::new));
    }
    if (signing == Signing.SIGNED) {
      parent.initially(DOMAIN, Type.DS, ttl(), "1 13 2 " + "00".repeat(32));
    }
  }

  /** Lets a host have TLSA records, and TLS at each address, from the beginning. */
  SimulatedDomain withTlsaOf(SimulatedHost of) {
    of.all(Service.TLS);
    // How long answers are held at names that are not looked at before, nobody knows.
    of.zone.initially(tlsa(of).name(), Type.TLSA, of == old ? ttl() : 1, of.tlsa());
    committed.add(of);
    return this;
  }

  private Service service() {
    return random.nextInt(3) == 0 ? Service.PLAIN : Service.TLS;
  }

  private long ttl() {
    return 1L + random.nextInt(random.nextInt(4) == 0 ? 7200 : 400);
  }

  /** Returns when a name server has a change. */
  Supplier<Instant> soon() {
    return () -> now.plusSeconds(random.nextInt((int) SLOWEST.toSeconds()));
  }

  SimulatedZone zoneOf(Question question) {
    if (question.type() == Type.DS) {
      return parent;
    }
    return question.name().subdomain(provider.apex) ? provider : zone;
  }

  Question mx() {
    return new Question(DOMAIN, Type.MX);
  }

  Question ds() {
    return new Question(DOMAIN, Type.DS);
  }

  Question tlsa(SimulatedHost of) {
    return Question.of("_25._tcp." + of.name, Type.TLSA);
  }

  Optional<SimulatedHost> host(Name name) {
    return List.of(old, host).stream().filter(it -> it.name.equals(name)).findFirst();
  }

  /** Lets time pass, and returns each moment at which something changes, the last one too. */
  List<Instant> moments(Duration time) {
    Instant until = now.plus(time);
    List<Instant> moments = new ArrayList<>();
    for (SimulatedZone each : List.of(parent, zone, provider)) {
      moments.addAll(each.changes(now, until));
    }
    moments.add(until);
    return moments.stream().distinct().sorted().toList();
  }
}
