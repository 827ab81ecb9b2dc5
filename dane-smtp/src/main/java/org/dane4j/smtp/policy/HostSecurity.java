// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import java.util.Optional;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.tlsa.TlsaRrset;

/**
 * What the DNS says about one mail host.
 *
 * @param mx how its name was found
 * @param addresses what its addresses are
 * @param tlsa what its TLSA records are
 * @param pkix the names under which certification authorities have to vouch for it where DANE does
 *     not apply; empty where it is owed nothing then, as in mail transfer
 */
public record HostSecurity(
    MxSecurity mx, Addresses addresses, Tlsa tlsa, Optional<PkixNames> pkix) {

  /**
   * Makes the facts of a host of mail transfer.
   *
   * @param mx how its name was found
   * @param addresses what its addresses are
   * @param tlsa what its TLSA records are
   */
  public HostSecurity(MxSecurity mx, Addresses addresses, Tlsa tlsa) {
    this(mx, addresses, tlsa, Optional.empty());
  }

  /** What came of the address lookups. */
  public sealed interface Addresses {

    /** There are secure addresses, or a secure alias that leads to insecure ones. */
    record Secure() implements Addresses {}

    /**
     * There are addresses, and no name that TLSA records may be looked for at (RFC 7672 §2.2.2).
     *
     * @param why what makes them insecure
     */
    record Insecure(String why) implements Addresses {}

    /** There are none. */
    record Absent() implements Addresses {}

    /**
     * The lookups failed, so that nothing is known.
     *
     * @param why what went wrong
     */
    record Failed(String why) implements Addresses {}

    /** The next hop is an address literal: there was nothing to look up (RFC 7672 §2.2). */
    record Literal() implements Addresses {}
  }

  /** What came of the TLSA lookups. */
  public sealed interface Tlsa {

    /**
     * There are secure records.
     *
     * @param rrset the records, at the TLSA base domain
     * @param referenceIdentifiers the names that the server may be known by (RFC 7672 §3.2.2)
     */
    record Secure(TlsaRrset rrset, ReferenceIdentifiers referenceIdentifiers) implements Tlsa {}

    /**
     * There are no secure records: none at all, or none that is signed.
     *
     * @param why what the DNS says
     */
    record Absent(String why) implements Tlsa {}

    /**
     * The lookup failed, so that nothing is known.
     *
     * @param why what went wrong
     */
    record Failed(String why) implements Tlsa {}

    /** Nobody asked, because it would not have mattered. */
    record NotAsked() implements Tlsa {}
  }
}
