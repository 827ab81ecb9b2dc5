// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;

/**
 * The NSEC or NSEC3 records of a zone, and which of them prove what.
 *
 * <p>Proofs are named by the owners of the records that make them up; a record may be named twice.
 */
interface DenialChain {

  /** The type of the records: NSEC or NSEC3. */
  int type();

  /** All owners, in the order of the chain. */
  List<Name> owners();

  Optional<RRset> rrset(Name owner);

  /** The name has no RRset of some type. */
  List<Name> noData(Name name);

  /** Neither the name nor a wildcard for it exists. */
  List<Name> noName(Name name);

  /** The name does not exist, so that the wildcard below the closest encloser applies. */
  List<Name> wildcardApplies(Name name, Name closestEncloser);

  /** The name does not exist, and the wildcard that applies has no RRset of some type. */
  List<Name> wildcardNoData(Name name, Name closestEncloser);

  /** A record made up for a name, as if it did not exist; the zone holds no such record. */
  RRset madeUp(Name name);
}
