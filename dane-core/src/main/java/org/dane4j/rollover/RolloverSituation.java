// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.tlsa.TlsaOwnerName;

/**
 * Where a rollover stands: what is and was published, what the server presents, how slow the zone
 * is.
 *
 * @param owner where the records stand
 * @param publications what was published, the oldest first and the current one last; what was there
 *     before the first is taken to be unknown, and the worst of it assumed
 * @param served what the server presents
 * @param pace how fast the zone is
 * @param unheard the name servers of the zone of which it is not known what they serve
 * @since 0.1
 */
public record RolloverSituation(
    TlsaOwnerName owner,
    List<Publication> publications,
    ServedKeys served,
    ZonePace pace,
    List<String> unheard) {

  /**
   * How fast a zone is.
   *
   * @param propagation how long it takes at most, after a change, until every name server serves it
   * @param signatureLife how long the zone's signatures are valid from when they are made
   */
  public record ZonePace(Duration propagation, Duration signatureLife) {

    /**
     * Checks the times.
     *
     * @param propagation how long it takes until every name server serves a change
     * @param signatureLife how long signatures are valid
     * @throws IllegalArgumentException if one is negative
     */
    public ZonePace {
      if (propagation.isNegative() || signatureLife.isNegative()) {
        throw new IllegalArgumentException("no zone is faster than at once; pass zero or more");
      }
    }
  }

  /**
   * Copies the lists.
   *
   * @param owner where the records stand
   * @param publications what was published
   * @param served what the server presents
   * @param pace how fast the zone is
   * @param unheard the name servers of which it is not known what they serve
   * @throws IllegalArgumentException if there is no publication, or they are not in order
   */
  public RolloverSituation {
    publications = List.copyOf(publications);
    unheard = List.copyOf(unheard);
    if (publications.isEmpty()) {
      throw new IllegalArgumentException(
          "what is published now is missing; pass a publication without records if there are none");
    }
    for (int i = 1; i < publications.size(); i++) {
      if (publications.get(i).since().isBefore(publications.get(i - 1).since())) {
        throw new IllegalArgumentException("publications go from the oldest to the current one");
      }
    }
  }

  /**
   * Makes it of what all name servers were heard to serve.
   *
   * @param owner where the records stand
   * @param publications what was published
   * @param served what the server presents
   * @param pace how fast the zone is
   * @throws IllegalArgumentException if there is no publication, or they are not in order
   */
  public RolloverSituation(
      TlsaOwnerName owner, List<Publication> publications, ServedKeys served, ZonePace pace) {
    this(owner, publications, served, pace, List.of());
  }

  /**
   * Returns the situation with name servers that were not heard.
   *
   * @param servers the servers, and why
   * @return a copy
   */
  public RolloverSituation withUnheard(List<String> servers) {
    return new RolloverSituation(owner, publications, served, pace, servers);
  }

  /**
   * Returns what is published now.
   *
   * @return the last publication
   */
  public Publication current() {
    return publications.get(publications.size() - 1);
  }

  RolloverSituation publishing(Publication next) {
    List<Publication> all = new ArrayList<>(publications);
    all.add(next);
    return new RolloverSituation(owner, all, served, pace, unheard);
  }

  RolloverSituation signedUntil(Instant expiry) {
    List<Publication> all = new ArrayList<>(publications);
    Publication last = all.remove(all.size() - 1);
    all.add(new Publication(last.records(), last.ttl(), last.since(), expiry));
    return new RolloverSituation(owner, all, served, pace, unheard);
  }

  RolloverSituation serving(List<ServerKey> keys, Instant since) {
    return new RolloverSituation(owner, publications, new ServedKeys(keys, since), pace, unheard);
  }
}
