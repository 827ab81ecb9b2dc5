// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The memory that keeps nothing. */
enum NoMemory implements ZoneMemory {
  INSTANCE;

  @Override
  public @Nullable Fact recall(Name name) {
    return null;
  }

  @Override
  public void remember(Name name, Fact fact) {}
}
