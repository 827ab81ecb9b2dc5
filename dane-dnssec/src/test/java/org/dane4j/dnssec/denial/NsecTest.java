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

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }

  /** A record with the types NS, and more. */
  private static Nsec nsec(String owner, String next, String typesHex) {
    byte[] nextOctets = name(next).toWireCanonical();
    byte[] types = HexFormat.of().parseHex(typesHex);
    byte[] rdata = Arrays.copyOf(nextOctets, nextOctets.length + types.length);
    System.arraycopy(types, 0, rdata, nextOctets.length, types.length);
    return Objects.requireNonNull(Nsec.read(name(owner), rdata, ZONE));
  }

  @Test
  void onlyRecordOfAZone_coversAllNamesButTheApex() {
    // RFC 4034 §4.1.1
    Nsec nsec = nsec("example.com.", "example.com.", "000122");
    assertThat(nsec.covers(name("a.example.com."))).isTrue();
    assertThat(nsec.covers(ZONE)).isFalse();
    byte[] toItself = OWNER.toWireCanonical();
    assertThat(Nsec.read(OWNER, toItself, ZONE)).as("not at the apex").isNull();
  }

  @Test
  void lastRecord_coversWhatComesAfterIt() {
    Nsec nsec = nsec("m.example.com.", "example.com.", "000140");
    assertThat(nsec.covers(name("z.example.com."))).isTrue();
    assertThat(nsec.covers(name("m.example.com."))).isFalse();
    assertThat(nsec.covers(name("a.example.com."))).isFalse();
  }

  @Test
  void delegation_saysNothingOfNamesBelowIt_butOfItself() {
    // RFC 6840 §4.1: NS without SOA
    Nsec cut = nsec("b.example.com.", "c.example.com.", "000120");
    assertThat(cut.isAncestorThatEndsAuthority(name("x.b.example.com."))).isTrue();
    assertThat(cut.isAncestorThatEndsAuthority(name("b.example.com."))).isFalse();
    assertThat(cut.isAncestorThatEndsAuthority(name("bb.example.com."))).isFalse();
    Nsec plain = nsec("b.example.com.", "c.example.com.", "000140");
    assertThat(plain.isAncestorThatEndsAuthority(name("x.b.example.com."))).isFalse();
  }

  @Test
  void closestEncloser_isTheLongestNameThatEitherEndShows() {
    Nsec nsec = nsec("a.b.example.com.", "x.y.example.com.", "000140");
    assertThat(nsec.closestEncloser(name("c.b.example.com."))).hasToString("b.example.com.");
    assertThat(nsec.closestEncloser(name("a.y.example.com."))).hasToString("y.example.com.");
    assertThat(nsec.closestEncloser(name("m.example.com."))).hasToString("example.com.");
  }

  @Test
  void emptyNonTerminal_isAboveTheNextName() {
    Nsec nsec = nsec("a.example.com.", "x.y.example.com.", "000140");
    assertThat(nsec.provesEmptyNonTerminal(name("y.example.com."))).isTrue();
    assertThat(nsec.provesEmptyNonTerminal(name("x.y.example.com."))).isFalse();
    assertThat(nsec.provesEmptyNonTerminal(name("b.example.com."))).isFalse();
  }

  @Test
  void record_isShownAsInAZoneFile() {
    assertThat(nsec("a.example.com.", "b.example.com.", "000140"))
        .hasToString("a.example.com. NSEC b.example.com. A");
  }

  @Test
  void wildcard_isThereAsLongAsItFitsANameOf255Octets() {
    String label = "a".repeat(63);
    Name longest = name(label + "." + label + "." + label + "." + "a".repeat(59) + ".");
    assertThat((int) longest.length()).isEqualTo(253);
    Name wildcard = Objects.requireNonNull(NsecProof.wildcardAt(longest));
    assertThat((int) wildcard.length()).isEqualTo(255);
    Name tooLong = name(label + "." + label + "." + label + "." + "a".repeat(60) + ".");
    assertThat(NsecProof.wildcardAt(tooLong)).isNull();
  }
}
