// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.List;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.xbill.DNS.Type;

/** A signed tree with an answer of every kind, and questions that get each of them. */
final class SmallTree {

  static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone("optout.example.", ZoneBuilder::optOut)
          .zone(
              "bank.example.",
              zone ->
                  zone.record("@ MX 10 mx\nmx A 192.0.2.1\nalias CNAME mx")
                      .record("_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32))
                      .record("*.wild TXT all\nmoved DNAME wild.hash.example.")
                      .record("bad A 192.0.2.2")
                      .damage("bad", Type.A, Damage.corruptSignature()))
          .zone(
              "hash.example.",
              zone -> zone.nsec3(1, "ab").record("*.wild TXT hashed\nb.a A 192.0.2.3"))
          .zone("unsigned.bank.example.", SmallTree::unsigned)
          .zone("u.ent.bank.example.", SmallTree::unsigned)
          .zone("sub.optout.example.", SmallTree::unsigned)
          .build();

  static final TrustAnchors ANCHORS = Offline.anchors(TREE);

  static final ChainValidator VALIDATOR = ChainValidator.trusting(ANCHORS);

  static final List<Question> QUESTIONS =
      List.of(
          Question.of("bank.example", Type.MX),
          Question.of("_25._tcp.mx.bank.example", Type.TLSA),
          Question.of("alias.bank.example", Type.A),
          Question.of("x.wild.bank.example", Type.TXT),
          Question.of("x.wild.hash.example", Type.TXT),
          Question.of("x.moved.bank.example", Type.TXT),
          Question.of("mx.bank.example", Type.AAAA),
          Question.of("none.bank.example", Type.A),
          Question.of("none.hash.example", Type.A),
          Question.of("a.hash.example", Type.A),
          Question.of("x.unsigned.bank.example", Type.A),
          Question.of("x.u.ent.bank.example", Type.A),
          Question.of("x.sub.optout.example", Type.A),
          Question.of("bad.bank.example", Type.A));

  private SmallTree() {}

  private static ZoneBuilder unsigned(ZoneBuilder zone) {
    return zone.unsigned().record("x A 192.0.2.9");
  }
}
