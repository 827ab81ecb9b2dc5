// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import org.xbill.DNS.Name;

/** What the DNS holds for a question, after aliases were followed (RFC 2308 §2). */
public sealed interface Answer {

  /**
   * Returns the name that the answer is about: the name asked for, or the end of its aliases.
   *
   * @return the name
   */
  Name name();

  /**
   * There are data.
   *
   * @param rrset the data
   */
  record Positive(Rrset rrset) implements Answer {
    @Override
    public Name name() {
      return rrset.name();
    }
  }

  /**
   * The name exists, or may exist, and has no data of the type.
   *
   * @param name the name
   */
  record NoData(Name name) implements Answer {}

  /**
   * The name does not exist.
   *
   * @param name the name
   */
  record NxDomain(Name name) implements Answer {}
}
