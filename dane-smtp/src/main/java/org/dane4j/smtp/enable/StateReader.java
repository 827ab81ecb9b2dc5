// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Reads a state from its lines. */
final class StateReader {

  /** More than any domain has; whoever made a longer file did not use this program. */
  private static final int MAX_LINES = 10_000;

  private static final List<String> REPEATED =
      List.of("uses-old-host", "origin-mx", "origin-tlsa", "held");
  private static final List<String> ONCE =
      List.of(
          "domain",
          "port",
          "target",
          "ttl-while-changing",
          "ttl-at-rest",
          "stage",
          "origin-zone",
          "last-look");
  private static final Pattern ANSWER =
      Pattern.compile(
          "(\\S+) ([A-Z0-9]+) (\\d{1,10}) (signed|unsigned)( served| until (\\S+))?: (\\S.*)");

  /** Presentation form is ASCII; anything else, written again, would not be read. */
  private static final Pattern RDATA = Pattern.compile("[!-~]+( [!-~]+)*");

  private final Map<String, List<String>> fields = new TreeMap<>();

  EnablementState read(List<String> lines) throws StateFormatException {
    if (lines.isEmpty()
        || !List.of(StateText.FIRST_LINE, StateText.FIRST_LINE_OF_OLD).contains(lines.get(0))) {
      throw new StateFormatException(
          "it does not begin with '" + StateText.FIRST_LINE + "', or does not end with its line");
    }
    if (lines.size() > MAX_LINES) {
      throw new StateFormatException("it has more than " + MAX_LINES + " lines");
    }
    for (int i = 1; i < lines.size(); i++) {
      String where = "line " + (i + 1) + ": ";
      int space = lines.get(i).indexOf(' ');
      String field = space < 0 ? lines.get(i) : lines.get(i).substring(0, space);
      if (!ONCE.contains(field) && !REPEATED.contains(field)) {
        throw new StateFormatException(where + "unknown field '" + printable(field) + "'");
      }
      List<String> values = fields.computeIfAbsent(field, it -> new ArrayList<>());
      if (space < 0 || (!values.isEmpty() && ONCE.contains(field))) {
        throw new StateFormatException(where + (space < 0 ? "no value for " : "a second ") + field);
      }
      values.add(lines.get(i).substring(space + 1));
    }
    return state();
  }

  private EnablementState state() throws StateFormatException {
    try {
      EnablementPlan plan =
          new EnablementPlan(
              name("domain", one("domain")),
              (int) number("port", one("port")),
              target(),
              all("uses-old-host"),
              new EnablementPlan.Ttls(
                  number("ttl-while-changing", one("ttl-while-changing")),
                  number("ttl-at-rest", one("ttl-at-rest"))));
      List<CachedAnswer> held = new ArrayList<>();
      for (String text : all("held")) {
        held.add(held(text));
      }
      return new EnablementState(plan, stage(), origin(), lastLook(), held);
    } catch (IllegalArgumentException e) {
      throw new StateFormatException(printable(String.valueOf(e.getMessage())));
    }
  }

  private List<String> all(String field) {
    return fields.getOrDefault(field, List.of());
  }

  private String one(String field) throws StateFormatException {
    if (all(field).isEmpty()) {
      throw new StateFormatException("there is no " + field);
    }
    return all(field).get(0);
  }

  private Target target() throws StateFormatException {
    String[] words = one("target").split(" ", -1);
    if (words.length == 1 && words[0].equals(StateText.OWN)) {
      return new Target.Own();
    }
    if (words.length == 2 && words[0].equals(StateText.OWN_MOVE)) {
      return new Target.OwnMove(name("target", words[1]));
    }
    if (words.length == 2 && words[0].equals(StateText.PROVIDER)) {
      return new Target.Provider(name("target", words[1]));
    }
    throw bad("target", one("target"));
  }

  private Stage stage() throws StateFormatException {
    String text = one("stage");
    return Stream.of(Stage.values())
        .filter(stage -> stage.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> bad("stage", text));
  }

  private Optional<Origin> origin() throws StateFormatException {
    if (all("origin-zone").isEmpty()) {
      for (String field : List.of("origin-mx", "origin-tlsa")) {
        if (!all(field).isEmpty()) {
          throw new StateFormatException("there is " + field + " without origin-zone");
        }
      }
      return Optional.empty();
    }
    List<MxTarget> mx = all("origin-mx").stream().map(MxTarget::parse).toList();
    List<ServedAnswer> tlsa = new ArrayList<>();
    for (String text : all("origin-tlsa")) {
      Matcher matcher = matcher("origin-tlsa", text);
      if (matcher.group(5) != null || !matcher.group(2).equals("TLSA")) {
        throw bad("origin-tlsa", text);
      }
      tlsa.add(answer("origin-tlsa", text, matcher));
    }
    return Optional.of(new Origin(mx, signing("origin-zone", one("origin-zone")), tlsa));
  }

  private Optional<Instant> lastLook() throws StateFormatException {
    return all("last-look").isEmpty()
        ? Optional.empty()
        : Optional.of(instant("last-look", one("last-look")));
  }

  private static CachedAnswer held(String text) throws StateFormatException {
    Matcher matcher = matcher("held", text);
    if (matcher.group(5) == null) {
      throw bad("held", text);
    }
    return new CachedAnswer(
        answer("held", text, matcher),
        matcher.group(6) == null
            ? Optional.empty()
            : Optional.of(instant("held", matcher.group(6))));
  }

  private static Matcher matcher(String field, String text) throws StateFormatException {
    Matcher matcher = ANSWER.matcher(text);
    if (!matcher.matches()) {
      throw bad(field, text);
    }
    return matcher;
  }

  private static ServedAnswer answer(String field, String text, Matcher matcher)
      throws StateFormatException {
    int type = Type.value(matcher.group(2));
    if (type < 0) {
      throw bad(field, text);
    }
    return new ServedAnswer(
        new Question(name(field, matcher.group(1)), type),
        signing(field, matcher.group(4)),
        number(field, matcher.group(3)),
        rdata(field, matcher.group(7)));
  }

  private static List<String> rdata(String field, String text) throws StateFormatException {
    if (text.equals(StateText.NONE)) {
      return List.of();
    }
    List<String> rdata = List.of(text.split(Pattern.quote(StateText.BETWEEN), -1));
    if (!rdata.stream().allMatch(data -> RDATA.matcher(data).matches())) {
      throw bad(field, text);
    }
    return rdata;
  }

  private static Signing signing(String field, String text) throws StateFormatException {
    return switch (text) {
      case "signed" -> Signing.SIGNED;
      case "unsigned" -> Signing.UNSIGNED;
      default -> throw bad(field, text);
    };
  }

  private static Name name(String field, String text) throws StateFormatException {
    if (!text.endsWith(".")) {
      throw bad(field, text);
    }
    return MxTarget.name(text);
  }

  private static long number(String field, String text) throws StateFormatException {
    if (!text.matches("\\d{1,10}")) {
      throw bad(field, text);
    }
    return Long.parseLong(text);
  }

  private static Instant instant(String field, String text) throws StateFormatException {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw bad(field, text);
    }
  }

  private static StateFormatException bad(String field, String text) {
    return new StateFormatException(field + ": '" + printable(text) + "' makes no sense");
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > 200 ? clean.substring(0, 200) + "..." : clean;
  }
}
