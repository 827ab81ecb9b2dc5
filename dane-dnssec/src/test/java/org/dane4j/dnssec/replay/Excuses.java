// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a file may fail that asks for more than a verdict by given anchors on what an upstream says.
 * Such a file is played like any other, and counts as passed if it passes. What it asks for excuses
 * only the failures that can come of it: above all, hardly anything excuses a verdict that is
 * secure where the file wants a failure.
 */
final class Excuses {

  /** Which failures can come of something. */
  private enum Reach {
    /** A verdict that is too severe. */
    SEVERITY,
    /** Any but a verdict that is secure where there should be a failure. */
    ANSWERS,
    /** Any. */
    EVERYTHING;

    boolean covers(String complaint) {
      return switch (this) {
        case SEVERITY -> complaint.contains(": is FAILED, not ");
        case ANSWERS -> !complaint.contains(": is SECURE, not FAILED");
        case EVERYTHING -> true;
      };
    }
  }

  /** A line that asks for something, and what can come of it. */
  private record Excuse(Pattern line, String reason, Reach reach) {}

  private static final List<Excuse> EXCUSES = new ArrayList<>();

  static {
    excuse("harden-dnssec-stripped:.*\\bno\\b", "accepts data without signatures", Reach.SEVERITY);
    excuse("val-permissive-mode:.*\\byes\\b", "accepts bogus data", Reach.SEVERITY);
    excuse("val-sig-skew-(min|max):", "accepts signatures out of their time", Reach.SEVERITY);
    excuse("disable-edns-do:.*\\byes\\b", "asks for no signatures", Reach.SEVERITY);
    excuse(
        "module-config:.*(dns64|respip|subnet|cachedb|python|dynlib|ipset|ipsec)",
        "changes answers by another module",
        Reach.ANSWERS);
    excuse(
        "(local-zone:(?!.*\\bnodefault\\b)|local-data(-ptr)?:|auth-zone:|rpz:|view:)",
        "answers names by itself",
        Reach.ANSWERS);
    excuse(
        "(response-ip|response-ip-data|private-address):",
        "changes what it answers",
        Reach.ANSWERS);
    excuse("deny-any:.*\\byes\\b", "does not answer a query for ANY", Reach.ANSWERS);
    excuse("answer-cookie:.*\\byes\\b", "answers by cookies", Reach.ANSWERS);
    excuse("access-control:.*\\b(refuse|deny)", "does not answer everybody", Reach.ANSWERS);
    excuse("serve-expired:.*\\byes\\b", "answers from a cache that has expired", Reach.ANSWERS);
    excuse(
        "auto-trust-anchor-file:",
        "changes its trust anchors as time goes by (RFC 5011)",
        Reach.EVERYTHING);
    excuse(
        "(trust-anchor|trusted-keys|dlv-anchor)-file:",
        "has anchors in other files",
        Reach.EVERYTHING);
    excuse("dlv-anchor:", "has trust anchors beside the tree (RFC 5074)", Reach.EVERYTHING);
    excuse("EXTRA_PACKET", "has answers in several messages", Reach.EVERYTHING);
    excuse(
        "STEP\\s+\\d+\\s+(REPLY|TIMEOUT|ERROR|ASSIGN|INFRA_RTT|CHECK_(?!ANSWER)\\w+"
            + "|FLUSH_MESSAGE|EXPECT_MESSAGE)\\b",
        "plays servers, files or time step by step",
        Reach.EVERYTHING);
  }

  private Excuses() {}

  private static void excuse(String line, String reason, Reach reach) {
    EXCUSES.add(new Excuse(Pattern.compile("\\s*" + line + ".*"), reason, reach));
  }

  /** Returns why a file may fail as it did, if it may: each complaint needs an excuse. */
  static Optional<String> of(List<String> lines, ReplayFile file, List<String> complaints) {
    if (!Dialogue.isJudged(file)) {
      return Optional.of("asks nothing that is judged: with CD, of another class, or no query");
    }
    List<String> reasons = new ArrayList<>();
    for (String complaint : complaints) {
      Optional<String> reason = reason(lines, file, complaint);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      reasons.add(reason.get());
    }
    return reasons.stream().findFirst();
  }

  private static Optional<String> reason(List<String> lines, ReplayFile file, String complaint) {
    return EXCUSES.stream()
        .filter(one -> one.reach.covers(complaint))
        .filter(one -> lines.stream().anyMatch(line -> one.line.matcher(line).matches()))
        .map(Excuse::reason)
        .findFirst()
        .or(
            () ->
                file.unread().stream()
                    .filter(line -> Reach.ANSWERS.covers(complaint))
                    .map(line -> "has a line that is not read: " + line)
                    .findFirst());
  }
}
