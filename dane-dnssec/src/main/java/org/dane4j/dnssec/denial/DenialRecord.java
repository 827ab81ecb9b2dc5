// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import org.xbill.DNS.Name;

/** A verified denial-of-existence record; its {@code toString} is for explanations. */
public sealed interface DenialRecord permits Nsec, Nsec3 {

  /** Returns the owner's name as it was signed. */
  Name owner();
}
