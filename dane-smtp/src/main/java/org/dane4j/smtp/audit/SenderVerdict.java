// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;

/**
 * What would become of mail from a kind of sender.
 *
 * @param profile the sender
 * @param fate what becomes of its mail in the end
 * @param reason why: at which host, by which record
 * @param obstacles what it fails at before that, or instead: one line for each host or address
 */
public record SenderVerdict(
    SenderProfile profile, Fate fate, String reason, List<String> obstacles) {

  /** Copies the list, and makes the texts printable: what others wrote may be in them. */
  public SenderVerdict {
    reason = Printable.text(reason);
    obstacles = obstacles.stream().map(Printable::text).toList();
  }

  /** What becomes of mail, the best first. */
  public enum Fate {
    /** It is delivered to a server that DANE authenticates. */
    AUTHENTICATED,
    /** It is delivered by TLS to a server that nothing authenticates. */
    ENCRYPTED,
    /** It is delivered as if there were no DANE. */
    OPPORTUNISTIC,
    /** It waits, and comes back when the sender gives up. */
    DEFERRED,
    /** It comes back at once. */
    REJECTED,
    /** What was observed does not say. */
    UNKNOWN
  }
}
