// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.match.AssociationMismatch.NoAnchorInChain;
import org.dane4j.match.AssociationMismatch.ShadowedMatch;
import org.dane4j.match.CertificateMismatch.Expired;
import org.dane4j.match.CertificateMismatch.NotYetValid;
import org.dane4j.match.MatchResult;
import org.dane4j.match.Mismatch;
import org.dane4j.match.NameMismatch;
import org.dane4j.match.RecordOutcome;
import org.dane4j.match.TrustPathMismatch;
import org.dane4j.tlsa.TlsaRecord;

/** What to do where no TLSA record matches, by what it is that does not. */
final class MismatchRemedy {

  private MismatchRemedy() {}

  /** Where else the records do match. */
  enum Elsewhere {
    /** Nowhere. */
    NOWHERE,
    /** At the same address, to another offer of keys. */
    OTHER_KEYS,
    /** At another address of the host. */
    OTHER_ADDRESS,
    /** At the same address, to clients that ask for another name by SNI. */
    OTHER_NAME;

    static Elsewhere of(List<Shown> seen, List<Shown> matched) {
      List<Shown> sameAddress =
          matched.stream()
              .filter(other -> seen.stream().anyMatch(it -> it.address().equals(other.address())))
              .toList();
      if (sameAddress.isEmpty()) {
        return matched.isEmpty() ? NOWHERE : OTHER_ADDRESS;
      }
      boolean sameName =
          sameAddress.stream()
              .anyMatch(
                  other ->
                      seen.stream()
                          .anyMatch(
                              it -> it.look().serverName().equals(other.look().serverName())));
      return sameName ? OTHER_KEYS : OTHER_NAME;
    }
  }

  static String of(MatchResult.Unmatched result, Elsewhere elsewhere) {
    return switch (elsewhere) {
      case OTHER_KEYS ->
          "The server has several certificates and shows one by the sender's offer, as with RSA and"
              + " ECDSA: publish a record for the key of each, or configure one certificate only.";
      case OTHER_ADDRESS ->
          "At other addresses of the host the records match: deploy the same certificate and key at"
              + " this one, or publish a record for its key too.";
      case OTHER_NAME ->
          "To clients that ask for another name by SNI the server shows a certificate that matches:"
              + " have it show the same whatever it is asked for, above all for "
              + result.rrset().owner().baseDomain()
              + " (RFC 7672 §8.1).";
      case NOWHERE -> byMismatch(result);
    };
  }

  private static String byMismatch(MatchResult.Unmatched result) {
    Mismatch mismatch = result.mismatch();
    if (mismatch instanceof NameMismatch name) {
      return "Have the certificate issued for "
          + String.join(" or ", name.identifiers().names())
          + ", or publish a DANE-EE record, to which names do not matter.";
    } else if (mismatch instanceof Expired) {
      return "Renew the certificate; or publish a DANE-EE record, to which dates do not matter.";
    } else if (mismatch instanceof NotYetValid) {
      return "Show the former certificate until this one is valid, and set the clocks right.";
    } else if (mismatch instanceof NoAnchorInChain) {
      return "Configure the server to send its full chain with the certificate that the record is of"
          + " (RFC 7671 §5.2.2); or publish a DANE-EE record.";
    } else if (mismatch instanceof ShadowedMatch shadowed) {
      return "Remove the records with "
          + shadowed.stronger()
          + ", which are of another key and make all others void, or replace them (RFC 7671 §9): "
          + stale(result, shadowed)
          + ".";
    } else if (mismatch instanceof TrustPathMismatch) {
      return "Configure the chain that belongs to the certificate; or publish a DANE-EE record.";
    }
    return "The certificate was replaced before a record for its key was published, or the record is"
        + " of something else: show the former certificate until the new record has been published"
        + " for two of the former one's TTLs (RFC 7671 §8.1).";
  }

  private static String stale(MatchResult.Unmatched result, ShadowedMatch shadowed) {
    // RFC 7671 §9: digests compete within one usage and selector.
    Set<String> groups =
        result.outcomes().stream()
            .filter(outcome -> isShadowed(outcome, shadowed))
            .map(outcome -> group(outcome.record()))
            .collect(Collectors.toSet());
    return result.rrset().records().stream()
        .filter(record -> record.matchingType().equals(shadowed.stronger()))
        .filter(record -> groups.contains(group(record)))
        .map(TlsaRecord::toString)
        .collect(Collectors.joining(", "));
  }

  private static boolean isShadowed(RecordOutcome outcome, ShadowedMatch shadowed) {
    return outcome instanceof RecordOutcome.Refused refused && refused.mismatch().equals(shadowed);
  }

  private static String group(TlsaRecord record) {
    return record.usage().value() + " " + record.selector().value();
  }
}
