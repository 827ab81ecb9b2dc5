// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.dane4j.smtp.enable.EnablementAdvice;
import org.dane4j.smtp.enable.Stage;
import org.dane4j.smtp.enable.Step;
import org.dane4j.smtp.enable.Target;
import org.dane4j.smtp.enable.Task;

/** Advice as text for a person, whose zone-file lines can be copied, and as JSON for a program. */
final class EnableReport {

  private EnableReport() {}

  static String words(Target target) {
    String kind =
        target instanceof Target.Provider
            ? "to the provider's host "
            : target instanceof Target.OwnMove ? "to one's own host " : "the hosts stay";
    return kind + target.newHost().map(name -> name.toString(true)).orElse("");
  }

  static String text(EnablementAdvice advice) {
    StringBuilder out = new StringBuilder();
    Stage stage = advice.state().stage();
    out.append(advice.state().plan().domain().toString(true))
        .append(", stage ")
        .append(stage)
        .append(": ")
        .append(stage.goal())
        .append('\n');
    Step step = advice.step();
    if (step instanceof Step.Act act) {
      out.append("\nDo this, then look again:\n");
      act.tasks().forEach(task -> text(out, task));
    } else if (step instanceof Step.Wait wait) {
      out.append("\nWait")
          .append(wait.until().map(until -> " until " + until).orElse(", and look again"))
          .append(":\n  ")
          .append(wait.reason())
          .append('\n');
    } else if (step instanceof Step.Blocked blocked) {
      out.append("\nNo further before this is put right:\n");
      blocked.reasons().forEach(reason -> out.append("  ").append(reason).append('\n'));
      if (!blocked.remedy().isEmpty()) {
        out.append("\nTo put it right:\n");
        blocked.remedy().forEach(task -> text(out, task));
      }
    } else if (step instanceof Step.Finished finished) {
      out.append('\n').append(finished.text()).append('\n');
    }
    if (!advice.warnings().isEmpty()) {
      out.append("\nKeep in mind:\n");
      advice.warnings().forEach(warning -> out.append("  ").append(warning).append('\n'));
    }
    return out.toString();
  }

  private static void text(StringBuilder out, Task task) {
    out.append("  ").append(place(task.place())).append(": ").append(task.text()).append('\n');
    task.remove().forEach(line -> out.append("    - ").append(line).append('\n'));
    task.publish().forEach(line -> out.append("    + ").append(line).append('\n'));
  }

  private static String place(Task.Place place) {
    return switch (place) {
      case ZONE -> "In the zone";
      case PARENT -> "In the parent zone";
      case SIGNER -> "Where the zone is signed";
      case PROVIDER -> "At the provider";
    };
  }

  static String json(EnablementAdvice advice) {
    return JsonText.object(
        json -> {
          json.writeStringField("domain", advice.state().plan().domain().toString(true));
          json.writeStringField("stage", advice.state().stage().toString());
          json.writeStringField("goal", advice.state().stage().goal());
          write(json, advice.step());
          JsonText.strings(json, "warnings", advice.warnings());
        });
  }

  private static void write(JsonGenerator json, Step step) throws IOException {
    if (step instanceof Step.Act act) {
      json.writeStringField("outcome", "act");
      tasks(json, "tasks", act.tasks());
    } else if (step instanceof Step.Wait wait) {
      json.writeStringField("outcome", "wait");
      json.writeStringField("reason", wait.reason());
      if (wait.until().isPresent()) {
        json.writeStringField("until", wait.until().get().toString());
      }
    } else if (step instanceof Step.Blocked blocked) {
      json.writeStringField("outcome", "blocked");
      JsonText.strings(json, "reasons", blocked.reasons());
      tasks(json, "remedy", blocked.remedy());
    } else if (step instanceof Step.Finished finished) {
      json.writeStringField("outcome", "finished");
      json.writeStringField("text", finished.text());
    }
  }

  private static void tasks(JsonGenerator json, String name, List<Task> tasks) throws IOException {
    json.writeArrayFieldStart(name);
    for (Task task : tasks) {
      json.writeStartObject();
      json.writeStringField("place", task.place().name().toLowerCase(Locale.ROOT));
      json.writeStringField("text", task.text());
      JsonText.strings(json, "remove", task.remove());
      JsonText.strings(json, "publish", task.publish());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
