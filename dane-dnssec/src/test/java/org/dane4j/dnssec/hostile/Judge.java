// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.Alias.Security;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.dnssec.hostile.Truth.End;
import org.dane4j.dnssec.hostile.Truth.Hop;
import org.dane4j.dnssec.hostile.Truth.Kind;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;

/** Compares verdicts with the truth. */
final class Judge {

  private Judge() {}

  /** Returns what is wrong with a verdict; nothing if it is true, bogus or indeterminate. */
  static Optional<String> objection(ValidationResult verdict, Truth truth, DnsTree tree) {
    if (verdict instanceof Secure secure) {
      return truth
          .secure()
          .map(end -> objection(secure, end, truth, tree))
          .orElse(Optional.of("nothing here can be secure"));
    }
    if (verdict instanceof Insecure insecure) {
      if (!truth.open()) {
        return Optional.of("nothing here is insecure");
      }
      List<Hop> signed = hops(insecure.aliases(), Security.SECURE);
      return truth.aliases().containsAll(signed)
          ? Optional.empty()
          : Optional.of("these aliases are not signed: " + signed);
    }
    return Optional.empty();
  }

  private static Optional<String> objection(Secure secure, End end, Truth truth, DnsTree tree) {
    if (!hops(secure.aliases(), Security.SECURE).equals(truth.aliases())) {
      return Optional.of("the aliases are others");
    }
    if (!secure.answer().name().equals(end.name())) {
      return Optional.of("the answer is about another name");
    }
    if (secure.answer() instanceof Answer.Positive positive) {
      return end.kind() == Kind.DATA
          ? objection(positive.rrset(), secure, end, tree)
          : Optional.of("there are no such data");
    }
    Kind kind = secure.answer() instanceof Answer.NoData ? Kind.NO_DATA : Kind.NX_DOMAIN;
    boolean old = secure.validUntil().isAfter(tree.at().plusSeconds(ZoneBuilder.NEGATIVE_TTL));
    return kind == end.kind() && !old
        ? Optional.empty()
        : Optional.of("it is " + end.kind() + (old ? ", and for a shorter time" : ""));
  }

  private static Optional<String> objection(Rrset rrset, Secure secure, End end, DnsTree tree) {
    RRset truth =
        tree.zone(end.zone().toString())
            .honestRrset(end.owner().toString(), rrset.type())
            .orElseThrow();
    Set<Octets> expected =
        truth.rrs(false).stream()
            .map(record -> Octets.of(record.rdataToWireCanonical()))
            .collect(Collectors.toSet());
    if (!Set.copyOf(rrset.rdata()).equals(expected)) {
      return Optional.of("the data are others: " + expected);
    }
    boolean old =
        rrset.ttl() > truth.getTTL()
            || secure.validUntil().isAfter(tree.at().plusSeconds(truth.getTTL()));
    return old
        ? Optional.of(Type.string(rrset.type()) + " is kept longer than the zone allows")
        : Optional.empty();
  }

  /** Returns what a user may rely on, for comparing verdicts. */
  static String says(ValidationResult verdict) {
    if (verdict instanceof Secure secure) {
      return "secure " + secure.answer() + secure.aliases() + secure.validUntil();
    }
    if (verdict instanceof Insecure insecure) {
      return "insecure " + insecure.unauthenticatedAnswer() + insecure.aliases();
    }
    return verdict.getClass().getSimpleName();
  }

  private static List<Hop> hops(List<Alias> aliases, Security security) {
    return aliases.stream()
        .filter(alias -> alias.security() == security)
        .map(alias -> new Hop(alias.owner(), alias.target()))
        .toList();
  }
}
