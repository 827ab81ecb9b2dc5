// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class RrsetTest {

  @ParameterizedTest
  @CsvSource({"TLSA, ''", "TLSA, 0301", "TLSA, 030101", "A, c00002", "MX, 000a", "MX, ''"})
  void recordThatDnsjavaDoesNotTake_isLeftOut_andTheOthersAreThere(String type, String malformed) {
    int number = Type.value(type);
    String good =
        switch (number) {
          case Type.TLSA -> "030101" + "ab".repeat(32);
          case Type.A -> "c0000201";
          default -> "000a00";
        };
    Rrset rrset =
        new Rrset(
            Name.root, number, 60, Arrays.asList(Octets.ofHex(malformed), Octets.ofHex(good)));
    List<Record> records = rrset.records();
    assertThat(records).hasSize(1);
    assertThat(records.get(0).rdataToWireCanonical()).isEqualTo(Octets.ofHex(good).toByteArray());
    assertThat(rrset.rdata()).hasSize(2);
  }
}
