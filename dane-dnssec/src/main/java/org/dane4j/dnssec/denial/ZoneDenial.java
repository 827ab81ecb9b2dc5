// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import org.xbill.DNS.Name;

/**
 * What the verified denial records of one zone, all NSEC or all NSEC3, prove about a name in it.
 */
public interface ZoneDenial {

  /**
   * Asks for a proof that a name has no data of a type, itself or by a wildcard.
   *
   * @param name a name at or below the zone's
   * @param type the type
   * @return NO_DATA, OPT_OUT, TOO_MANY_ITERATIONS or NOT_PROVEN
   */
  Denial noData(Name name, int type);

  /**
   * Asks for a proof that a name does not exist, and that no wildcard stands for it.
   *
   * @param name a name below the zone's
   * @return NO_NAME, OPT_OUT, TOO_MANY_ITERATIONS or NOT_PROVEN
   */
  Denial noName(Name name);

  /**
   * Asks for a proof that a wildcard was rightly expanded to a name (RFC 4035 §5.3.4, RFC 5155
   * §8.8).
   *
   * @param name the name that was asked for
   * @param closestEncloser the name that the wildcard is directly below
   * @return NO_CLOSER_NAME, OPT_OUT, TOO_MANY_ITERATIONS or NOT_PROVEN
   */
  Denial noCloserName(Name name, Name closestEncloser);

  /**
   * Asks what the absence of a DS RRset means (RFC 4035 §5.2, RFC 5155 §8.6 and §8.9).
   *
   * @param name the name below the zone's that has no DS RRset
   * @return UNSIGNED_DELEGATION, NO_ZONE_CUT, OPT_OUT, TOO_MANY_ITERATIONS or NOT_PROVEN
   */
  Denial noDelegation(Name name);

  /**
   * Asks for a proof that a name is delegated without DS, by the record of that very name (RFC 4035
   * §5.2, RFC 6840 §4.4).
   *
   * @param name a name below the zone's
   * @return UNSIGNED_DELEGATION or NOT_PROVEN
   */
  Denial unsignedDelegation(Name name);
}
