// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

import java.util.Locale;

/** Fully qualified domain names in the one form that is compared: A-labels, lower case, no dot. */
public final class DomainNames {

  /** RFC 1035 §2.3.4: 255 octets on the wire, that is 253 characters without the last dot. */
  public static final int MAX_LENGTH = 253;

  private static final int MAX_LABEL = 63;

  private DomainNames() {}

  /**
   * Returns a name in lower case and without the dot at its end.
   *
   * @param name a fully qualified domain name in A-labels
   * @return the name as it is compared
   * @throws IllegalArgumentException if it is no such name; the message says what to do instead
   */
  public static String normalize(String name) {
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (bare.chars().anyMatch(c -> c > 0x7f)) {
      throw new IllegalArgumentException(
          "\"%s\" is not ASCII; convert it to A-labels (xn--…, RFC 5890) first".formatted(name));
    }
    if (isAddress(bare)) {
      throw new IllegalArgumentException(
          "\"%s\" is an address; DANE needs the host name it was found by (RFC 7672 §2.2)"
              .formatted(name));
    }
    if (!isHostName(bare)) {
      throw new IllegalArgumentException(
          ("\"%s\" is not a domain name like mx.example.org: labels of 1 to 63 letters, digits, hyphens"
                  + " or underscores, 253 characters in all")
              .formatted(name));
    }
    return bare.toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether a name consists of labels of letters, digits, hyphens and underscores. The
   * underscore is no letter of RFC 952, but host names in use have it.
   *
   * @param name a name without a dot at its end
   * @return whether it can be a host name
   */
  public static boolean isHostName(String name) {
    int labelStart = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '.') {
        int length = i - labelStart;
        if (length == 0 || length > MAX_LABEL) {
          return false;
        }
        labelStart = i + 1;
      } else if (!isLabelCharacter(name.charAt(i))) {
        return false;
      }
    }
    return name.length() <= MAX_LENGTH;
  }

  private static boolean isLabelCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private static boolean isAddress(String name) {
    return name.startsWith("[")
        || name.indexOf(':') >= 0
        || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }
}
