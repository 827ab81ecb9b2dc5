// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.internal.Answers;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Record;

/** Whether signatures lead from the root to the domain and to each of its hosts (RFC 4035 §5). */
final class ChainOfTrust {

  /** Digest types of DS records (RFC 8624 §3.3). */
  private static final int SHA1 = 1;

  private static final int SHA256 = 2;

  private ChainOfTrust() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.SIGNED);
    facts.mx().ifPresent(mx -> inspect(findings, facts, mx));
    for (HostFacts host : facts.hosts()) {
      // The better of both families: what is wrong with the other is another check's.
      host.host().lookups().stream()
          .filter(Lookups::isAddress)
          .min((one, other) -> Integer.compare(rank(one), rank(other)))
          .ifPresent(result -> inspect(findings, facts, result));
    }
    facts.zones().forEach(zone -> inspectZone(findings, zone));
    return findings.list();
  }

  /** An answer with data comes first: an alias may lead out of signed zones for one family only. */
  private static int rank(ValidationResult result) {
    if (Answers.data(result).isPresent()) {
      return result instanceof Secure ? 0 : 1;
    }
    return result instanceof Secure ? 2 : result instanceof Insecure ? 3 : 4;
  }

  private static void inspect(Findings findings, DomainFacts facts, ValidationResult result) {
    String name = Lookups.text(result.question().name());
    if (result instanceof Secure) {
      findings.pass(name, result.explanation());
    } else if (result instanceof Insecure insecure) {
      findings.info(name, result.explanation(), remedy(facts, insecure));
    } else if (result instanceof ValidationResult.Bogus) {
      findings.fail(name, result.explanation(), Lookups.remedy(result));
    } else {
      findings.error(name, result.explanation(), Lookups.remedy(result));
    }
  }

  private static String remedy(DomainFacts facts, Insecure insecure) {
    return switch (insecure.reason()) {
      case UNSIGNED_DELEGATION, OPT_OUT ->
          facts.zones().stream()
              .filter(zone -> zone.name().equals(insecure.zone()))
              .findFirst()
              .flatMap(zone -> Answers.data(zone.keys()).map(ChainOfTrust::missingDs))
              .orElse(
                  "For DANE, have the zone "
                      + insecure.zone()
                      + " signed, and its DS records published by its parent (RFC 7672 §2.2.1).");
      case UNSUPPORTED_ALGORITHM, UNSUPPORTED_DIGEST ->
          "Sign "
              + insecure.zone()
              + " with ECDSA P-256 (13), and have a DS record with SHA-256 (2) published (RFC 8624"
              + " §3.1, §3.3).";
      case NSEC3_ITERATIONS ->
          "Set the NSEC3 iterations of " + insecure.zone() + " to 0 (RFC 9276 §3.1).";
      case NO_TRUST_ANCHOR, NEGATIVE_TRUST_ANCHOR ->
          "That is this audit's own configuration: give it the trust anchors that senders have.";
    };
  }

  /** The zone is signed, and only its parent does not say so. */
  private static String missingDs(Rrset keys) {
    Optional<DSRecord> ds =
        keys.records().stream()
            .filter(DNSKEYRecord.class::isInstance)
            .map(DNSKEYRecord.class::cast)
            .filter(key -> (key.getFlags() & DNSKEYRecord.Flags.SEP_KEY) != 0)
            .map(key -> new DSRecord(keys.name(), DClass.IN, keys.ttl(), SHA256, key))
            .findFirst();
    return "The zone is signed, and its parent does not say so. If its keys are yours, have the"
        + " parent publish their DS records"
        + ds.map(record -> ", such as: " + keys.name() + " IN DS " + record.rdataToString())
            .orElse("")
        + ".";
  }

  private static void inspectZone(Findings findings, ZoneFacts zone) {
    String name = zone.name().toString();
    if (zone.keys() instanceof ValidationResult.Bogus) {
      findings.fail(name, zone.keys().explanation(), Lookups.remedy(zone.keys()));
    }
    Lookups.secureData(zone.keys())
        .filter(keys -> keys.records().stream().anyMatch(ChainOfTrust::usesSha1))
        .ifPresent(
            keys ->
                findings.warn(
                    name,
                    "it is signed with RSA and SHA-1, which some validators do not take any more",
                    "Change to ECDSA P-256, algorithm 13 (RFC 8624 §3.1)."));
    zone.delegation()
        .flatMap(Lookups::secureData)
        .filter(ds -> !ds.records().isEmpty())
        .filter(ds -> ds.records().stream().allMatch(ChainOfTrust::isSha1Digest))
        .ifPresent(
            ds ->
                findings.warn(
                    name,
                    "its DS records have digests of SHA-1 only",
                    "Have a DS record with SHA-256 (2) published (RFC 8624 §3.3)."));
  }

  private static boolean usesSha1(Record key) {
    return key instanceof DNSKEYRecord dnskey
        && (dnskey.getAlgorithm() == 5 || dnskey.getAlgorithm() == 7);
  }

  private static boolean isSha1Digest(Record record) {
    return record instanceof DSRecord ds && ds.getDigestID() == SHA1;
  }
}
