// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import org.xbill.DNS.Name;

/** Which domain names can be those of hosts. */
final class HostNames {

  private HostNames() {}

  /**
   * Whether a name has letters, digits, hyphens and underscores only (RFC 1123 §2.1; underscores
   * occur), is no address in writing, and fits below {@code _65535._tcp}.
   */
  static boolean isHostName(Name name) {
    if (name.labels() < 2 || name.length() + 12 > 255) {
      return false;
    }
    for (int i = 0; i < name.labels() - 1; i++) {
      byte[] label = name.getLabel(i);
      for (int j = 1; j < label.length; j++) {
        if (!isHostCharacter(label[j])) {
          return false;
        }
      }
    }
    return name.getLabel(0)[1] != '_' && !isNumber(name.getLabel(name.labels() - 2));
  }

  /** RFC 1123 §2.1: the highest label of a host name is not numeric, that of an address is. */
  private static boolean isNumber(byte[] label) {
    for (int i = 1; i < label.length; i++) {
      if (label[i] < '0' || label[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHostCharacter(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || octet == '-'
        || octet == '_';
  }

  /** Returns a name in lower case, without the dot at its end. */
  static String text(Name name) {
    return name.canonicalize().toString(true);
  }
}
