// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Outcome;
import org.dane4j.smtp.RecipientResult;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.report.CheckReport;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.jspecify.annotations.Nullable;

/** Results as one JSON object (RFC 8259). */
final class JsonReport {

  private final JsonGenerator json;

  private JsonReport(JsonGenerator json) {
    this.json = json;
  }

  /** Something that writes an object's members. */
  @FunctionalInterface
  private interface Members {
    void write(JsonReport report) throws IOException;
  }

  static String of(String domain, CheckResult result) {
    return object(report -> report.check(domain, result));
  }

  static String of(String domain, DeliveryResult result) {
    return object(report -> report.delivery(domain, result));
  }

  private static String object(Members members) {
    return JsonText.object(json -> members.write(new JsonReport(json)));
  }

  private void check(String domain, CheckResult result) throws IOException {
    json.writeStringField("domain", domain);
    json.writeStringField("outcome", result.verdict().toString());
    lookups(result.destination());
    if (result.destination() instanceof Destination.Undetermined undetermined) {
      json.writeStringField("explanation", undetermined.explanation());
      json.writeStringField("advice", CheckReport.advice(undetermined));
    }
    json.writeArrayFieldStart("hosts");
    for (Attempt attempt : result.attempts()) {
      json.writeStartObject();
      attempt(attempt);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void lookups(Destination destination) throws IOException {
    boolean submission = destination.nextHop() instanceof NextHop.Submission;
    for (ValidationResult lookup : destination.lookups()) {
      lookup(submission ? service(lookup) : "mx", lookup);
    }
  }

  private static String service(ValidationResult srv) {
    return srv.question().name().getLabelString(0).substring(1);
  }

  private void attempt(Attempt attempt) throws IOException {
    MxHost host = attempt.host();
    json.writeStringField("host", host.name());
    json.writeNumberField("port", host.endpoint().port());
    json.writeNumberField("preference", host.preference());
    json.writeStringField("requirement", word(host.requirement()));
    json.writeStringField("outcome", Verdict.of(attempt).toString());
    json.writeStringField("explanation", explanation(attempt));
    String advice = CheckReport.advice(attempt);
    if (!advice.isEmpty()) {
      json.writeStringField("advice", advice);
    }
    if (attempt.address().isPresent()) {
      json.writeStringField("address", attempt.address().get().getAddress().getHostAddress());
    }
    json.writeArrayFieldStart("addresses");
    for (InetAddress address : host.addresses()) {
      json.writeString(address.getHostAddress());
    }
    json.writeEndArray();
    TlsaRrset tlsa = tlsa(host.requirement());
    if (tlsa != null) {
      tlsa(tlsa);
    }
    if (attempt.result() instanceof Ready ready && ready.tls().isPresent()) {
      tls(ready.tls().get());
    }
    if (attempt.result() instanceof Failed failed) {
      json.writeStringField("cause", word(failed.cause()));
      json.writeStringField("status", failed.status());
    }
  }

  private static String explanation(Attempt attempt) {
    return attempt.result() instanceof Failed
        ? attempt.result().explanation()
        : attempt.result().explanation() + "; " + attempt.host().requirement().explanation();
  }

  private void lookup(String name, ValidationResult result) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("security", word(result));
    json.writeStringField("explanation", result.explanation());
    json.writeEndObject();
  }

  private void tlsa(TlsaRrset rrset) throws IOException {
    json.writeObjectFieldStart("tlsa");
    json.writeStringField("owner", rrset.owner().toString());
    json.writeArrayFieldStart("records");
    for (TlsaRecord record : rrset.records()) {
      json.writeString(record.toString());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void tls(TlsSession tls) throws IOException {
    json.writeObjectFieldStart("tls");
    json.writeStringField("protocol", tls.protocol());
    json.writeStringField("cipherSuite", tls.cipherSuite());
    json.writeStringField("serverName", tls.serverName());
    json.writeEndObject();
  }

  private void delivery(String domain, DeliveryResult result) throws IOException {
    json.writeStringField("domain", domain);
    json.writeStringField("outcome", verdict(result).toString());
    json.writeBooleanField("delivered", result.isDeliveredToAll());
    json.writeArrayFieldStart("recipients");
    for (RecipientResult recipient : result.recipients()) {
      Outcome outcome = recipient.outcome();
      json.writeStartObject();
      json.writeStringField("recipient", recipient.recipient());
      json.writeStringField("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      json.writeStringField("status", outcome.status());
      json.writeStringField("explanation", outcome.explanation());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("hosts");
    for (Attempt attempt : result.attempts()) {
      json.writeStartObject();
      attempt(attempt);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** What a check would have said, as far as the delivery shows it. */
  private static Verdict verdict(DeliveryResult result) {
    if (!result.attempts().isEmpty()) {
      return Verdict.of(result.attempts());
    }
    return switch (result.recipients().get(0).outcome().status()) {
      case "5.1.10" -> Verdict.NULL_MX;
      case "5.1.2" -> Verdict.NO_SUCH_DOMAIN;
      case "5.4.4" -> Verdict.NO_SUBMISSION;
      default -> Verdict.DEFER;
    };
  }

  private static @Nullable TlsaRrset tlsa(TlsRequirement requirement) {
    if (requirement instanceof TlsRequirement.Dane dane) {
      return dane.tlsa();
    }
    return requirement instanceof TlsRequirement.Encrypt encrypt ? encrypt.tlsa() : null;
  }

  private static String word(TlsRequirement requirement) {
    return requirement.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String word(ValidationResult result) {
    return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String word(Attempt.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
