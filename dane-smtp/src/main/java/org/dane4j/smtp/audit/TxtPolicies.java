// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.internal.WhiteSpace;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** TXT records that hold a version and fields (RFC 8461 §3.1, RFC 8460 §3). */
final class TxtPolicies {

  private static final Pattern EXTENSION =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

  private TxtPolicies() {}

  /** Returns the texts that begin with a version, strings put together. */
  static List<String> texts(ValidationResult result, String version) {
    List<String> texts = new ArrayList<>();
    Optional<Rrset> data = Answers.data(result);
    for (Record record : data.map(Rrset::records).orElse(List.of())) {
      if (record instanceof TXTRecord txt) {
        String text = String.join("", txt.getStrings());
        // RFC 8461 §3.1, RFC 8460 §3: others are discarded, those with a space before ";" too.
        if (text.startsWith(version + ";")) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  /** Whether there are texts that may have been meant for here, not those of a wildcard for SPF. */
  static boolean hasOthers(ValidationResult result) {
    return Answers.data(result).map(Rrset::records).orElse(List.of()).stream()
        .filter(TXTRecord.class::isInstance)
        .map(record -> String.join("", ((TXTRecord) record).getStrings()))
        .anyMatch(text -> !text.startsWith("v=spf1"));
  }

  /** Returns the fields after the version; empty if there are none, or one is no field. */
  static Optional<List<String>> fields(String text, Predicate<String> required) {
    List<String> fields = new ArrayList<>();
    String[] parts = text.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String field = WhiteSpace.strip(parts[i]);
      if (field.isEmpty() && i == parts.length - 1) {
        continue;
      }
      if (!EXTENSION.matcher(field).matches() && !required.test(field)) {
        return Optional.empty();
      }
      fields.add(field);
    }
    boolean complete = fields.stream().anyMatch(required);
    return complete ? Optional.of(List.copyOf(fields)) : Optional.empty();
  }
}
