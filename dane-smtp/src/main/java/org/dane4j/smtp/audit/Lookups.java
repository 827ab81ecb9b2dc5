// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.Optional;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.internal.Answers;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Lookups, as an audit speaks of them. */
final class Lookups {

  private Lookups() {}

  /** Returns the data of a response that is proven. */
  static Optional<Rrset> secureData(ValidationResult result) {
    return result instanceof Secure ? Answers.data(result) : Optional.empty();
  }

  /** Whether there is no answer, so that nothing is known and senders must wait. */
  static boolean isFailure(ValidationResult result) {
    return Answers.of(result).isEmpty();
  }

  /** Whether it is this side that did not ask to the end, so that nobody failed to answer. */
  static boolean isUnasked(ValidationResult result) {
    return result instanceof Indeterminate unknown
        && unknown.missing().isEmpty()
        && unknown.extendedError().isEmpty();
  }

  /** Returns a name in lower case, without the dot at its end. */
  static String text(Name name) {
    return name.equals(Name.root) ? "." : name.canonicalize().toString(true);
  }

  static boolean isType(ValidationResult result, int type) {
    return result.question().type() == type;
  }

  static boolean isAddress(ValidationResult result) {
    return isType(result, Type.A) || isType(result, Type.AAAA);
  }

  /** Returns what to do about a lookup without an answer. */
  static String remedy(ValidationResult result) {
    if (isUnasked(result)) {
      return "Look again, with more time: what was not asked to the end is not known.";
    }
    if (!(result instanceof Bogus bogus)) {
      return "See whether the resolver that was asked works. If it does, have every name server of the"
          + " zone answer this question, and look again."
          + unlessPolicy(
              result,
              " As long as it has no answer, senders that use DANE do not deliver (RFC 7672 §2.1.2).");
    }
    return remedy(bogus.reason())
        + " If the zone is in order, somebody on the way changes answers."
        + unlessPolicy(
            result, " Until then, senders that validate do not deliver (RFC 7672 §2.1.2).");
  }

  /** Mail does not wait for the TXT records of MTA-STS and TLS reporting (RFC 8461 §3.1). */
  private static String unlessPolicy(ValidationResult result, String consequence) {
    return isType(result, Type.TXT) ? "" : consequence;
  }

  private static String remedy(BogusReason reason) {
    return switch (reason) {
      case EXPIRED ->
          "Sign the zone again, and see why the signer stopped; what has expired must not be served.";
      case NOT_YET_VALID, VALIDITY_EMPTY ->
          "Set the signer's clock right, and sign the zone again.";
      case KEY_MISSING, NO_ZONE_KEY ->
          "Have the parent zone publish DS records of the keys that the zone is signed with now, or"
              + " remove the DS records: after a move to another provider they are of the old keys.";
      case DENIAL_MISSING, DENIAL_WRONG, WILDCARD_UNPROVEN ->
          "Have the zone signed and served by software that proves what does not exist, also below"
              + " names that have no records themselves, such as _tcp (RFC 4035 §3.1.3, RFC 5155"
              + " §7.2).";
      case SIGNATURE_MISSING, ALGORITHM_MISSING ->
          "Have all name servers serve the signed zone with all its signatures; if it is not to be"
              + " signed, remove the DS records at the parent.";
      case SIGNATURE_WRONG -> "Sign the zone again with the keys that it publishes.";
      case ALIASES -> "Let the aliases end at a name that has records.";
      case MALFORMED, LIMITS -> "Have who runs the zone repair its records.";
    };
  }
}
