// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.Finding;
import org.dane4j.smtp.audit.SenderVerdict;

/** The report of an audit as one JSON object (RFC 8259). */
final class AuditJson {

  private AuditJson() {}

  static String of(AuditReport report) {
    return JsonText.object(
        json -> {
          json.writeStringField("domain", report.facts().domain().toString(true));
          json.writeStringField("at", report.facts().at().toString());
          json.writeStringField("outcome", word(report.verdict()));
          json.writeArrayFieldStart("findings");
          for (Finding finding : report.findings()) {
            write(json, finding);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("senders");
          for (SenderVerdict sender : report.senders()) {
            write(json, sender);
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("check", word(finding.check()));
    json.writeStringField("topic", word(finding.check().topic()));
    json.writeStringField("rule", finding.check().rule());
    json.writeStringField("severity", word(finding.severity()));
    json.writeStringField("subject", finding.subject());
    json.writeStringField("evidence", finding.evidence());
    if (!finding.remedy().isEmpty()) {
      json.writeStringField("remedy", finding.remedy());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, SenderVerdict sender) throws IOException {
    json.writeStartObject();
    json.writeStringField("sender", word(sender.profile()));
    json.writeStringField("fate", word(sender.fate()));
    json.writeStringField("reason", sender.reason());
    JsonText.strings(json, "obstacles", sender.obstacles());
    json.writeEndObject();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
