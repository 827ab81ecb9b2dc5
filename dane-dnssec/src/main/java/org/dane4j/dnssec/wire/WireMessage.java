// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A DNS response, taken apart (RFC 1035 §4.1). RRSIG and OPT records are not RRsets here: the
 * former stand beside what they cover, the latter only adds to the response code.
 *
 * @param truncated whether the TC bit is set
 * @param rcode the response code, extended by EDNS (RFC 6891 §6.1.3)
 * @param questionName the name in the question section, null if there is not exactly one question
 * @param questionType the type in the question section
 * @param answer the RRsets of the answer section, in the message's order
 * @param authority the RRsets of the authority section
 * @param additional the RRsets of the additional section
 * @param signed whether the message has any RRSIG record
 */
public record WireMessage(
    boolean truncated,
    int rcode,
    @Nullable Name questionName,
    int questionType,
    List<SignedRrset> answer,
    List<SignedRrset> authority,
    List<SignedRrset> additional,
    boolean signed) {

  /** Copies the lists. */
  public WireMessage {
    answer = List.copyOf(answer);
    authority = List.copyOf(authority);
    additional = List.copyOf(additional);
  }

  /**
   * Returns the RRset of a name and type in the answer section.
   *
   * @param name the owner's name
   * @param type the RR type
   * @return the RRset, or null
   */
  public @Nullable SignedRrset answer(Name name, int type) {
    for (SignedRrset set : answer) {
      if (set.type() == type && set.owner().equals(name)) {
        return set;
      }
    }
    return null;
  }
}
