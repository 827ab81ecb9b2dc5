// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

/** Verdicts in one word, for comparing. */
enum Verdicts {
  SECURE_DATA,
  SECURE_NODATA,
  SECURE_NXDOMAIN,
  INSECURE_DATA,
  INSECURE_NODATA,
  INSECURE_NXDOMAIN,
  BOGUS,
  INDETERMINATE;

  static Verdicts of(ValidationResult result) {
    if (result instanceof ValidationResult.Secure secure) {
      return valueOf("SECURE_" + word(secure.answer()));
    }
    if (result instanceof ValidationResult.Insecure insecure) {
      return valueOf("INSECURE_" + word(insecure.unauthenticatedAnswer()));
    }
    return result instanceof ValidationResult.Bogus ? BOGUS : INDETERMINATE;
  }

  private static String word(Answer answer) {
    if (answer instanceof Answer.Positive) {
      return "DATA";
    }
    return answer instanceof Answer.NoData ? "NODATA" : "NXDOMAIN";
  }
}
