// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.internal.WhiteSpace;

/** Whether senders can report what went wrong (RFC 8460 §3). */
final class TlsReporting {

  private static final String VERSION = "v=TLSRPTv1";

  /** Characters of URIs (RFC 3986 §2) without those that must be encoded here. */
  private static final Pattern URI =
      Pattern.compile(
          "[a-z][a-z0-9+.-]*:[\\x22-\\x2b\\x2d-\\x3a\\x3c-\\x7e]+", Pattern.CASE_INSENSITIVE);

  private static final String RUA = "rua=";

  private TlsReporting() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.TLS_REPORTING);
    ValidationResult result = facts.policies().tlsReporting();
    String name = Lookups.text(result.question().name());
    List<String> texts = TxtPolicies.texts(result, VERSION);
    if (Lookups.isFailure(result)) {
      findings.warn(name, result.explanation(), Lookups.remedy(result));
    } else if (texts.isEmpty()) {
      boolean others = TxtPolicies.hasOthers(result);
      findings.add(
          others ? Severity.WARN : Severity.INFO,
          name,
          others
              ? "there are TXT records, and none begins with " + VERSION + ";"
              : "no reports are asked for",
          "Publish a TXT record here, such as \"v=TLSRPTv1; rua=mailto:tlsrpt@"
              + Lookups.text(facts.domain())
              + "\", and learn from senders when DANE fails.");
    } else if (texts.size() > 1) {
      findings.warn(
          name,
          "there are " + texts.size() + " records, and so none counts",
          "Keep one, and name several receivers in it.");
    } else {
      inspect(findings, name, texts.get(0));
    }
    return findings.list();
  }

  private static boolean isRua(String field) {
    return field.startsWith(RUA)
        && receivers(field).stream().allMatch(uri -> URI.matcher(uri).matches());
  }

  private static List<String> receivers(String field) {
    return Stream.of(field.substring(RUA.length()).split(",", -1)).map(WhiteSpace::strip).toList();
  }

  private static void inspect(Findings findings, String name, String text) {
    Optional<List<String>> fields = TxtPolicies.fields(text, TlsReporting::isRua);
    if (fields.isEmpty()) {
      findings.warn(
          name,
          "the record does not have the right form: " + text,
          "Write it as \"v=TLSRPTv1; rua=mailto:…\" or \"…rua=https://…\"; encode commas, exclamation"
              + " marks and semicolons in an address as %2C, %21 and %3B.");
      return;
    }
    List<String> receivers =
        fields.get().stream()
            .filter(TlsReporting::isRua)
            .limit(1)
            .flatMap(field -> receivers(field).stream())
            .toList();
    List<String> unknown =
        receivers.stream().filter(uri -> !uri.matches("(?i)(mailto:.+@.+|https://.+)")).toList();
    if (unknown.isEmpty()) {
      findings.pass(name, "reports go to " + String.join(", ", receivers));
    } else {
      findings.warn(
          name,
          "reports cannot go to " + String.join(", ", unknown),
          "Name a mailto: or https: address (RFC 8460 §3).");
    }
  }
}
