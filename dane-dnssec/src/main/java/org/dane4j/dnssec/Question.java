// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.Objects;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What is asked of the DNS, in class IN.
 *
 * <p>Two questions are equal if their types are and their names are in any mixture of cases.
 *
 * @param name an absolute domain name
 * @param type an RR type that zones hold; QTYPEs such as ANY and AXFR are no questions here
 */
public record Question(Name name, int type) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the name is relative, or the type stands for no RRset
   */
  public Question {
    Objects.requireNonNull(name, "name");
    if (!name.isAbsolute()) {
      throw new IllegalArgumentException(
          "'" + name + "' is relative: write it with a dot at the end");
    }
    if (type <= 0 || type > 0xffff || type == Type.RRSIG || type == Type.OPT || isMeta(type)) {
      throw new IllegalArgumentException(
          "type " + Type.string(type) + " stands for no RRset: ask for the types that you need");
    }
  }

  /**
   * Returns a question for a name in presentation form.
   *
   * @param name a domain name, absolute whether it ends with a dot or not; A-labels
   * @param type the RR type, a constant of {@link Type}
   * @return the question
   * @throws IllegalArgumentException if the name is not a domain name, or the type stands for no
   *     RRset
   */
  public static Question of(String name, int type) {
    try {
      return new Question(Name.fromString(name, Name.root), type);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a domain name: " + e.getMessage(), e);
    }
  }

  /** QTYPEs and meta-types that are not stored in zones (RFC 6895 §3.1). */
  private static boolean isMeta(int type) {
    return type >= 128 && type <= 255;
  }

  /** Returns name and type, as in {@code mx.example. TLSA}. */
  @Override
  public String toString() {
    return name + " " + Type.string(type);
  }
}
