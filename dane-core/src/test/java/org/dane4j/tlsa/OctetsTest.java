// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OctetsTest {

  @Test
  void copiesOnTheWayInAndOut() {
    byte[] array = {1, 2, 3};
    Octets octets = Octets.of(array);
    array[0] = 9;
    octets.toByteArray()[1] = 9;
    assertThat(octets).isEqualTo(Octets.ofHex("010203")).hasToString("010203");
  }
}
