// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ZoneBuilder;

/** Lookups in trees that have one signed zone, {@code a.test}, and an unsigned one beside it. */
final class Lookups {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  static final String TLSA = " TLSA 3 1 1 " + "ab".repeat(32) + "\n";

  private Lookups() {}

  /** Returns a tree with the records of {@code a.test} and of {@code plain.test}. */
  static DnsTree tree(String signed, String unsigned) {
    return tree(zone -> zone.record(signed), unsigned);
  }

  static DnsTree tree(Consumer<ZoneBuilder> signed, String unsigned) {
    return DnsTree.at(AT)
        .zone(".")
        .zone("test.")
        .zone("a.test.", signed)
        .zone("plain.test.", zone -> zone.unsigned().record(unsigned))
        .build();
  }

  /** Looks something up in a tree, by what somebody on the way lets through. */
  static Destination look(
      DnsTree tree, DnsResponder path, Function<DaneLookup, Destination> lookup) {
    try (DnssecResolver dns =
        DnssecResolver.builder(path.asResolver())
            .trustAnchors(TrustAnchors.parse(String.join("\n", tree.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .queryTimeout(Duration.ofMillis(200))
            .build()) {
      return lookup.apply(DaneLookup.over(dns));
    }
  }

  static Destination look(DnsTree tree, String domain) {
    return look(tree, tree, it -> it.resolve(domain));
  }
}
