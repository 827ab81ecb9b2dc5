// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether it is this machine that cannot reach an address. */
class Ipv6RouteTest {

  @Test
  void ipv4Addresses_areNeverExcusedByAMissingIpv6() {
    // Nobody has a route to class E either.
    assertThat(Ipv6Route.isMissing(Village.inet("240.0.0.1"))).isFalse();
    assertThat(Ipv6Route.isMissing(Village.inet("127.0.0.1"))).isFalse();
  }
}
