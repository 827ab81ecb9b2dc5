// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Which questions go out beside the first, so that a lookup takes few rounds. */
class ForesightTest {

  private static final TrustAnchors ROOT =
      Offline.anchors(DnsTree.at(Offline.AT).zone(".").build());

  private static Set<Question> beside(String name, int type) {
    return Foresight.of(Question.of(name, type), ROOT, NoMemory.INSTANCE, Offline.AT);
  }

  private static List<Question> keysOf(String... zones) {
    List<Question> questions = new ArrayList<>(List.of(Question.of(".", Type.DNSKEY)));
    for (String zone : zones) {
      questions.add(Question.of(zone, Type.DS));
      questions.add(Question.of(zone, Type.DNSKEY));
    }
    return questions;
  }

  @Test
  void tlsaRecords_needTheKeysOfTheDomain_notOfTheHost() {
    // RFC 8552: hardly a zone begins at an underscored name.
    assertThat(beside("_25._tcp.mx.bank.example.", Type.TLSA))
        .containsExactlyElementsOf(keysOf("example.", "bank.example."));
    assertThat(beside("_25._tcp.bank.example.", Type.TLSA))
        .containsExactlyElementsOf(keysOf("example.", "bank.example."));
    assertThat(beside("_dmarc.bank.example.", Type.TXT))
        .containsExactlyElementsOf(keysOf("example.", "bank.example."));
    assertThat(beside("_tcp.", Type.TXT)).containsExactlyElementsOf(keysOf());
  }

  @Test
  void addresses_areInTheZoneOfTheDomain() {
    for (int type : new int[] {Type.A, Type.AAAA}) {
      assertThat(beside("mx.bank.example.", type))
          .containsExactlyElementsOf(keysOf("example.", "bank.example."));
      assertThat(beside("bank.example.", type))
          .containsExactlyElementsOf(keysOf("example.", "bank.example."));
    }
    assertThat(beside("a.mx.bank.example.", Type.A))
        .containsExactlyElementsOf(keysOf("example.", "bank.example.", "mx.bank.example."));
  }

  @Test
  void otherRecords_areOfZonesWithThatName() {
    assertThat(beside("mail.bank.example.", Type.MX))
        .containsExactlyElementsOf(keysOf("example.", "bank.example.", "mail.bank.example."));
    assertThat(beside(".", Type.NS)).containsExactlyElementsOf(keysOf());
  }

  @Test
  void whatIsAskedItself_isNotAskedTwice() {
    assertThat(beside("example.", Type.DS))
        .containsExactly(Question.of(".", Type.DNSKEY), Question.of("example.", Type.DNSKEY));
  }

  @Test
  void nothingIsAsked_aboveTheTrustAnchorOrWithoutOne() {
    DnsTree island = DnsTree.at(Offline.AT).zone("bank.example.").build();
    TrustAnchors anchors =
        TrustAnchors.parse(island.zone("bank.example.").keys().get(0).dnskey().toString());
    assertThat(
            Foresight.of(
                Question.of("mx.bank.example.", Type.A), anchors, NoMemory.INSTANCE, Offline.AT))
        .containsExactly(Question.of("bank.example.", Type.DNSKEY));
    assertThat(
            Foresight.of(
                Question.of("mx.shop.example.", Type.A), anchors, NoMemory.INSTANCE, Offline.AT))
        .isEmpty();
  }
}
