// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TlsaRrsetTest {

  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp("mx.example.org");

  @Test
  void shortRdataIsMalformedAndNotLost() {
    TlsaRrset rrset =
        TlsaRrset.ofRdata(
            OWNER, List.of(Octets.ofHex("0301"), Octets.ofHex("030101ab"), Octets.ofHex("")));
    assertThat(rrset.records()).containsExactly(TlsaRecord.parse("3 1 1 ab"));
    assertThat(rrset.malformed()).containsExactly(Octets.ofHex("0301"), Octets.ofHex(""));
  }

  @Test
  void duplicatesCollapseAndOrderIsKept() {
    TlsaRecord first = TlsaRecord.parse("3 1 1 bb");
    TlsaRecord second = TlsaRecord.parse("2 1 1 aa");
    assertThat(TlsaRrset.of(OWNER, first, second, first).records()).containsExactly(first, second);
  }

  @Test
  void nothingIsNoRrset() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaRrset.ofRdata(OWNER, List.of()))
        .withMessageContaining("_25._tcp.mx.example.org.")
        .withMessageContaining("does not apply");
  }
}
