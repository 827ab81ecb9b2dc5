// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Domain names in RDATA: which may be compressed, and which are lower-cased. */
class RdataLayoutTest {

  /** {@code Ab.}, and a pointer to it. */
  private static final String NAME = "02416200";

  private static final String LOWER = "02616200";
  private static final String POINTER = "c000";

  private static String rdata(String form, String name) {
    return form.replace("n", name);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String canonical(String type, String form) {
    return HexFormat.of()
        .formatHex(RdataLayout.canonical(hex(rdata(form, NAME)), Type.value(type)));
  }

  @ParameterizedTest
  @CsvSource({
    "NS, n",
    "MD, n",
    "MF, n",
    "CNAME, n",
    "MB, n",
    "MG, n",
    "MR, n",
    "PTR, n",
    "DNAME, n",
    "SOA, nn0000000100000002000000030000000400000005",
    "MINFO, nn",
    "RP, nn",
    "MX, 000an",
    "AFSDB, 000an",
    "RT, 000an",
    "KX, 000an",
    "PX, 000ann",
    "SRV, 000100020003n",
    "NAPTR, 0001000201410142014cn",
    "SIG, 000108020000000100000002000000030004n4142",
    "NXT, n4142"
  })
  void namesOfOldTypes_areLowerCased(String type, String form) {
    // RFC 4034 §6.2
    assertThat(canonical(type, form)).isEqualTo(rdata(form, LOWER));
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 6840 §5.1 took NSEC out of the list; an RRSIG's signer is lower-cased elsewhere.
    "NSEC, n000140",
    "HINFO, 0141025242",
    "TXT, 0541424344452020",
    "TLSA, 030101414243",
    "DS, 4142080241424344",
    "DNSKEY, 0101030841424344",
    "SVCB, 0001n"
  })
  void otherRdata_stay(String type, String form) {
    assertThat(canonical(type, form)).isEqualTo(rdata(form, NAME));
  }

  @ParameterizedTest
  @CsvSource({"NS, n", "MX, 000an", "SOA, nn0000000100000002000000030000000400000005"})
  void compressedNamesOfOldTypes_areExpanded(String type, String form) {
    // RFC 1035 §4.1.4
    byte[] message = hex(NAME + rdata(form, POINTER));
    assertThat(RdataLayout.expand(message, 4, message.length - 4, Type.value(type)))
        .isEqualTo(hex(rdata(form, NAME)));
  }

  @ParameterizedTest
  @CsvSource({"RRSIG, 000108020000000100000002000000030004n4142", "NSEC, n000140", "KX, 000an"})
  void compressedNamesOfNewTypes_areMalformed(String type, String form) {
    // RFC 4034 §3.1.7, §4.1.1
    byte[] message = hex(NAME + rdata(form, POINTER));
    assertThat(RdataLayout.expand(message, 4, message.length - 4, Type.value(type))).isNull();
    byte[] whole = hex(rdata(form, NAME));
    assertThat(RdataLayout.expand(whole, 0, whole.length, Type.value(type))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MX", "SOA", "SRV", "NAPTR", "PX", "RRSIG"})
  void rdataThatAreTooShort_areMalformed(String type) {
    for (int length = 0; length < 3; length++) {
      assertThat(RdataLayout.expand(new byte[3], 0, length, Type.value(type))).isNull();
    }
  }
}
