// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.dane4j.smtp.lookup.MxHost;

/** The order in which hosts are tried (RFC 5321 §5.1). */
final class HostOrder {

  private HostOrder() {}

  /** Returns the hosts by preference, those of equal preference in random order. */
  static List<MxHost> shuffled(List<MxHost> hosts, RandomGenerator random) {
    List<MxHost> ordered = new ArrayList<>(hosts);
    for (int i = ordered.size(); i > 1; i--) {
      Collections.swap(ordered, i - 1, random.nextInt(i));
    }
    // The sort is stable. RFC 7672 §2.2.1: TLSA records do not change the order.
    ordered.sort(Comparator.comparingInt(MxHost::preference));
    return ordered;
  }
}
