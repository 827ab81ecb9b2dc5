// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names, one of which a server's certificate must have where certification authorities decide
 * (RFC 7673 §4.1, RFC 6125 §6).
 *
 * @param serverName the name that the user or the configuration gave, which is also what SNI
 *     carries: the service's domain, or the host itself
 * @param target the host that an SRV record names, if that record is secure
 */
public record PkixNames(String serverName, Optional<String> target) {

  /**
   * Returns all names.
   *
   * @return the name for SNI, and the target if it counts
   */
  public List<String> all() {
    return Stream.concat(Stream.of(serverName), target.stream()).distinct().toList();
  }

  /** Returns the names, in words. */
  @Override
  public String toString() {
    return String.join(" or ", all());
  }
}
