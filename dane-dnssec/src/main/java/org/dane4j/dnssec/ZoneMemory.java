// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Where a validator keeps what it has proven about zones, so that the next validation need not
 * prove it again. A memory changes what a verdict costs, and so whether a limit is reached, but
 * nothing else of the verdict: the validator puts in proven facts only, and uses none beyond its
 * time.
 *
 * <p>An implementation may forget anything at any time. It must be thread-safe if the validator is
 * shared, and must not be shared by validators with other trust anchors, algorithms or limits.
 */
public interface ZoneMemory {

  /** A proven fact about the DNS at one name. Only validators make and read it. */
  final class Fact {

    private final Kind kind;
    private final Instant validFrom;
    private final Instant validUntil;
    private final Object content;

    /** What is known about a name. */
    enum Kind {
      /** A zone begins here, and its keys are proven. */
      SECURE_ZONE,
      /** From here on nothing is signed. */
      INSECURE,
      /** No zone begins here. */
      NO_ZONE_CUT
    }

    private Fact(Kind kind, Instant validFrom, Instant validUntil, Object content) {
      this.kind = kind;
      this.validFrom = validFrom;
      this.validUntil = validUntil;
      this.content = content;
    }

    static Fact secure(ZoneKeys keys, Instant at) {
      return new Fact(Kind.SECURE_ZONE, at, keys.validUntil(), keys);
    }

    static Fact insecure(Finding.Insecure<?> finding, Instant at, Instant validUntil) {
      return new Fact(Kind.INSECURE, at, validUntil, finding);
    }

    static Fact noZoneCut(Proof proof, Instant at, Instant validUntil) {
      return new Fact(Kind.NO_ZONE_CUT, at, validUntil, proof);
    }

    Kind kind() {
      return kind;
    }

    boolean holdsAt(Instant at) {
      return !at.isBefore(validFrom) && at.isBefore(validUntil);
    }

    @Nullable ZoneKeys keys() {
      return content instanceof ZoneKeys keys ? keys : null;
    }

    Finding.@Nullable Insecure<?> insecure() {
      return content instanceof Finding.Insecure<?> finding ? finding : null;
    }

    /** What proves that there is no zone cut; empty for other facts. */
    Proof proof() {
      return content instanceof Proof proof ? proof : Proof.EMPTY;
    }

    /**
     * Returns when the fact must be forgotten.
     *
     * @return the end of its validity
     */
    public Instant validUntil() {
      return validUntil;
    }
  }

  /**
   * Returns what is known about a name.
   *
   * @param name an absolute domain name
   * @return the fact, or null if nothing is known
   */
  @Nullable Fact recall(Name name);

  /**
   * Keeps a fact, in place of an older one about the same name.
   *
   * @param name an absolute domain name
   * @param fact what was proven
   */
  void remember(Name name, Fact fact);

  /**
   * Returns a memory that forgets at once.
   *
   * @return the empty memory
   */
  static ZoneMemory none() {
    return NoMemory.INSTANCE;
  }
}
