// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/** How long the signatures that name servers serve are valid yet (RFC 6781 §4.4.2). */
final class SignatureLife {

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

    @Override
    public String toString() {
      return "the signature of "
          + rrsig.getName()
          + " "
          + Type.string(rrsig.getTypeCovered())
          + ", valid from "
          + rrsig.getTimeSigned()
          + " until "
          + end()
          + ", from "
          + server.name();
    }
  }

  List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.SIGNATURE_LIFE);
    for (ZoneFacts zone : facts.zones()) {
      List<Served> all =
          zone.servers().stream()
              .flatMap(
                  server ->
                      server.replies().stream()
                          .filter(Response.class::isInstance)
                          .flatMap(reply -> ((Response) reply).signatures().stream())
                          .map(rrsig -> new Served(server, rrsig)))
              .toList();
      inspect(findings, zone.name().toString(), all, facts.at());
    }
    return findings.list();
  }

  private void inspect(Findings findings, String zone, List<Served> all, Instant at) {
    Optional<Served> first = all.stream().min(Comparator.comparing(Served::end));
    if (first.isEmpty()) {
      return;
    }
    Duration left = Duration.between(at, first.get().end());
    Optional<Served> early =
        all.stream().filter(served -> served.rrsig.getTimeSigned().isAfter(at)).findFirst();
    if (early.isPresent()) {
      findings.fail(
          zone,
          "a signature is not valid yet: " + early.get(),
          "Set the signer's clock right, and sign the zone again.");
    } else if (left.isNegative()) {
      findings.fail(
          zone,
          "a signature has expired: " + first.get(),
          "Sign the zone again, and see why the signer or the transfer to this server stopped.");
    } else if (left.compareTo(least) < 0) {
      findings.warn(
          zone,
          "a signature ends in " + left.toHours() + " hours: " + first.get(),
          "See whether the signer runs; signatures should be renewed well before they end, so that it"
              + " can be repaired over a weekend (RFC 6781 §4.4.2).");
    } else if (left.toSeconds() < first.get().rrsig.getTTL()) {
      findings.warn(
          zone,
          "a signature ends before its TTL of "
              + first.get().rrsig.getTTL()
              + " seconds: "
              + first.get(),
          "Renew signatures earlier, or lower the TTL (RFC 6781 §4.4.2).");
    } else {
      findings.pass(zone, "the first signature that ends is " + first.get());
    }
  }
}
