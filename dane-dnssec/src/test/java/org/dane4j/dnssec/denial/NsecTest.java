// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** NSEC records, octet by octet. */
class NsecTest {

  /** RFC 4034 §4.3. */
  private static final byte[] RDATA =
      HexFormat.of()
          .parseHex(
              "04686f7374076578616d706c6503636f6d00"
                  + "0006400100000003"
                  + "041b000000000000000000000000000000000000000000000000000020");

  private static final Name OWNER = Name.fromConstantString("alfa.example.com.");
  private static final Name ZONE = Name.fromConstantString("example.com.");

  @Test
  void example_isReadAsTheRfcExplainsIt() {
    Nsec nsec = Objects.requireNonNull(Nsec.read(OWNER, RDATA, ZONE));
    assertThat(nsec.next()).hasToString("host.example.com.");
    assertThat(nsec.types()).hasToString("A MX RRSIG NSEC TYPE1234");
    assertThat(nsec.covers(Name.fromConstantString("beta.example.com."))).isTrue();
    assertThat(nsec.covers(OWNER)).isFalse();
    assertThat(nsec.covers(nsec.next())).isFalse();
    assertThat(nsec.types().denies(Type.AAAA, false)).isTrue();
    assertThat(nsec.types().denies(Type.MX, false)).isFalse();
  }

  @Test
  void rdataThatIsCutOff_isNone() {
    int window0 = 18;
    int window4 = 26;
    for (int length = 0; length < RDATA.length; length++) {
      Nsec nsec = Nsec.read(OWNER, Arrays.copyOf(RDATA, length), ZONE);
      boolean atBorder = length == window0 || length == window4;
      assertThat(nsec != null).as(length + " octets").isEqualTo(atBorder);
    }
  }

  @Test
  void nextNameOutsideOfTheZone_isNone() {
    assertThat(Nsec.read(OWNER, RDATA, Name.fromConstantString("alfa.example.com."))).isNull();
  }
}
