// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Instant;
import java.util.List;

/**
 * What the mail server presents in TLS handshakes.
 *
 * @param keys what was seen at its addresses; several while a new one is being deployed, or if it
 *     has keys of several kinds
 * @param since from when exactly these were seen, and no others
 * @param unseen the addresses, or offers to them, that showed nothing: they may have any key
 * @since 0.1
 */
public record ServedKeys(List<ServerKey> keys, Instant since, List<String> unseen) {

  /**
   * Copies the lists.
   *
   * @param keys at least one
   * @param since from when exactly these were seen
   * @param unseen what showed nothing
   * @throws IllegalArgumentException if there is none
   */
  public ServedKeys {
    keys = List.copyOf(keys);
    unseen = List.copyOf(unseen);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "a rollover begins with the key that the server presents; pass what a handshake showed");
    }
  }

  /**
   * Makes it of keys that were seen at all addresses.
   *
   * @param keys at least one
   * @param since from when exactly these were seen
   * @throws IllegalArgumentException if there is none
   */
  public ServedKeys(List<ServerKey> keys, Instant since) {
    this(keys, since, List.of());
  }
}
