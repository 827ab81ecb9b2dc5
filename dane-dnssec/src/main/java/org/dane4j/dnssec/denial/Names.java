// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/** Domain names that proofs make from others. */
final class Names {

  private Names() {}

  /** Returns the name with one more label, which is known to fit. */
  static Name child(String label, Name parent) {
    try {
      return Name.concatenate(Name.fromString(label), parent);
    } catch (NameTooLongException | TextParseException e) {
      throw new AssertionError("a label that fits", e);
    }
  }

  /** Returns the ancestor of a name that has a number of labels, the root's counted. */
  static Name ancestor(Name name, int labels) {
    return labels == name.labels() ? name : new Name(name, name.labels() - labels);
  }
}
