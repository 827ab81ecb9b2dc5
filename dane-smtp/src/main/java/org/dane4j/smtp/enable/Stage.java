// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.List;
import java.util.Locale;

/** The stages of switching DANE on, and of switching it off again, in their order. */
public enum Stage {
  /** The domain takes mail, and its name servers say the same. */
  REQUIREMENTS(Direction.FORTH, "the domain is fit to begin"),
  /** The MX records have a short TTL, and no resolver holds them with a longer one. */
  TTL_LOWERED(Direction.FORTH, "the MX records have a short TTL everywhere"),
  /** The domain's zone is signed, and its parent says so. */
  ZONE_SIGNED(Direction.FORTH, "the zone is signed, and the parent has its DS records"),
  /** The new host stands beside the old ones, less preferred. */
  NEW_HOST_ADDED(Direction.FORTH, "the new host stands beside the old ones"),
  /** The new host is in a signed zone and offers TLS at each address. */
  NEW_HOST_VERIFIED(Direction.FORTH, "the new host is signed and offers TLS"),
  /** The new host is preferred. */
  NEW_HOST_PREFERRED(Direction.FORTH, "the new host is preferred"),
  /** No resolver holds MX records that prefer an old host. */
  OLD_HOST_IDLE(Direction.FORTH, "nobody prefers the old host any more"),
  /** The old hosts are gone from the MX records, and from all caches. */
  OLD_HOST_REMOVED(Direction.FORTH, "the old host is gone from the MX records everywhere"),
  /** All that senders look up is secure. */
  DNSSEC_VERIFIED(Direction.FORTH, "all that senders look up is secure"),
  /** Each host offers TLS at each address. */
  TLS_VERIFIED(Direction.FORTH, "TLS works at each address of each host"),
  /** Each host has TLSA records on each name server, and they match at each address. */
  TLSA_PUBLISHED(Direction.FORTH, "the TLSA records are published and match"),
  /** No resolver holds anything older than them. */
  TLSA_KNOWN(Direction.FORTH, "no resolver holds anything older than the TLSA records"),
  /** The MX records have a long TTL again. */
  TTL_RAISED(Direction.FORTH, "the MX records have a long TTL again"),
  /** DANE is on. */
  DONE(Direction.FORTH, "DANE is on"),
  /** The TLSA records are gone. */
  TLSA_REMOVED(Direction.BACK, "the TLSA records are taken away"),
  /** No resolver holds them. */
  TLSA_FORGOTTEN(Direction.BACK, "no resolver holds the TLSA records"),
  /** The old hosts stand beside the new one, less preferred. */
  OLD_HOST_ADDED(Direction.BACK, "the old host stands beside the new one"),
  /** The old hosts take mail. */
  OLD_HOST_VERIFIED(Direction.BACK, "the old host takes mail"),
  /** The old hosts are preferred. */
  OLD_HOST_PREFERRED(Direction.BACK, "the old host is preferred"),
  /** No resolver holds MX records that prefer the new host. */
  NEW_HOST_IDLE(Direction.BACK, "nobody prefers the new host any more"),
  /** The new host is gone from the MX records, and from all caches. */
  NEW_HOST_REMOVED(Direction.BACK, "the new host is gone from the MX records everywhere"),
  /** The parent has no DS records. */
  DS_REMOVED(Direction.BACK, "the parent has no DS records any more"),
  /** No resolver holds them. */
  DS_FORGOTTEN(Direction.BACK, "no resolver holds the DS records"),
  /** The zone is not signed. */
  UNSIGNED(Direction.BACK, "the zone is not signed any more"),
  /** Everything is as it was. */
  ROLLED_BACK(Direction.BACK, "everything is as it was");

  /** Which way a stage belongs to. */
  public enum Direction {
    /** Switching DANE on. */
    FORTH,
    /** Switching it off. */
    BACK
  }

  private final Direction direction;
  private final String goal;

  Stage(Direction direction, String goal) {
    this.direction = direction;
    this.goal = goal;
  }

  /**
   * Returns the way that the stage belongs to.
   *
   * @return the direction
   */
  public Direction direction() {
    return direction;
  }

  /**
   * Returns what is true when the stage is behind.
   *
   * @return a clause in lower case
   */
  public String goal() {
    return goal;
  }

  /** Returns the name in lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the next stage; a last one is its own. */
  Stage next() {
    List<Stage> all = List.of(values());
    return this == DONE || this == ROLLED_BACK ? this : all.get(all.indexOf(this) + 1);
  }

  /** Whether this stage comes before another one on the same way. */
  boolean isBefore(Stage other) {
    return direction == other.direction && compareTo(other) < 0;
  }
}
