// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.lookup.Destination;

/** What a destination without hosts means for mail. */
final class Destinations {

  private Destinations() {}

  static Outcome outcome(Destination destination) {
    if (destination instanceof Destination.NullMx) {
      // RFC 7505 §4.2
      return new Outcome.Rejected("5.1.10", destination.nextHop() + " takes no mail (null MX)");
    }
    if (destination instanceof Destination.NoSuchDomain) {
      return new Outcome.Rejected("5.1.2", destination.nextHop() + " does not exist");
    }
    if (destination instanceof Destination.NoSubmission) {
      // RFC 3463 §3.5: unable to route
      return new Outcome.Rejected(
          "5.4.4", "there is no " + destination.nextHop() + ": no SRV record names a server");
    }
    if (destination instanceof Destination.Undetermined undetermined) {
      boolean bogus =
          undetermined.lookups().stream().anyMatch(ValidationResult.Bogus.class::isInstance);
      return new Outcome.Deferred(bogus ? "4.7.324" : "4.4.312", undetermined.explanation());
    }
    throw new AssertionError(destination);
  }

  static Verdict verdict(Destination destination) {
    if (destination instanceof Destination.NullMx) {
      return Verdict.NULL_MX;
    }
    if (destination instanceof Destination.NoSubmission) {
      return Verdict.NO_SUBMISSION;
    }
    return destination instanceof Destination.NoSuchDomain ? Verdict.NO_SUCH_DOMAIN : Verdict.DEFER;
  }
}
