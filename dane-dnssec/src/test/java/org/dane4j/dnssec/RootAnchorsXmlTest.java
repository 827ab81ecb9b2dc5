// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The root zone's anchors as IANA publishes them (RFC 9718), and files that are not. */
class RootAnchorsXmlTest {

  private static final String GOOD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <TrustAnchor id="1" source="http://data.iana.org/root-anchors/root-anchors.xml">
        <Zone>.</Zone>
        <!-- three keys -->
        <KeyDigest id="Kjqmt7v" validFrom="2010-07-15T00:00:00+00:00" validUntil="2019-01-11T00:00:00+00:00">
          <KeyTag>19036</KeyTag>
          <Algorithm>8</Algorithm>
          <DigestType>2</DigestType>
          <Digest>49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5</Digest>
        </KeyDigest>
        <KeyDigest id="Klajeyz" validFrom="2017-02-02T00:00:00+00:00">
          <KeyTag>20326</KeyTag>
          <Algorithm>8</Algorithm>
          <DigestType>2</DigestType>
          <Digest>e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d</Digest>
          <PublicKey>AwEAAaz/tAm8yTn4</PublicKey>
          <Flags>257</Flags>
        </KeyDigest>
        <KeyDigest id="Kmyv6jo" validFrom="2024-07-18T00:00:00Z">
          <KeyTag> 38696 </KeyTag>
          <Algorithm>8</Algorithm>
          <DigestType>2</DigestType>
          <Digest>683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16</Digest>
        </KeyDigest>
      </TrustAnchor>
      """;

  private static final Instant AT = Instant.parse("2026-05-01T00:00:00Z");

  private static void refuses(String xml, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustAnchors.fromRootAnchorsXml(xml, AT))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void file_hasTheAnchorsThatAreBuiltIn() {
    assertThat(TrustAnchors.fromRootAnchorsXml(GOOD, AT))
        .hasToString(TrustAnchors.iana().toString());
    assertThat(RootAnchorsXml.records(GOOD, AT))
        .isEqualTo(
            """
            . IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
            . IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "2010-07-15T00:00:00Z, DS 19036",
    "2017-02-01T23:59:59Z, DS 19036",
    "2017-02-02T00:00:00Z, DS 19036 DS 20326",
    "2019-01-10T23:59:59Z, DS 19036 DS 20326",
    "2019-01-11T00:00:00Z, DS 20326",
    "2024-07-18T00:00:00Z, DS 20326 DS 38696"
  })
  void anchors_countFromTheirFirstToTheirLastInstant(Instant at, String expected) {
    // RFC 9718 §2.1
    assertThat(TrustAnchors.fromRootAnchorsXml(GOOD, at))
        .hasToString("trust anchors . ( " + expected + " )");
  }

  @Test
  void fileWithoutAValidAnchor_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrustAnchors.fromRootAnchorsXml(GOOD, Instant.parse("2010-07-14T23:59:59Z")))
        .withMessage(
            "none of the root anchors is valid at 2010-07-14T23:59:59Z: take a newer file,"
                + " or check the clock");
  }

  @Test
  void greatestNumbers_areAccepted() {
    String xml =
        GOOD.replace("20326", "65535")
            .replace("<Algorithm>8", "<Algorithm>255")
            .replace("<DigestType>2", "<DigestType>255");
    assertThat(RootAnchorsXml.records(xml, AT)).startsWith(". IN DS 65535 255 255 E06D44B8");
  }

  @Test
  void documentTypesAndEntities_areRefused() {
    String entity = GOOD.replace("<KeyTag>20326<", "<KeyTag>&tag;<");
    refuses(entity, "line 12: ");
    String dtd = "<!DOCTYPE TrustAnchor [<!ENTITY tag \"20326\">]>\n<TrustAnchor id";
    refuses(GOOD.replace("<TrustAnchor id", dtd), "document types and entities are not accepted");
    refuses(entity.replace("<TrustAnchor id", dtd), "document types and entities");
    String external = "<!DOCTYPE TrustAnchor SYSTEM \"file:///nowhere\">\n<TrustAnchor id";
    refuses(GOOD.replace("<TrustAnchor id", external), "document types and entities");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<KeyTag>20326 | <KeyTag>65536 | line 18: KeyTag '65536' is not a number from 0 to 65535",
        "<KeyTag>20326 | <KeyTag>-1 | KeyTag '-1' is not a number",
        "<KeyTag>20326 | <KeyTag>1 2 | KeyTag '1 2' is not a number",
        "<KeyTag>20326</KeyTag> | '' | KeyTag '' is not a number",
        "<Algorithm>8 | <Algorithm>256 | Algorithm '256' is not a number from 0 to 255",
        "<DigestType>2 | <DigestType>x | DigestType 'x' is not a number from 0 to 255",
        "<Digest>49 | <Digest>4 | line 10: Digest",
        "<Digest>49 | <Digest>4x | is not hexadecimal",
        "2017-02-02T00:00:00+00:00 | 2017-02-02 | line 11: validFrom is not a time such as",
        "validFrom | since | line 5: validFrom is not a time",
        "2019-01-11T00:00:00+00:00 | never | validUntil is not a time",
        "<Zone>.</Zone> | <Zone></Zone> | there is no TrustAnchor element with a Zone",
        "<Zone>.</Zone> | <Zones/> | line 3: the element Zones does not belong here",
        "TrustAnchor | Anchors | line 2: the element Anchors does not belong here",
        "</TrustAnchor> | '' | this is not well-formed XML"
      })
  void badFile_isRefusedWithLineAndRemedy(String part, String replacement, String message) {
    refuses(GOOD.replace(part, replacement), message);
    refuses(GOOD.replace(part, replacement), ": take the file as IANA publishes it");
  }

  @Test
  void textOfTheFile_bringsNoLinesIntoMessagesOrRecords() {
    refuses(GOOD.replace("<Digest>49", "<Digest>4\nx"), "Digest '4 x");
    refuses(GOOD.replace("<Digest>49", "<Digest>4&#x9b;2J&#x202e;x"), "Digest '4 2J x");
    refuses(GOOD.replace("<Zone>.<", "<Zone>.\nx. IN DS 1 8 2 ab\n.<"), "is not a name");
    refuses(GOOD.replace("<Zone>.<", "<Zone>. ;<"), "Zone '. ;' is not a name");
  }

  @Test
  void zoneFile_isRefusedWithLineAndRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustAnchors.parse("; comment\n. IN DS 20326 8 2 zz\n"))
        .withMessageContaining("line 2: ")
        .withMessageContaining("write a line such as '. IN DS 20326 8 2 E06D44B8...'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustAnchors.parse("$INCLUDE other.zone"))
        .withMessageContaining("$INCLUDE");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustAnchors.parse("; nothing"))
        .withMessageContaining("give DS or DNSKEY records");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustAnchors.parse(". IN A 192.0.2.1"))
        .withMessageContaining("a trust anchor is a DS or DNSKEY record");
  }

  @Test
  void severalAnchors_standSideBySide_inSeveralZones() {
    TrustAnchors anchors =
        TrustAnchors.parse(
            """
            . IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D
            . 3600 DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16
            sub.example. DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4= ; a key
            """);
    assertThat(anchors.toString())
        .contains(". ( DS 20326 DS 38696 )", "sub.example. ( DNSKEY 3613 )");
  }
}
