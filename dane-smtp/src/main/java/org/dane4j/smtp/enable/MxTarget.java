// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.Locale;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * What an MX record says.
 *
 * @param preference less is preferred
 * @param host the host, in lower case
 */
public record MxTarget(int preference, Name host) {

  /** Checks the parts. */
  public MxTarget {
    if (preference < 0 || preference > 0xffff) {
      throw new IllegalArgumentException("a preference is from 0 to 65535, not " + preference);
    }
    host = lowerCase(host);
  }

  /**
   * Reads the form that {@link #toString} writes.
   *
   * @param text the RDATA in presentation form
   * @return the target
   * @throws IllegalArgumentException if it is none
   */
  public static MxTarget parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 2 || !parts[0].matches("\\d{1,5}")) {
      throw new IllegalArgumentException("'" + text + "' is not like '10 mx.example.org.'");
    }
    return new MxTarget(Integer.parseInt(parts[0]), name(parts[1]));
  }

  /** Returns the RDATA in presentation form. */
  @Override
  public String toString() {
    return preference + " " + host;
  }

  static Name lowerCase(Name name) {
    return name(name.toString().toLowerCase(Locale.ROOT));
  }

  static Name name(String text) {
    try {
      return Name.fromString(text.toLowerCase(Locale.ROOT), Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("'" + text + "' is not a domain name", e);
    }
  }
}
