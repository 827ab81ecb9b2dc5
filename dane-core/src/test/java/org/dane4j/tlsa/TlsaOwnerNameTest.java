// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TlsaOwnerNameTest {

  @Test
  void portAndTransportStandBeforeTheHost() {
    assertThat(TlsaOwnerName.smtp("mx.example.org")).hasToString("_25._tcp.mx.example.org.");
    assertThat(new TlsaOwnerName(443, "udp", "www.example.org"))
        .hasToString("_443._udp.www.example.org.");
  }

  @Test
  void caseAndTheLastDotAreNormalized() {
    TlsaOwnerName name = TlsaOwnerName.smtp("MX.Example.ORG.");
    assertThat(name).isEqualTo(TlsaOwnerName.smtp("mx.example.org"));
    assertThat(name.baseDomain()).isEqualTo("mx.example.org");
  }

  @Test
  void namesInUseWithUnderscoresOrManyHyphensAreAccepted() {
    assertThat(TlsaOwnerName.smtp("mx_1.xn--bcher-kva.example").baseDomain())
        .isEqualTo("mx_1.xn--bcher-kva.example");
  }

  @Test
  void aNameOfTheGreatestLengthIsAccepted() {
    String label = "a".repeat(63);
    String name = String.join(".", label, label, label, "a".repeat(52));
    assertThat(TlsaOwnerName.smtp(name).toString()).hasSize(254);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaOwnerName.smtp("a." + name))
        .withMessageContaining("too long");
  }

  @Test
  void nonsenseIsRefusedWithAdvice() {
    refused("bücher.example", "A-labels");
    refused("192.0.2.1", "address");
    refused("[192.0.2.1]", "address");
    refused("2001:db8::1", "address");
    refused("", "mx.example.org");
    refused(".", "mx.example.org");
    refused("mx..example.org", "labels");
    refused("a".repeat(64) + ".example", "labels");
    refused("mx example.org", "labels");
    refused("_25._tcp.mx.example.org", "host name alone");
  }

  @Test
  void portsAndTransportsThatDoNotExistAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsaOwnerName(0, "tcp", "mx.example.org"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsaOwnerName(65536, "tcp", "mx.example.org"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsaOwnerName(25, "_tcp", "mx.example.org"))
        .withMessageContaining("\"_tcp\"");
  }

  private static void refused(String name, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsaOwnerName.smtp(name))
        .withMessageContaining(name)
        .withMessageContaining(advice);
  }
}
