// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.InstantSource;
import org.dane4j.dnssec.ZoneMemory;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** A bounded memory of proven zones. */
final class FactCache implements ZoneMemory {

  private final Cache<Name, Fact> facts;

  FactCache(int size, InstantSource clock) {
    this.facts =
        Caffeine.newBuilder()
            .maximumSize(size)
            .executor(Runnable::run)
            .ticker(() -> Lifetime.nanos(clock.instant()))
            .expireAfter(
                Expiry.<Name, Fact>writing(
                    (name, fact) -> Lifetime.until(fact.validUntil(), clock.instant())))
            .build();
  }

  @Override
  public @Nullable Fact recall(Name name) {
    return facts.getIfPresent(name);
  }

  @Override
  public void remember(Name name, Fact fact) {
    facts.put(name, fact);
  }
}
