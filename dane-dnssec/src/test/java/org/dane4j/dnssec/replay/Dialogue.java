// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.replay.ReplayFile.Step;
import org.dane4j.dnssec.replay.Verdict.State;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Asks the queries of a replay file and compares the verdicts with what the file expects. */
final class Dialogue {

  /** The codes that a validator gives. Others are about caches, servers and policies. */
  private static final Set<String> DNSSEC_ERRORS =
      Set.of("1", "2", "5", "6", "7", "8", "9", "10", "11", "12", "25", "27");

  /** Few zones of replay files have more servers. */
  private static final int TURNS = 3;

  private final ReplayFile file;
  private final ChainValidator validator;
  private final Instant at;
  private final List<String> complaints = new ArrayList<>();

  private Dialogue(ReplayFile file) {
    this.file = file;
    ResolverSettings settings = new ResolverSettings(file);
    this.validator = settings.validator();
    this.at = settings.at();
  }

  /** Returns what is not as expected; empty if all is. */
  static List<String> play(ReplayFile file) {
    Dialogue dialogue = new Dialogue(file);
    dialogue.play();
    return dialogue.complaints;
  }

  /** A query, and what its answer must be. */
  private record Exchange(Step query, Step check) {}

  private void play() {
    exchanges(file).forEach(this::check);
    if (!isJudged(file)) {
      complaints.add("nothing is judged in this file");
    }
  }

  /** Whether the verdict on any query is compared. */
  static boolean isJudged(ReplayFile file) {
    return !exchanges(file).isEmpty();
  }

  /** Pairs the queries with their checks, and leaves out those that get no verdict. */
  private static List<Exchange> exchanges(ReplayFile file) {
    List<Exchange> exchanges = new ArrayList<>();
    List<Step> open = new ArrayList<>();
    for (Step step : file.steps()) {
      if (step.kind() == Step.Kind.QUERY) {
        open.add(step);
      } else if (!open.isEmpty()) {
        Step query =
            open.stream()
                .filter(one -> one.entry().question().equals(step.entry().question()))
                .findFirst()
                .orElse(open.get(0));
        open.remove(query);
        exchanges.add(new Exchange(query, step));
      }
    }
    boolean cdCounts = !file.server().last("ignore-cd-flag", "no").equals("yes");
    exchanges.removeIf(one -> hasNoVerdict(one.query.entry(), one.check.entry(), cdCounts));
    return exchanges;
  }

  /** Without validation, of another class, or about a resolver's cache: nothing to judge. */
  private static boolean hasNoVerdict(Entry query, Entry check, boolean cdCounts) {
    boolean fromCache = !query.has("RD") && check.isReferral();
    return (cdCounts && query.has("CD")) || !query.isInternet() || fromCache;
  }

  private void check(Exchange exchange) {
    Step query = exchange.query;
    Step check = exchange.check;
    Verdict verdict = verdict(query, check.number());
    List<String> wrong = new ArrayList<>();
    Entry expected = check.entry();
    State state = expectedState(expected);
    boolean adMatters =
        expected.matches("all", "flags") && (query.entry().has("DO") || query.entry().has("AD"));
    boolean failureMatters = expected.matches("all", "rcode", "answer");
    boolean oneFails = state == State.FAILED || verdict.state() == State.FAILED;
    if (verdict.state() != state
        && (adMatters || (failureMatters && oneFails))
        && !isPassedOn(expected, verdict)) {
      wrong.add("is " + verdict.state() + ", not " + state);
    }
    if (verdict.rcode() != expected.rcode() && expected.matches("all", "rcode")) {
      wrong.add(
          "has rcode " + Rcode.string(verdict.rcode()) + ", not " + Rcode.string(expected.rcode()));
    }
    if (wrong.isEmpty() && verdict.state() != State.FAILED) {
      compareRecords(expected, verdict, wrong);
    }
    compareExtendedError(expected, verdict, wrong);
    if (!wrong.isEmpty()) {
      complaints.add(
          "step "
              + query.number()
              + ", "
              + query.entry().question()
              + ": "
              + String.join("; ", wrong)
              + " ["
              + verdict.text()
              + "]");
    }
  }

  /** A resolver that gets no answer, or a bogus one, asks the other servers of a zone. */
  private Verdict verdict(Step query, int step) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      Upstream upstream = new Upstream(file, step, turn);
      Resolution resolution = new Resolution(validator, upstream, at);
      Verdict verdict = Verdict.of(query.entry().question(), resolution, upstream);
      if (verdict.state() != State.FAILED) {
        return verdict;
      }
      verdicts.add(verdict);
    }
    return verdicts.get(0);
  }

  private static State expectedState(Entry expected) {
    if (expected.rcode() == Rcode.SERVFAIL) {
      return State.FAILED;
    }
    return expected.has("AD") ? State.SECURE : State.INSECURE;
  }

  /** Errors other than SERVFAIL are passed on without a verdict. */
  private static boolean isPassedOn(Entry expected, Verdict verdict) {
    int rcode = expected.rcode();
    return rcode != Rcode.NOERROR
        && rcode != Rcode.NXDOMAIN
        && verdict.rcode() == rcode
        && verdict.state() != State.SECURE;
  }

  private static void compareRecords(Entry expected, Verdict verdict, List<String> wrong) {
    if (!expected.matches("all", "answer")) {
      return;
    }
    int type = expected.question().type();
    Set<String> records = new TreeSet<>();
    for (Rr rr : expected.sections().answer()) {
      boolean isSource = rr.type() == Type.DNAME && type != Type.DNAME && type != Type.ANY;
      if (rr.type() != Type.RRSIG && !isSource) {
        records.add(Verdict.text(rr));
      }
    }
    Set<String> found = new TreeSet<>(verdict.records());
    if (!found.equals(records)) {
      wrong.add("answers " + found + ", not " + records);
    }
  }

  private static void compareExtendedError(Entry expected, Verdict verdict, List<String> wrong) {
    String code = expected.extendedError();
    if (!DNSSEC_ERRORS.contains(code)) {
      return;
    }
    String found =
        verdict.extendedError().isPresent()
            ? Integer.toString(verdict.extendedError().getAsInt())
            : "none";
    if (!found.equals(code)) {
      wrong.add("has extended error " + found + ", not " + code);
    }
  }
}
