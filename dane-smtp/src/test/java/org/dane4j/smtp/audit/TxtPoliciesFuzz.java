// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Jazzer writes the TXT records of MTA-STS and TLS reporting, and looks for an exception, or fields
 * that are none. Not among the default tests: the Maven profile {@code fuzz} runs it.
 */
class TxtPoliciesFuzz {

  private static final Predicate<String> ID =
      Pattern.compile("id=[A-Za-z0-9]{1,32}").asMatchPredicate();
  private static final List<String> BEGINNINGS = List.of("", "v=STSv1; id=2026;", "v=STSv1;a=b;");

  @FuzzTest
  void anyText_hasFieldsOrNone(FuzzedDataProvider data) {
    String text = data.pickValue(BEGINNINGS) + data.consumeRemainingAsString();
    for (String field : TxtPolicies.fields(text, ID).orElse(List.of())) {
      if (field.contains(";") || !text.contains(field)) {
        throw new AssertionError(field);
      }
    }
  }
}
