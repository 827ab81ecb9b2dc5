// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.internal;

import java.util.Locale;

/** Whether a host is one that an MTA-STS policy names. */
public final class MtaStsPattern {

  private MtaStsPattern() {}

  /**
   * Compares by RFC 8461 §4.1: the asterisk stands for the whole first label, and for no more.
   *
   * @param pattern what the policy, or a certificate, says
   * @param name the host's name, without the dot at its end
   * @return whether the pattern is one of the host
   */
  public static boolean matches(String pattern, String name) {
    String wanted = pattern.toLowerCase(Locale.ROOT);
    String host = name.toLowerCase(Locale.ROOT);
    if (!wanted.startsWith("*.")) {
      return wanted.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0 && host.substring(dot).equals(wanted.substring(1));
  }
}
