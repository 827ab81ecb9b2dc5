// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.Locale;
import org.xbill.DNS.Name;

/** Whether a host is one that an MTA-STS policy names. */
final class MtaStsPattern {

  private MtaStsPattern() {}

  /** RFC 8461 §4.1: the asterisk stands for the whole first label, and for no more. */
  static boolean matches(String pattern, Name host) {
    String name = host.toString(true).toLowerCase(Locale.ROOT);
    String wanted = pattern.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && name.substring(dot).equals(wanted.substring(1));
  }
}
