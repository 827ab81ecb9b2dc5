// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;

/** What came of looking for a path to one trust anchor. */
sealed interface PathResult {

  /**
   * A path that holds.
   *
   * @param path from the peer's own certificate to the last one
   */
  record Found(List<ChainCertificate> path) implements PathResult {}

  /**
   * There is none.
   *
   * @param mismatch what was in the way of the one that came closest
   */
  record NotFound(Mismatch mismatch) implements PathResult {}
}
