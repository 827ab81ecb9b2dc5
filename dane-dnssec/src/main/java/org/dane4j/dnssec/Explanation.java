// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.Record;

/** Answers in words. */
final class Explanation {

  private static final int MOST_RECORDS = 4;
  private static final int LONGEST_RECORD = 100;

  private Explanation() {}

  static String of(Question question, Answer answer) {
    String end = answer.name().equals(question.name()) ? "" : " at " + answer.name();
    if (answer instanceof Answer.Positive positive) {
      return records(positive.rrset()) + end;
    }
    return (answer instanceof Answer.NxDomain ? "the name does not exist" : "no such record") + end;
  }

  private static String records(Rrset rrset) {
    int count = rrset.rdata().size();
    List<Record> records = rrset.records();
    if (count > MOST_RECORDS || records.size() < count) {
      return count + " records";
    }
    return records.stream()
        .map(Record::rdataToString)
        .map(
            text ->
                text.length() > LONGEST_RECORD ? text.substring(0, LONGEST_RECORD) + "..." : text)
        .collect(Collectors.joining(", "));
  }

  /** Ends a sentence, which a name with its dot may have done. */
  static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
