// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DnsTreeBuilder;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.dns.ZoneKey;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The messages that all subjects of a benchmark get: a signed root, a signed top-level domain, and
 * below it many signed domains with a mail host each. Signed now, since peers read the system's
 * clock.
 */
final class World {

  private final AnswerKind kind;
  private final DnsTree tree;
  private final int domains;
  private final Map<Question, byte[]> answers = new ConcurrentHashMap<>();

  private World(AnswerKind kind, DnsTree tree, int domains) {
    this.kind = kind;
    this.tree = tree;
    this.domains = domains;
  }

  /**
   * Signs a world whose root has keys of an algorithm; all other zones have ECDSA P-256. No number
   * in a needed signature begins with a zero octet: MiniDNS takes such signatures for malformed.
   */
  static World of(AnswerKind kind, SigningAlgorithm root, int domains) {
    World world = new World(kind, tree(kind, root, domains), domains);
    while (!world.isReadable(Question.of("example.", Type.DNSKEY))) {
      world = new World(kind, tree(kind, root, domains), domains);
    }
    for (int i = 0; i < domains; i++) {
      while (!world.isReadable(i)) {
        String domain = domain(i);
        world = new World(kind, world.tree.changed(tree -> withNewKey(tree, domain)), domains);
      }
    }
    return world;
  }

  private static DnsTree tree(AnswerKind kind, SigningAlgorithm root, int domains) {
    DnsTreeBuilder tree =
        DnsTree.at(Instant.now())
            .freshKeys()
            .zone(".", zone -> zone.algorithm(root).splitKeys())
            .zone("example.", ZoneBuilder::splitKeys);
    for (int i = 0; i < domains; i++) {
      String data = "%064x".formatted(i + 1);
      // The mail of each domain goes to a host in another zone.
      String mx = "@ MX 10 mx." + domain((i + 1) % domains);
      tree.zone(
          domain(i),
          zone -> {
            zone.record(mx + "\nmx A 192.0.2.1\n_25._tcp.mx TLSA 3 1 1 " + data);
            if (kind == AnswerKind.NODATA_NSEC3 || kind == AnswerKind.NXDOMAIN_NSEC3) {
              zone.nsec3();
            }
          });
    }
    return tree.build();
  }

  private static void withNewKey(DnsTreeBuilder tree, String domain) {
    Name name = Name.fromConstantString(domain);
    SigningAlgorithm algorithm = SigningAlgorithm.ECDSAP256SHA256;
    tree.zone(domain, zone -> zone.keys(ZoneKey.generate(name, algorithm, ZoneKey.KEY_SIGNING)));
  }

  private boolean isReadable(int domain) {
    String zone = domain(domain);
    Stream<Question> mail =
        Stream.of(
            Question.of(zone, Type.MX),
            Question.of("mx." + zone, Type.A),
            Question.of("mx." + zone, Type.AAAA),
            Question.of("_25._tcp.mx." + zone, Type.TLSA));
    return Stream.of(Stream.of(question(domain)), leaf(domain).stream(), mail)
        .flatMap(questions -> questions)
        .allMatch(this::isReadable);
  }

  private boolean isReadable(Question question) {
    return isReadable(tree, question);
  }

  static boolean isReadable(DnsTree tree, Question question) {
    Message message = tree.answer(question.name().toString(), question.type());
    return Stream.of(Section.ANSWER, Section.AUTHORITY)
        .flatMap(section -> message.getSection(section).stream())
        .filter(RRSIGRecord.class::isInstance)
        .map(RRSIGRecord.class::cast)
        .allMatch(World::isReadable);
  }

  static boolean isReadable(RRSIGRecord rrsig) {
    byte[] signature = rrsig.getSignature();
    return signature[0] != 0 && signature[signature.length / 2] != 0;
  }

  static String domain(int index) {
    return "bank" + index + ".example.";
  }

  int domains() {
    return domains;
  }

  Instant at() {
    return tree.at();
  }

  TrustAnchors anchors() {
    return TrustAnchors.parse(anchorText());
  }

  String anchorText() {
    return String.join("\n", tree.trustAnchors());
  }

  /** Returns the keys of a zone. */
  List<DNSKEYRecord> keys(Name zone) {
    return tree.zone(zone.toString()).keys().stream().map(key -> key.dnskey()).toList();
  }

  /** Returns the root's key that is the trust anchor. */
  DNSKEYRecord rootKey() {
    return keys(Name.root).stream()
        .filter(key -> (key.getFlags() & DNSKEYRecord.Flags.SEP_KEY) != 0)
        .findFirst()
        .orElseThrow();
  }

  /** Returns what is asked of a domain. */
  Question question(int index) {
    String host =
        switch (kind) {
          case POSITIVE -> "_25._tcp.mx.";
          case NODATA_NSEC, NODATA_NSEC3 -> "mx.";
          case NXDOMAIN_NSEC, NXDOMAIN_NSEC3 -> "_25._tcp.none.";
        };
    return Question.of(host + domain(index), Type.TLSA);
  }

  /** Returns the questions whose answers a verdict needs, the keys of the root included. */
  List<Question> chain(int index) {
    List<Question> chain = new ArrayList<>();
    chain.add(question(index));
    chain.add(Question.of(".", Type.DNSKEY));
    chain.add(Question.of("example.", Type.DS));
    chain.add(Question.of("example.", Type.DNSKEY));
    chain.addAll(leaf(index));
    return chain;
  }

  /** Returns the questions about a domain's own keys. */
  static List<Question> leaf(int index) {
    return List.of(Question.of(domain(index), Type.DS), Question.of(domain(index), Type.DNSKEY));
  }

  /** Returns the response to a question, in octets that must not be changed. */
  byte[] answer(Question question) {
    return answers.computeIfAbsent(
        question, asked -> tree.answer(asked.name().toString(), asked.type()).toWire());
  }
}
