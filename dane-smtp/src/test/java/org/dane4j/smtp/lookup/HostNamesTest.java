// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Which names can be those of hosts (RFC 1123 §2.1). */
class HostNamesTest {

  private static boolean isHostName(String name) throws TextParseException {
    return HostNames.isHostName(Name.fromString(name, Name.root));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.z", "A.Z", "0.a", "9.a", "a-b.x", "a_b.x", "0a.9z", "mx"})
  void lettersDigitsHyphensAndUnderscores_areThoseOfHosts(String name) throws TextParseException {
    assertThat(isHostName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a`b.x", "a{b.x", "a@b.x", "a[b.x", "a/b.x", "a:b.x", "a\\046b.x", "_a.x"})
  void neighborsOfThoseCharacters_areNot(String name) throws TextParseException {
    assertThat(isHostName(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "a.0", "a.9", ".", "1"})
  void addressesAndTheRoot_areNoHosts(String name) throws TextParseException {
    assertThat(isHostName(name)).isFalse();
  }

  @Test
  void nameLeavesRoomForThePrefixOfTlsaRecords() throws TextParseException {
    // RFC 6698 §3: _65535._tcp is 12 octets.
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "b".repeat(49));
    assertThat(isHostName(longest)).isTrue();
    assertThat(isHostName(longest + "b")).isFalse();
  }
}
