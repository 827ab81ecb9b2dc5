// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;

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
   * Returns the verdicts on the records that name the hosts: MX records, or the SRV records of each
   * service.
   *
   * @return the verdicts; empty if there was nothing to look up
   */
  List<ValidationResult> lookups();

  /**
   * There are hosts. Each has its own requirement, and some may be none to use.
   *
   * @param nextHop what was looked up
   * @param hosts the hosts, the most preferred first
   * @param lookups the verdicts on the records that name the hosts
   */
  record Hosts(NextHop nextHop, List<MxHost> hosts, List<ValidationResult> lookups)
      implements Destination {

    /** Copies the lists. */
    public Hosts {
      hosts = List.copyOf(hosts);
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * The domain takes no mail, and says so (RFC 7505).
   *
   * @param nextHop what was looked up
   * @param lookups the verdicts on the records that name the hosts
   */
  record NullMx(NextHop nextHop, List<ValidationResult> lookups) implements Destination {

    /** Copies the list. */
    public NullMx {
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * The domain does not exist (RFC 5321 §5.1).
   *
   * @param nextHop what was looked up
   * @param lookups the verdicts on the records that name the hosts
   */
  record NoSuchDomain(NextHop nextHop, List<ValidationResult> lookups) implements Destination {

    /** Copies the list. */
    public NoSuchDomain {
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * The domain names no submission server: it has no SRV records for one, or says by them that
   * there is none (RFC 6186 §3.4).
   *
   * @param nextHop what was looked up
   * @param lookups the verdicts on the records that would name the hosts
   */
  record NoSubmission(NextHop nextHop, List<ValidationResult> lookups) implements Destination {

    /** Copies the list. */
    public NoSubmission {
      lookups = List.copyOf(lookups);
    }
  }

  /**
   * It cannot be told now: mail must wait (RFC 7672 §2.1.2).
   *
   * @param nextHop what was looked up
   * @param explanation why
   * @param lookups the verdicts on the records that name the hosts
   */
  record Undetermined(NextHop nextHop, String explanation, List<ValidationResult> lookups)
      implements Destination {

    /** Copies the list. */
    public Undetermined {
      lookups = List.copyOf(lookups);
    }
  }
}
