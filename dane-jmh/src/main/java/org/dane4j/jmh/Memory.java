// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dane4j.dnssec.ZoneMemory;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Remembers zones down to a number of labels, so that those below are always new. */
final class Memory implements ZoneMemory {

  private final Map<Name, Fact> facts = new ConcurrentHashMap<>();
  private final int labels;

  /** Takes the most labels, the root's among them, that the name of a remembered zone has. */
  Memory(int labels) {
    this.labels = labels;
  }

  @Override
  public @Nullable Fact recall(Name name) {
    return facts.get(name);
  }

  @Override
  public void remember(Name name, Fact fact) {
    if (name.labels() <= labels) {
      facts.put(name, fact);
    }
  }
}
