// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.policy.MxSecurity;

/** What the DNS says about where mail for a next hop goes. */
public sealed interface Destination {

  /**
   * Returns what was looked up.
   *
   * @return the next hop
   */
  NextHop nextHop();

  /**
   * Returns the hosts to try, the most preferred first.
   *
   * @return the hosts; empty unless this is {@link Hosts}
   */
  default List<MxHost> hosts() {
    return List.of();
  }

  /**
   * Returns the verdict on the MX records.
   *
   * @return the verdict; empty if there was nothing to look up
   */
  Optional<ValidationResult> mx();

  /**
   * There are hosts. Each has its own requirement, and some may be none to use.
   *
   * @param nextHop what was looked up
   * @param mxSecurity how the hosts' names were found
   * @param hosts the hosts, the most preferred first
   * @param mx the verdict on the MX records
   */
  record Hosts(
      NextHop nextHop, MxSecurity mxSecurity, List<MxHost> hosts, Optional<ValidationResult> mx)
      implements Destination {

    /** Copies the list. */
    public Hosts {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * The domain takes no mail, and says so (RFC 7505).
   *
   * @param nextHop what was looked up
   * @param mx the verdict on the MX records
   */
  record NullMx(NextHop nextHop, Optional<ValidationResult> mx) implements Destination {}

  /**
   * The domain does not exist (RFC 5321 §5.1).
   *
   * @param nextHop what was looked up
   * @param mx the verdict on the MX records
   */
  record NoSuchDomain(NextHop nextHop, Optional<ValidationResult> mx) implements Destination {}

  /**
   * It cannot be told now: mail must wait (RFC 7672 §2.1.2).
   *
   * @param nextHop what was looked up
   * @param explanation why
   * @param mx the verdict on the MX records
   */
  record Undetermined(NextHop nextHop, String explanation, Optional<ValidationResult> mx)
      implements Destination {}
}
