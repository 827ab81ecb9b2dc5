// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.List;

/**
 * How the domain was in the beginning: what a rollback leads back to.
 *
 * @param mx its MX records
 * @param signing whether it had DNSSEC
 */
public record Origin(List<MxTarget> mx, Signing signing) {

  /** Copies the list. */
  public Origin {
    mx = List.copyOf(mx);
  }
}
