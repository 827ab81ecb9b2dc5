// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/** Evidence and bundles in octets. */
class EvidenceTest {

  private static final Question MX = Question.of("example", Type.MX);

  @Test
  void savedEvidence_givesTheSameVerdictsAndProofs() throws Exception {
    for (Question question : SmallTree.QUESTIONS) {
      Offline offline = Offline.over(SmallTree.TREE);
      ValidationResult seen = offline.ask(question);
      Evidence read = Evidence.read(offline.evidence().toBytes());
      ValidationResult again = SmallTree.VALIDATOR.validate(question, read, Offline.AT);
      assertThat(again.explanation()).isEqualTo(seen.explanation());
      assertThat(again.proof()).hasToString(seen.proof().toString());
      assertThat(again.getClass()).isEqualTo(seen.getClass());
    }
  }

  @Test
  void format_isAsDocumented() {
    Evidence evidence =
        Evidence.builder()
            .failure(Question.of("b.example", Type.A), FetchFailure.TIMEOUT, "x")
            .response(MX, new byte[] {1, 2})
            .build();
    assertThat(HexFormat.of().formatHex(evidence.toBytes()))
        .isEqualTo(
            hex("dane4jEv")
                + "0001"
                + "0002"
                + "07"
                + hex("example")
                + "00"
                + "000f"
                + "01"
                + "0002"
                + "0102"
                + "01"
                + hex("b")
                + "07"
                + hex("example")
                + "00"
                + "0001"
                + "02"
                + "07"
                + hex("TIMEOUT")
                + "0001"
                + hex("x"));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void order_doesNotDependOnTheOrderOfCollecting() {
    Question other = Question.of("a.example", Type.A);
    byte[] message = {3};
    assertThat(Evidence.builder().response(MX, message).response(other, message).build().toBytes())
        .isEqualTo(
            Evidence.builder().response(other, message).response(MX, message).build().toBytes());
  }

  @Test
  void unusableResponse_isKeptAsItCame() throws Exception {
    byte[] message = {1, 2, 3};
    Evidence read = Evidence.read(Evidence.builder().response(MX, message).build().toBytes());
    assertThat(read.about(MX))
        .isEqualTo(
            new Observation.Failed(
                FetchFailure.MALFORMED, "shorter than a DNS header", Octets.of(message)));
  }

  @Test
  void messageLongerThanDnsHas_isAFailure() {
    Evidence evidence = Evidence.builder().response(MX, new byte[0x10000]).build();
    assertThat(evidence.about(MX)).isInstanceOf(Observation.Failed.class);
    assertThat(evidence.toBytes().length).isLessThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                            | octet 0: this is no dane4j evidence
          64616e65346a4578 0001 0000                    | octet 0: this is no dane4j evidence
          64616e65346a4576                              | octet 8: the octets end before the end of the version
          64616e65346a4576 0002 0000                    | octet 8: version 2 of a dane4j evidence is not known, only 1
          64616e65346a4576 0001 1001                    | octet 12: the count of questions is 4097, and 4096 is the maximum
          64616e65346a4576 0001 0001                    | octet 12: the name of a question is no uncompressed domain name
          64616e65346a4576 0001 0001 c00c 0001          | octet 12: the name of a question is no uncompressed domain name
          64616e65346a4576 0001 0001 00 00ff            | octet 15: this is no question: type ANY stands for no RRset
          64616e65346a4576 0001 0001 00 0001 03         | octet 16: observations of kind 3 are not known
          64616e65346a4576 0001 0001 00 0001 01 ffff 00 | octet 18: the octets end before the end of a response
          64616e65346a4576 0001 0001 00 0001 02 01 58   | octet 18: a failure of this kind is not known
          64616e65346a4576 0001 0000 00                 | octet 12: there are 1 octets behind the end
          64616e65346a4576 0001 0002 00 0002 01 0000 00 0001 01 0000 | octet 21: . A stands behind . NS, against the order
          64616e65346a4576 0001 0002 00 0001 01 0000 00 0001 01 0000 | octet 21: . A stands behind . A, against the order
          64616e65346a4576 0001 0001 00 0001 02 07 54494d454f5554 0001 ff | octet 26: a failure's detail is not in UTF-8
          """)
  void malformedOctets_areRefusedWithPlaceAndReason(String octets, String message) {
    assertThatThrownBy(() -> Evidence.read(HexFormat.of().parseHex(octets.replace(" ", ""))))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void tooMuch_isNeitherReadNorWritten() {
    assertThatThrownBy(() -> Evidence.read(new byte[Evidence.MAX_OCTETS + 1]))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("is the maximum");
    assertThatThrownBy(() -> EvidenceBundle.read(new byte[EvidenceBundle.MAX_OCTETS + 1]))
        .isInstanceOf(MalformedEvidenceException.class);
    Evidence.Builder many = Evidence.builder();
    Evidence.Builder large = Evidence.builder();
    for (int i = 0; i <= Evidence.MAX_QUESTIONS; i++) {
      many.failure(Question.of(i + ".example", Type.A), FetchFailure.TIMEOUT, "");
    }
    for (int i = 0; i < 257; i++) {
      large.response(Question.of(i + ".example", Type.A), new byte[0xffff]);
    }
    assertThatIllegalStateException().isThrownBy(() -> many.build().toBytes());
    assertThatIllegalStateException().isThrownBy(() -> large.build().toBytes());
  }

  @Test
  void bundle_keepsEverything() throws Exception {
    Instant at = Instant.parse("2026-05-01T12:00:00.000000001Z");
    Evidence evidence = Evidence.builder().failure(MX, FetchFailure.NETWORK, "gone").build();
    Map<String, Octets> attachments = Map.of("b.0", Octets.ofHex("00ff"), "a", Octets.ofHex(""));
    TrustAnchors anchors =
        TrustAnchors.parse(
            String.join("\n", SmallTree.TREE.trustAnchorKeys())
                + "\n"
                + TrustAnchors.iana().toText());
    EvidenceBundle bundle = new EvidenceBundle(at, anchors, evidence, new TreeMap<>(attachments));
    EvidenceBundle read = EvidenceBundle.read(bundle.toBytes());
    assertThat(read.at()).isEqualTo(at);
    assertThat(read.attachments()).isEqualTo(attachments);
    assertThat(read.anchors().toText())
        .isEqualTo(anchors.toText())
        .contains("DNSKEY 257 3", "DS 20326 8 2");
    assertThat(read.evidence().toBytes()).isEqualTo(evidence.toBytes());
    assertThat(read.toBytes()).isEqualTo(bundle.toBytes());
  }

  @Test
  void bundleWithoutAnchors_hasNone() throws Exception {
    EvidenceBundle bundle =
        new EvidenceBundle(
            Instant.EPOCH, TrustAnchors.none(), Evidence.builder().build(), new TreeMap<>());
    assertThat(EvidenceBundle.read(bundle.toBytes()).anchors().toText()).isEmpty();
  }

  @Test
  void instantThatSignaturesCannotSpeakOf_isRefused() {
    for (Instant at : new Instant[] {Instant.EPOCH.minusNanos(1), Instant.MAX}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new EvidenceBundle(
                      at, TrustAnchors.none(), Evidence.builder().build(), new TreeMap<>()))
          .withMessageContaining("2106-02-07T06:28:15Z");
    }
  }

  @Test
  void attachmentWithoutAProperName_isRefused() {
    for (String name : new String[] {"", "a b", "\u00fc", "x".repeat(256)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new EvidenceBundle(
                      Instant.EPOCH,
                      TrustAnchors.none(),
                      Evidence.builder().build(),
                      new TreeMap<>(Map.of(name, Octets.ofHex("")))))
          .withMessageContaining("printable ASCII");
    }
  }

  @Test
  void defectInsideABundle_isNamedWithItsPlaceInTheWhole() {
    byte[] bundle =
        new EvidenceBundle(
                Instant.EPOCH, TrustAnchors.none(), Evidence.builder().build(), new TreeMap<>())
            .toBytes();
    byte[] changed = bundle.clone();
    int evidence = 8 + 2 + 8 + 4 + 4;
    changed[evidence] ^= 1;
    assertThatThrownBy(() -> EvidenceBundle.read(changed))
        .hasMessage("octet " + evidence + ": this is no dane4j evidence (in the evidence)");
    byte[] longer = Arrays.copyOf(bundle, bundle.length + 1);
    assertThatThrownBy(() -> EvidenceBundle.read(longer)).hasMessageContaining("behind the end");
  }

  @Test
  void anchorText_cannotStandForMoreThanItSays() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes("dane4jEb".getBytes(StandardCharsets.US_ASCII));
    octets.writeBytes(new byte[] {0, 3});
    octets.writeBytes(new byte[8]);
    byte[] text = "$GENERATE 1-2000000000 $. DS 1 8 2 00\n".getBytes(StandardCharsets.US_ASCII);
    octets.writeBytes(new byte[] {0, 0, 0, (byte) text.length});
    octets.writeBytes(text);
    assertThatThrownBy(() -> EvidenceBundle.read(octets.toByteArray()))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("trust anchor");
  }
}
