// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that nobody has on the internet. */
class ReservedAddressesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.255.255.255",
        "100.127.0.1",
        "127.0.0.1",
        "169.254.1.1",
        "172.31.0.1",
        "192.168.0.1",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "64:ff9b:1::1",
        "2001:db8::1",
        "fc00::1",
        "2002:a00:1::1",
        "fe80::1",
        "ff02::1"
      })
  void reservedAddress_isLeftAlone_unlessAllowed(String address) {
    assertThat(ReservedAddresses.refused().objection(Village.inet(address))).isPresent();
    assertThat(ReservedAddresses.allowed().objection(Village.inet(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.128.0.1",
        "128.0.0.1",
        "172.32.0.1",
        "192.0.3.1",
        "223.255.255.255",
        "2001:500:2f::f",
        "2a00::1"
      })
  void otherAddress_isNot(String address) {
    assertThat(ReservedAddresses.refused().objection(Village.inet(address))).isEmpty();
  }
}
