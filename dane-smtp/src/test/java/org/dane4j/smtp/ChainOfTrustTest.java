// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.report.CheckReport;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** A chain of trust as a tree. */
class ChainOfTrustTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.")
          .zone("test.")
          .zone("a.example.", zone -> zone.record("mx CNAME mx.b.test."))
          .zone("b.test.", zone -> zone.record("mx A 192.0.2.1"))
          .build();

  private static List<String> lines(String name, int type) {
    try (DnssecResolver resolver =
        DnssecResolver.builder(TREE.asResolver())
            .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .build()) {
      String tree = CheckReport.chainOfTrust(resolver.resolve(Question.of(name, type))).toString();
      return tree.lines()
          .filter(line -> line.contains("─ "))
          .map(line -> line.replaceAll("( (for|with) key|:|, (valid|signed)).*", ""))
          .toList();
    }
  }

  @Test
  void everyRecord_hangsOnTheKeysThatProveIt() {
    assertThat(lines("mx.a.example", Type.A))
        .containsExactly(
            "└─ . trusted by configuration",
            "   └─ . DNSKEY RRset",
            "      ├─ example. DS",
            "      │  └─ example. DNSKEY RRset",
            "      │     └─ a.example. DS",
            "      │        └─ a.example. DNSKEY RRset",
            "      │           └─ mx.a.example. CNAME",
            "      └─ test. DS",
            "         └─ test. DNSKEY RRset",
            "            └─ b.test. DS",
            "               └─ b.test. DNSKEY RRset",
            "                  └─ mx.b.test. A");
  }

  @Test
  void denial_hangsOnTheKeysOfItsZone() {
    assertThat(lines("none.a.example", Type.A))
        .containsSubsequence(
            "               └─ a.example. DNSKEY RRset",
            "                  ├─ a.example. NSEC mx.a.example. NS SOA RRSIG NSEC DNSKEY",
            "                  └─ none.a.example. the name does not exist, and no wildcard stands for it");
  }
}
