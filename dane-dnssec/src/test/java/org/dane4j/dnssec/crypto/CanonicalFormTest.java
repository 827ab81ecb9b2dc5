// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What is signed, octet by octet (RFC 4034 §3.1.8.1 and §6). */
class CanonicalFormTest {

  /** TXT, algorithm 8, 2 labels, original TTL 0x01020304, key tag 0x1234, signer "Ex.". */
  private static final String PREFIX = "0010" + "08" + "02" + "01020304" + "0000000a" + "00000005";

  private static final Rrsig RRSIG = rrsig(PREFIX + "1234" + "02457800" + "ffff");

  private static Rrsig rrsig(String hex) {
    return Objects.requireNonNull(Rrsig.read(HexFormat.of().parseHex(hex)));
  }

  private static String signed(String owner, int type, String... rdata) {
    List<byte[]> octets = List.of(rdata).stream().map(HexFormat.of()::parseHex).toList();
    SignedRrset rrset =
        new SignedRrset(Name.fromConstantString(owner), type, 7, octets, false, List.of(RRSIG));
    return HexFormat.of().formatHex(CanonicalForm.signedData(rrset, RRSIG));
  }

  private static String record(String ownerHex, String typeHex, String lengthHex, String rdata) {
    return ownerHex + typeHex + "0001" + "01020304" + lengthHex + rdata;
  }

  @Test
  void recordsAreSortedOnceEach_withLowerCaseOwnerAndOriginalTtl() {
    String a = "0161026578" + "00";
    assertThat(signed("A.eX.", Type.TXT, "0181", "01", "0181", "0101", "01"))
        .isEqualTo(
            PREFIX
                + "1234"
                + "02657800"
                + record(a, "0010", "0001", "01")
                + record(a, "0010", "0002", "0101")
                + record(a, "0010", "0002", "0181"));
  }

  @Test
  void namesInRdata_areLowerCase_andCountOnceThen() {
    // RFC 4034 §6.2, §6.3
    assertThat(signed("a.ex.", Type.CNAME, "014200", "016200"))
        .endsWith(record("0161026578" + "00", "0005", "0003", "016200"))
        .hasSize(2 * (22 + 6 + 10 + 3));
  }

  @Test
  void expandedWildcard_isSignedAsTheWildcard() {
    // RFC 4035 §5.3.2: the signature has two labels.
    assertThat(signed("x.y.a.ex.", Type.TXT, "00"))
        .endsWith(record("012a" + "0161026578" + "00", "0010", "0001", "00"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.b.example., 3, a.b.example.",
    "a.b.example., 2, *.b.example.",
    "a.b.example., 1, *.example.",
    "a.b.example., 0, *.",
    "*.b.example., 2, *.b.example.",
    "*.b.example., 1, *.example.",
    "example., 1, example.",
    "., 0, ."
  })
  void signedOwner_isTheWildcardOfSoManyLabels(String owner, int labels, String expected) {
    assertThat(CanonicalForm.signedOwner(Name.fromConstantString(owner), labels))
        .hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({"., 0", "example., 1", "*.example., 1", "*., 0", "a.*.example., 3"})
  void labelCount_leavesOutRootAndLeadingWildcard(String name, int expected) {
    // RFC 4034 §3.1.3
    assertThat(CanonicalForm.labelCount(Name.fromConstantString(name))).isEqualTo(expected);
  }
}
