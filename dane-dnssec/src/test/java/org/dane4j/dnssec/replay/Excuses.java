// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a file may fail that asks for more than a verdict by given anchors on what an upstream says.
 * Such a file is played like any other, and counts as passed if it passes.
 */
final class Excuses {

  /** What a line asks for. */
  private record Excuse(Pattern line, String reason) {}

  private static final List<Excuse> EXCUSES =
      List.of(
          setting("harden-dnssec-stripped:.*\\bno\\b", "accepts data without their signatures"),
          setting("val-permissive-mode:.*\\byes\\b", "accepts bogus data"),
          setting("val-sig-skew-(min|max):", "accepts signatures before or after their time"),
          setting("disable-edns-do:.*\\byes\\b", "asks for no signatures"),
          setting(
              "auto-trust-anchor-file:", "changes its trust anchors as time goes by (RFC 5011)"),
          setting(
              "(trust-anchor|trusted-keys|dlv-anchor)-file:", "has trust anchors in other files"),
          setting("dlv-anchor:", "has trust anchors beside the tree (RFC 5074)"),
          setting(
              "module-config:.*(dns64|respip|subnet|cachedb|python|dynlib|ipset|ipsec)",
              "changes answers by another module"),
          setting("(local-(zone|data|data-ptr)|auth-zone|rpz|view):", "answers names by itself"),
          setting("(response-ip|response-ip-data|private-address):", "changes what it answers"),
          setting("deny-any:.*\\byes\\b", "does not answer a query for ANY"),
          setting("answer-cookie:.*\\byes\\b", "answers by cookies"),
          setting("access-control:.*\\b(refuse|deny)", "does not answer everybody"),
          setting("serve-expired:.*\\byes\\b", "answers from a cache that has expired"),
          setting("EXTRA_PACKET", "has answers in several messages"),
          setting(
              "STEP\\s+\\d+\\s+(REPLY|TIMEOUT|ERROR|ASSIGN|INFRA_RTT|CHECK_(?!ANSWER)\\w+"
                  + "|FLUSH_MESSAGE|EXPECT_MESSAGE)\\b",
              "plays servers, files or time step by step"));

  private Excuses() {}

  private static Excuse setting(String pattern, String reason) {
    return new Excuse(Pattern.compile("\\s*" + pattern + ".*"), reason);
  }

  /** Returns why a file may fail, if it may. */
  static Optional<String> of(List<String> lines, ReplayFile file) {
    if (!Dialogue.isJudged(file)) {
      return Optional.of("asks nothing that is judged: with CD, of another class, or no query");
    }
    Optional<String> setting =
        EXCUSES.stream()
            .filter(one -> lines.stream().anyMatch(line -> one.line.matcher(line).matches()))
            .map(Excuse::reason)
            .findFirst();
    return setting.or(
        () ->
            file.unread().stream().map(line -> "has a line that is not read: " + line).findFirst());
  }
}
