// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import java.util.List;

/** The three numeric fields of a TLSA record with their acronyms (RFC 7218 §2). */
final class Field {

  static final Field CERTIFICATE_USAGE =
      new Field("certificate usage", "PrivCert", "PKIX-TA", "PKIX-EE", "DANE-TA", "DANE-EE");
  static final Field SELECTOR = new Field("selector", "PrivSel", "Cert", "SPKI");
  static final Field MATCHING_TYPE =
      new Field("matching type", "PrivMatch", "Full", "SHA2-256", "SHA2-512");

  private static final int PRIVATE_USE = 255;

  private final String title;
  private final String privateUse;
  private final List<String> acronyms;

  private Field(String title, String privateUse, String... acronyms) {
    this.title = title;
    this.privateUse = privateUse;
    this.acronyms = List.of(acronyms);
  }

  void requireOctet(int value) {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException(
          "a %s is one octet, 0 to 255, not %s (RFC 6698 §2.1)".formatted(title, value));
    }
  }

  String describe(int value) {
    String name = "unassigned";
    if (value < acronyms.size()) {
      name = acronyms.get(value);
    } else if (value == PRIVATE_USE) {
      name = privateUse;
    }
    return name + "(" + value + ")";
  }

  /** Reads a number or, in either case, an acronym (RFC 7218 §2). */
  int parse(String word, String record) {
    if (word.matches("[0-9]{1,3}") && Integer.parseInt(word) <= 255) {
      return Integer.parseInt(word);
    }
    if (word.equalsIgnoreCase(privateUse)) {
      return PRIVATE_USE;
    }
    for (int value = 0; value < acronyms.size(); value++) {
      if (word.equalsIgnoreCase(acronyms.get(value))) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" in \"%s\" is no %s: a number from 0 to 255 or one of %s is expected"
            .formatted(word, record, title, String.join(", ", acronyms)));
  }
}
