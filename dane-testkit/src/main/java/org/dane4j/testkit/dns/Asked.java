// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.function.Predicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Kinds of questions, to say which ones are dropped, failed or counted. */
public final class Asked {

  private Asked() {}

  /**
   * All questions.
   *
   * @return a predicate that is always true
   */
  public static Predicate<Record> anything() {
    return question -> true;
  }

  /**
   * Questions for a type.
   *
   * @param type a type of dnsjava's {@code Type}
   * @return a predicate on questions
   */
  public static Predicate<Record> type(int type) {
    return question -> question.getType() == type;
  }

  /**
   * Questions for a name.
   *
   * @param name the name, with or without its final dot
   * @return a predicate on questions
   */
  public static Predicate<Record> name(String name) {
    Name absolute = ZoneRecords.absolute(name, Name.root);
    return question -> question.getName().equals(absolute);
  }

  /**
   * Questions for a name or anything below it.
   *
   * @param name the name, with or without its final dot
   * @return a predicate on questions
   */
  public static Predicate<Record> below(String name) {
    Name absolute = ZoneRecords.absolute(name, Name.root);
    return question -> question.getName().subdomain(absolute);
  }
}
