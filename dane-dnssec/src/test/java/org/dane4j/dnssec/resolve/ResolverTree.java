// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.xbill.DNS.Type;

/** A small tree, and resolvers over it. */
final class ResolverTree {

  private ResolverTree() {}

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  /** So that no answer to a guess comes in after the verdict. */
  static final Executor AT_ONCE = Runnable::run;

  static final Duration ROUND_TRIP = Duration.ofMillis(50);

  static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.")
          .zone("test.")
          .zone("other.test.", zone -> zone.record("www A 192.0.2.2"))
          .zone(
              "bank.example.",
              zone ->
                  zone.record("@ 300 MX 10 mx\nmx 300 A 192.0.2.1\nwww 300 A 192.0.2.7")
                      .record("far 300 CNAME www.other.test.")
                      .record("_25._tcp.mx 300 TLSA 3 1 1 " + "00".repeat(32))
                      .record(big())
                      .damage("www", Type.A, Damage.corruptSignature()))
          .build();

  private static String big() {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      records.append("big 300 TXT ").append(i).append("x".repeat(240)).append('\n');
    }
    return records.toString();
  }

  static DnssecResolver.Builder over(DnsResponder responder) {
    return DnssecResolver.builder(responder.asResolver())
        .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
        .clock(InstantSource.fixed(AT));
  }

  static final Question BIG = Question.of("big.bank.example", Type.TXT);
  static final Question TLSA = Question.of("_25._tcp.mx.bank.example", Type.TLSA);

  static DnssecResolver.Builder over(InetSocketAddress... servers) {
    return DnssecResolver.builder(servers)
        .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
        .clock(InstantSource.fixed(AT));
  }
}
