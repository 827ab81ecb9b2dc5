// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.dane4j.smtp.lookup.MxHost;

/** The order in which hosts are tried (RFC 5321 §5.1, RFC 2782). */
final class HostOrder {

  /** RFC 2782: beside other hosts, one without a weight has a very small chance to come first. */
  private static final double NO_WEIGHT = 0.01;

  private HostOrder() {}

  /**
   * Returns the hosts by preference, those of equal preference in random order, by their weights if
   * they have some. Of equal preference, implicit TLS goes before STARTTLS: what is chosen first is
   * the service, and then one of its hosts (RFC 6186 §3.4, RFC 8314 §3).
   */
  static List<MxHost> of(List<MxHost> hosts, RandomGenerator random) {
    // RFC 7672 §2.2.1, RFC 7673 §9.1: TLSA records do not change the order.
    return hosts.stream()
        .map(host -> new Drawn(host, arrival(host.weight(), random)))
        .sorted(ORDER)
        .map(Drawn::host)
        .toList();
  }

  private record Drawn(MxHost host, double arrival) {}

  private static final Comparator<Drawn> ORDER =
      Comparator.<Drawn>comparingInt(it -> it.host.preference())
          .thenComparing(it -> it.host.endpoint().tlsMode(), Comparator.reverseOrder())
          .thenComparingDouble(Drawn::arrival);

  /**
   * Returns when a host arrives in a race in which each is first with a probability in proportion
   * to its weight, then second in proportion among those left, and so on: the arrival times are
   * distributed exponentially.
   */
  private static double arrival(int weight, RandomGenerator random) {
    return -Math.log(1 - random.nextDouble()) / Math.max(weight, NO_WEIGHT);
  }
}
