// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/** How long the signatures that name servers serve are valid yet (RFC 6781 §4.4.2). */
final class SignatureLife {

  /** What is left of a signature's time has to be one part of so many, if that is less. */
  private static final int SHARE = 4;

  private final Duration least;

  SignatureLife(Duration least) {
    this.least = least;
  }

  /**
   * A signature.
   *
   * @param server who serves it
   * @param rrsig the record
   */
  private record Served(NameServerFacts server, RRSIGRecord rrsig) {

    Instant end() {
      return rrsig.getExpire();
    }

    boolean isValid(Instant at) {
      return !rrsig.getTimeSigned().isAfter(at) && !end().isBefore(at);
    }

    String text() {
      return "the signature of "
          + rrsig.getName()
          + " "
          + Type.string(rrsig.getTypeCovered())
          + ", valid from "
          + rrsig.getTimeSigned()
          + " until "
          + end();
    }
  }

  List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.SIGNATURE_LIFE);
    for (ZoneFacts zone : facts.zones()) {
      List<Served> valid = new ArrayList<>();
      Map<Question, List<Served>> invalid = new LinkedHashMap<>();
      Set<Question> answered = new HashSet<>();
      for (NameServerFacts server : zone.servers()) {
        for (ServerReply reply : server.replies()) {
          Optional<Served> longest = longest(server, reply, facts.at());
          if (longest.filter(served -> served.isValid(facts.at())).isPresent()) {
            valid.add(longest.get());
            answered.add(reply.question());
          } else {
            longest.ifPresent(
                served ->
                    invalid.computeIfAbsent(reply.question(), it -> new ArrayList<>()).add(served));
          }
        }
      }
      // Resolvers ask another server where one has no valid signature.
      boolean checked = !(zone.keys() instanceof Insecure);
      invalid.forEach(
          (question, served) ->
              fail(
                  findings,
                  zone.name().toString(),
                  checked && !answered.contains(question) ? Severity.FAIL : Severity.WARN,
                  served,
                  facts.at()));
      if (invalid.isEmpty()) {
        inspect(findings, zone.name().toString(), valid, facts.at());
      }
    }
    return findings.list();
  }

  /** RFC 4035 §5.3.1: one valid signature of an RRset is enough; others may be left over. */
  private static Optional<Served> longest(NameServerFacts server, ServerReply reply, Instant at) {
    if (!(reply instanceof Response response)) {
      return Optional.empty();
    }
    return response.signatures().stream()
        .map(rrsig -> new Served(server, rrsig))
        .max(
            Comparator.comparing((Served served) -> served.isValid(at)).thenComparing(Served::end));
  }

  private static void fail(
      Findings findings, String zone, Severity severity, List<Served> served, Instant at) {
    Served first = served.get(0);
    boolean early = first.rrsig.getTimeSigned().isAfter(at);
    String servers =
        served.stream()
            .map(it -> it.server().name().toString())
            .distinct()
            .collect(Collectors.joining(", "));
    findings.add(
        severity,
        zone,
        (early ? "a signature is not valid yet: " : "a signature has expired: ")
            + first.text()
            + ", from "
            + servers,
        early
            ? "Set the signer's clock right, and sign the zone again."
            : "Sign the zone again, and see why the signer or the transfer to this server stopped.");
  }

  private void inspect(Findings findings, String zone, List<Served> all, Instant at) {
    Optional<Served> first = all.stream().min(Comparator.comparing(Served::end));
    if (first.isEmpty()) {
      return;
    }
    Served soonest = first.get();
    Duration left = Duration.between(at, soonest.end());
    String text = soonest.text() + ", from " + soonest.server().name();
    if (left.compareTo(least(soonest)) < 0) {
      findings.warn(
          zone,
          "a signature ends in " + left.toHours() + " hours: " + text,
          "See whether the signer runs; signatures should be renewed well before they end, so that it"
              + " can be repaired over a weekend (RFC 6781 §4.4.2).");
    } else if (left.toSeconds() < soonest.rrsig.getTTL()) {
      findings.warn(
          zone,
          "a signature ends before its TTL of " + soonest.rrsig.getTTL() + " seconds: " + text,
          "Renew signatures earlier, or lower the TTL (RFC 6781 §4.4.2).");
    } else {
      findings.pass(zone, "the first signature that ends is " + text);
    }
  }

  /** Servers that sign as they answer make signatures for a day or two. */
  private Duration least(Served served) {
    Duration quarter =
        Duration.between(served.rrsig.getTimeSigned(), served.end()).dividedBy(SHARE);
    return quarter.compareTo(least) < 0 ? quarter : least;
  }
}
