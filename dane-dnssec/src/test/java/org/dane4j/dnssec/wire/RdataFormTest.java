// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Where names stand in RDATA: what is decompressed, and what is lower-cased for a signature. */
class RdataFormTest {

  private static final int A6 = 38;

  /** At offset 0 of every message here. */
  private static final String NAME = "\1N\0";

  private static final String POINTER = "\300\0";

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static @Nullable String expand(String rdata, int type) {
    byte[] message = octets(NAME + rdata + "behind");
    byte[] expanded = RdataLayout.expand(message, NAME.length(), rdata.length(), type);
    return expanded == null ? null : new String(expanded, StandardCharsets.ISO_8859_1);
  }

  private static String canonical(String rdata, int type) {
    return new String(RdataLayout.canonical(octets(rdata), type), StandardCharsets.ISO_8859_1);
  }

  /** Checks a type whose RDATA are fixed octets, names and a rest. */
  private static void assertNames(int type, String before, int names, String rest) {
    String compressed = before + POINTER.repeat(names) + rest;
    String whole = before + NAME.repeat(names) + rest;
    assertThat(expand(compressed, type)).as(Type.string(type)).isEqualTo(whole);
    assertThat(expand(whole, type)).as(Type.string(type)).isEqualTo(whole);
    assertThat(canonical(whole, type))
        .as(Type.string(type))
        .isEqualTo(before + "\1n\0".repeat(names) + rest);
    assertThat(expand(compressed + "x", type)).as("an octet too many").isNull();
    assertThat(expand(whole.substring(0, whole.length() - 1), type)).as("one missing").isNull();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Type.NS,
        Type.MD,
        Type.MF,
        Type.CNAME,
        Type.MB,
        Type.MG,
        Type.MR,
        Type.PTR,
        Type.DNAME
      })
  void typesThatAreAName(int type) {
    assertNames(type, "", 1, "");
  }

  @Test
  void typesWithNamesInside() {
    // RFC 4034 §6.2
    assertNames(Type.SOA, "", 2, "ABCDEFGHIJKLMNOPQRST");
    assertNames(Type.MINFO, "", 2, "");
    assertNames(Type.RP, "", 2, "");
    assertNames(Type.MX, "AB", 1, "");
    assertNames(Type.AFSDB, "AB", 1, "");
    assertNames(Type.RT, "AB", 1, "");
    assertNames(Type.PX, "AB", 2, "");
    assertNames(Type.SRV, "ABCDEF", 1, "");
    assertNames(Type.NAPTR, "ABCD\1A\2BC\0", 1, "");
  }

  @Test
  void characterStringsThatReachTooFar_areNotOfTheType() {
    assertThat(expand("ABCD\1A\2BC\377" + NAME, Type.NAPTR)).isNull();
    assertThat(expand("ABCD\1A\2BC", Type.NAPTR)).isNull();
    assertThat(expand("ABCD", Type.NAPTR)).isNull();
    assertThat(expand("ABC", Type.NAPTR)).isNull();
    assertThat(expand("", Type.MX)).isNull();
  }

  @Test
  void namesThatMustNotBeCompressed_areNot() {
    // RFC 3597 §4, RFC 4034 §3.1.7 and §4.1.1
    String fixed = "ABCDEFGHIJKLMNOPQR";
    assertThat(expand(fixed + NAME + "sig", Type.RRSIG)).isEqualTo(fixed + NAME + "sig");
    assertThat(expand(fixed + POINTER + "sig", Type.RRSIG)).isNull();
    assertThat(expand(NAME + "bits", Type.NSEC)).isEqualTo(NAME + "bits");
    assertThat(expand(POINTER + "bits", Type.NSEC)).isNull();
    assertThat(expand("AB" + NAME, Type.KX)).isEqualTo("AB" + NAME);
    assertThat(expand("AB" + POINTER, Type.KX)).isNull();
  }

  @Test
  void namesThatKeepTheirCase() {
    // RFC 6840 §5.1
    assertThat(canonical(NAME + "bits", Type.NSEC)).isEqualTo(NAME + "bits");
    assertThat(canonical("ABCDEFGHIJKLMNOPQR" + NAME + "S", Type.RRSIG))
        .isEqualTo("ABCDEFGHIJKLMNOPQR" + NAME + "S");
    assertThat(canonical("AB" + NAME, Type.KX)).isEqualTo("AB\1n\0");
    assertThat(canonical("ABCDEFGHIJKLMNOPQR" + NAME + "S", Type.SIG))
        .isEqualTo("ABCDEFGHIJKLMNOPQR\1n\0S");
    assertThat(canonical(NAME + "BITS", Type.NXT)).isEqualTo("\1n\0BITS");
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.TLSA, Type.TXT, Type.DS, Type.DNSKEY, 65_280})
  void otherTypes_areOctets(int type) {
    // RFC 3597 §4
    assertThat(expand("\300\0Anything", type)).isEqualTo("\300\0Anything");
    assertThat(expand("", type)).isEmpty();
    byte[] rdata = octets("ABC");
    assertThat(RdataLayout.canonical(rdata, type)).isSameAs(rdata);
  }

  @Test
  void a6_hasANameBehindAPrefix() {
    // RFC 2874 §3.1: the suffix is as many octets as the bits that the prefix leaves need.
    assertThat(canonical("\100ABCDEFGH\1N\0", A6)).isEqualTo("\100ABCDEFGH\1n\0");
    assertThat(canonical("\101ABCDEFGH\1N\0", A6)).isEqualTo("\101ABCDEFGH\1n\0");
    assertThat(canonical("\110ABCDEFG\1N\0", A6)).isEqualTo("\110ABCDEFG\1n\0");
    assertThat(canonical("\200\1N\0", A6)).isEqualTo("\200\1n\0");
    assertThat(canonical("\1ABCDEFGHIJKLMNOP\1N\0", A6)).isEqualTo("\1ABCDEFGHIJKLMNOP\1n\0");
  }

  @Test
  void a6WithoutAName_isLeftAlone() {
    assertThat(canonical("", A6)).isEmpty();
    assertThat(canonical("\0ABCDEFGHIJKLMNOP", A6)).isEqualTo("\0ABCDEFGHIJKLMNOP");
    assertThat(canonical("\0ABCDEFGHIJKLMNOP\1N\0", A6)).isEqualTo("\0ABCDEFGHIJKLMNOP\1N\0");
    assertThat(canonical("\201\1N\0", A6)).isEqualTo("\201\1N\0");
    assertThat(canonical("\200\1N\0X", A6)).isEqualTo("\200\1N\0X");
    assertThat(canonical("\200\1N", A6)).isEqualTo("\200\1N");
  }
}
