// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.dane4j.rollover.RolloverStep;
import org.dane4j.rollover.RolloverStep.Blocked;
import org.dane4j.rollover.RolloverStep.Publish;
import org.dane4j.rollover.RolloverStep.Replace;
import org.dane4j.rollover.RolloverStep.Retire;
import org.dane4j.rollover.RolloverStep.Wait;
import org.dane4j.rollover.TlsaZoneText;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.report.TextTree;
import org.dane4j.smtp.report.TextTree.Mark;
import org.dane4j.smtp.report.TextTree.Painter;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/**
 * The plan of a rollover for people and programs.
 *
 * @param owner where the records stand
 * @param steps the plan; the first step is what to do now
 * @param live what the server presents
 * @param ttl the TTL of the records
 */
record RolloverReport(
    TlsaOwnerName owner, List<RolloverStep> steps, LiveServer live, Duration ttl) {

  RolloverReport {
    steps = List.copyOf(steps);
  }

  /** Returns the exit status: whether mail would be delivered now, and there is a way on. */
  int exitStatus() {
    boolean waits = live.verdict() == Verdict.DANE_MISMATCH || live.verdict() == Verdict.DEFER;
    return waits || steps.get(0) instanceof Blocked ? DaneCheck.NOT_DELIVERED : DaneCheck.DELIVERED;
  }

  String text(Painter painter) {
    RolloverStep now = steps.get(0);
    boolean bad = exitStatus() != DaneCheck.DELIVERED;
    TextTree tree =
        new TextTree(bad ? Mark.BAD : Mark.GOOD, owner.baseDomain() + ": now, " + headline(now));
    if (bad) {
      tree.add(Mark.BAD, "mail to this host now: " + live.verdict());
    }
    for (String trouble : live.troubles()) {
      tree.add(Mark.BAD, "not seen: " + trouble);
    }
    for (RolloverStep step : steps) {
      Mark mark = step.equals(now) ? Mark.ADVICE : Mark.NEUTRAL;
      tree.add(mark, seconds(step.earliest()) + "  " + word(step) + ": " + step.why());
    }
    List<TlsaRecord> records = records(now);
    String lines =
        records.isEmpty()
            ? ""
            : "\n" + TlsaZoneText.withTtl(ttl).master(new TlsaRrset(owner, records, List.of()));
    return tree.render(painter) + lines;
  }

  String json() {
    return JsonText.object(
        json -> {
          json.writeStringField("host", owner.baseDomain());
          json.writeStringField("owner", owner.toString());
          json.writeStringField("action", word(steps.get(0)));
          json.writeStringField("until", seconds(steps.get(0).earliest()));
          json.writeStringField("outcome", live.verdict().toString());
          JsonText.strings(json, "unseen", live.troubles());
          json.writeArrayFieldStart("steps");
          for (RolloverStep step : steps) {
            json.writeStartObject();
            step(json, step);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void step(JsonGenerator json, RolloverStep step) throws IOException {
    json.writeStringField("action", word(step));
    json.writeStringField("earliest", seconds(step.earliest()));
    json.writeStringField("why", step.why());
    if (step instanceof Replace replace) {
      json.writeStringField("outageUntil", seconds(replace.outageUntil()));
    }
    if (!records(step).isEmpty()) {
      JsonText.strings(json, "records", records(step));
    }
  }

  private static String headline(RolloverStep step) {
    if (step instanceof Wait wait) {
      return "wait until " + seconds(wait.until());
    }
    return switch (word(step)) {
      case "publish", "retire" -> "let these records stand there, and no others";
      case "replace" -> "publish these records, and deploy the next key at the same time";
      case "deploy" -> "deploy the next key";
      case "blocked" -> "no step is safe";
      default -> "nothing: it is done";
    };
  }

  private static List<TlsaRecord> records(RolloverStep step) {
    if (step instanceof Publish publish) {
      return publish.records();
    }
    if (step instanceof Retire retire) {
      return retire.records();
    }
    return step instanceof Replace replace ? replace.records() : List.of();
  }

  private static String word(RolloverStep step) {
    return step.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String seconds(Instant instant) {
    return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
  }
}
