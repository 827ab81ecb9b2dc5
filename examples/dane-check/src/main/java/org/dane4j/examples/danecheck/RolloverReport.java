// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dane4j.rollover.RolloverStep;
import org.dane4j.rollover.RolloverStep.Blocked;
import org.dane4j.rollover.RolloverStep.Publish;
import org.dane4j.rollover.RolloverStep.Replace;
import org.dane4j.rollover.RolloverStep.Retire;
import org.dane4j.rollover.RolloverStep.Wait;
import org.dane4j.rollover.ServerKey;
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
 * @param owner where senders look for the records
 * @param steps the plan; the first step is what to do now
 * @param seen what it rests on
 */
record RolloverReport(TlsaOwnerName owner, List<RolloverStep> steps, Seen seen) {

  /**
   * What a plan rests on.
   *
   * @param live what the server presents
   * @param sighting the records
   * @param spread how far they have got
   * @param kept keys of the server that stay without being asked for
   */
  record Seen(LiveServer live, TlsaSighting sighting, TlsaSpread spread, List<ServerKey> kept) {}

  RolloverReport {
    steps = List.copyOf(steps);
  }

  /** Returns the exit status: whether mail would be delivered now, and there is a way on. */
  int exitStatus() {
    Verdict verdict = seen.live().verdict();
    boolean waits = verdict == Verdict.DANE_MISMATCH || verdict == Verdict.DEFER;
    return waits || steps.get(0) instanceof Blocked ? DaneCheck.NOT_DELIVERED : DaneCheck.DELIVERED;
  }

  String text(Painter painter) {
    RolloverStep now = steps.get(0);
    boolean bad = exitStatus() != DaneCheck.DELIVERED;
    TextTree tree =
        new TextTree(bad ? Mark.BAD : Mark.GOOD, owner.baseDomain() + ": now, " + headline(now));
    if (bad) {
      tree.add(Mark.BAD, "mail to this host now: " + seen.live().verdict());
    }
    seen.live().unseen().forEach(it -> tree.add(Mark.BAD, "not seen: " + PlainText.of(it)));
    seen.spread().behind().forEach(it -> tree.add(Mark.BAD, "behind: " + PlainText.of(it)));
    seen.spread().unheard().forEach(it -> tree.add(Mark.BAD, "not heard: " + PlainText.of(it)));
    seen.kept().forEach(it -> tree.add(Mark.NEUTRAL, "stays: " + it + ", of another kind"));
    seen.live()
        .untold()
        .forEach(
            it ->
                tree.add(
                    Mark.ADVICE,
                    it + ": kinds of keys could not be told apart: name a second key by --keep"));
    if (isShared()) {
      tree.add(
          Mark.ADVICE,
          "the records are at %s: change them there, and not the alias, which caches keep for a time of its own; whatever else is an alias of it must present the next key too, before the old one's go"
              .formatted(sharedName()));
    }
    for (RolloverStep step : steps) {
      Mark mark = step.equals(now) ? Mark.ADVICE : Mark.NEUTRAL;
      tree.add(
          mark, seconds(step.earliest()) + "  " + word(step) + ": " + PlainText.of(step.why()));
    }
    return tree.render(painter) + zoneLines(records(now));
  }

  /** The lines to publish, as somebody else's program reads them. */
  private String zoneLines(List<TlsaRecord> records) {
    if (records.isEmpty()) {
      return "";
    }
    TlsaZoneText writer = TlsaZoneText.withTtl(ttl());
    String lines =
        isShared()
            ? writer.shared(records, sharedName(), List.of())
            : writer.master(new TlsaRrset(owner, records, List.of()));
    if (!TlsaReadback.zone(lines, sharedName()).equals(Set.copyOf(records))) {
      throw new IllegalStateException("the output is not of the records that it should be of");
    }
    return "\n" + lines;
  }

  /** RFC 2181 §8: what is longer cannot be written. */
  private Duration ttl() {
    Duration ttl = seen.sighting().ttl();
    return ttl.toSeconds() > Integer.MAX_VALUE ? Duration.ofSeconds(Integer.MAX_VALUE) : ttl;
  }

  /** RFC 7671 §5.1: the server's own name may be an alias, beside which no record can stand. */
  private boolean isShared() {
    return !sharedName().equalsIgnoreCase(owner.toString());
  }

  private String sharedName() {
    return seen.sighting().rrset().name().toString().toLowerCase(Locale.ROOT);
  }

  String json() {
    return JsonText.object(
        json -> {
          json.writeStringField("host", owner.baseDomain());
          json.writeStringField("owner", owner.toString());
          json.writeStringField("recordsAt", sharedName());
          json.writeStringField("action", word(steps.get(0)));
          json.writeStringField("until", seconds(steps.get(0).earliest()));
          json.writeStringField("outcome", seen.live().verdict().toString());
          JsonText.strings(json, "unseen", seen.live().unseen());
          JsonText.strings(json, "untold", seen.live().untold());
          JsonText.strings(json, "behind", seen.spread().behind());
          JsonText.strings(json, "unheard", seen.spread().unheard());
          JsonText.strings(json, "stays", seen.kept());
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
