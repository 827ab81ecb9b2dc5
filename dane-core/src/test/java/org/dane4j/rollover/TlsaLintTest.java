// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.rollover.TlsaFinding.Rule;
import org.dane4j.rollover.TlsaFinding.Severity;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsaLintTest {

  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp("mx.example.org");

  private final Minted root = CertificateMint.ca("root").mint();
  private final Minted issuer = CertificateMint.ca("issuer").issuedBy(root).mint();
  private final Minted server = CertificateMint.server("mx.example.org").issuedBy(issuer).mint();
  private final Minted next = CertificateMint.server("mx.example.org").issuedBy(issuer).mint();

  private static List<Rule> rules(TlsaRecord... records) {
    return rules(TlsaLint.findings(TlsaRrset.of(OWNER, records)));
  }

  private static List<Rule> rules(List<TlsaFinding> findings) {
    return findings.stream().map(TlsaFinding::rule).toList();
  }

  private List<Rule> served(Minted leaf, TlsaRecord... records) {
    return rules(
        TlsaLint.findings(
            TlsaRrset.of(OWNER, records),
            KeyFiles.chain(leaf, issuer).peerChain(),
            ReferenceIdentifiers.of("mx.example.org"),
            CertificateMint.NOW));
  }

  @Test
  void soundRecords_haveNoFinding() {
    assertThat(served(server, server.tlsa(3, 1, 1))).isEmpty();
    assertThat(served(server, server.tlsa(3, 1, 1), issuer.tlsa(2, 1, 1))).isEmpty();
    assertThat(served(server, server.tlsa(3, 1, 1), server.tlsa(3, 1, 2))).isEmpty();
  }

  @Test
  void unusableRecords_areErrors() {
    assertThat(rules(TlsaRecord.parse("3 1 1 abcd"))).containsExactly(Rule.UNUSABLE);
    assertThat(rules(TlsaRecord.parse("0 1 1 " + "ab".repeat(32))))
        .containsExactly(Rule.PKIX_USAGE);
    TlsaRrset malformed =
        TlsaRrset.ofRdata(OWNER, List.of(Octets.ofHex("0301"), server.tlsa(3, 1, 1).toRdata()));
    assertThat(rules(TlsaLint.findings(malformed))).containsExactly(Rule.UNUSABLE);
  }

  @Test
  void digests_mustBeOfTheSameKeys() {
    assertThat(rules(server.tlsa(3, 1, 1), next.tlsa(3, 1, 1), next.tlsa(3, 1, 2)))
        .containsExactly(Rule.DIGESTS_DIFFER);
    assertThat(
            rules(
                server.tlsa(3, 1, 1), next.tlsa(3, 1, 1), server.tlsa(3, 1, 2), next.tlsa(3, 1, 2)))
        .isEmpty();
    assertThat(rules(server.tlsa(3, 1, 2), next.tlsa(3, 1, 2))).containsExactly(Rule.NO_SHA256);
  }

  @Test
  void manyRecords_areTooMany() {
    TlsaRecord[] records =
        IntStream.range(0, 13)
            .mapToObj(i -> TlsaRecord.parse("3 1 1 " + "%02x".formatted(i).repeat(32)))
            .toArray(TlsaRecord[]::new);
    assertThat(rules(records)).containsExactly(Rule.MANY_RECORDS);
    assertThat(rules(Stream.of(records).limit(12).toArray(TlsaRecord[]::new))).isEmpty();
  }

  @Test
  void nextKeysRecord_isAdvice_besideOneThatMatches_andAnErrorAlone() {
    assertThat(served(server, server.tlsa(3, 1, 1), next.tlsa(3, 1, 1)))
        .containsExactly(Rule.MATCHES_NOTHING);
    assertThat(served(server, next.tlsa(3, 1, 1)))
        .containsExactly(Rule.COMBINATION_MATCHES_NOTHING);
    assertThat(served(server, next.tlsa(3, 1, 1), issuer.tlsa(2, 1, 1)))
        .containsExactly(Rule.COMBINATION_MATCHES_NOTHING);
    assertThat(Rule.MATCHES_NOTHING.severity()).isEqualTo(Severity.ADVICE);
    assertThat(Rule.COMBINATION_MATCHES_NOTHING.severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void trustAnchorThatIsNotSent_orIsTheServersOwn_isNamedAsSuch() {
    assertThat(served(server, root.tlsa(2, 1, 1))).containsExactly(Rule.TRUST_ANCHOR_NOT_SENT);
    assertThat(served(server, server.tlsa(2, 1, 1))).containsExactly(Rule.TRUST_ANCHOR_IS_SERVER);
    assertThat(served(server, root.tlsa(2, 1, 1), issuer.tlsa(2, 1, 1)))
        .containsExactly(Rule.MATCHES_NOTHING);
    Minted wrong = CertificateMint.server("mx.example.net").issuedBy(issuer).mint();
    assertThat(served(wrong, issuer.tlsa(2, 1, 1))).containsExactly(Rule.OTHER_NAME);
  }

  @Test
  void certificateForAnotherName_isAWarningWithACasRecord_andOnlyAdviceWithTheKeys() {
    Minted wrong = CertificateMint.server("mx.example.net").issuedBy(issuer).mint();
    assertThat(served(wrong, wrong.tlsa(3, 1, 1), next.tlsa(3, 1, 1), issuer.tlsa(2, 1, 1)))
        .containsExactly(Rule.MATCHES_NOTHING, Rule.OTHER_NAME, Rule.OTHER_NAME_WITH_DANE_EE);
    assertThat(Rule.OTHER_NAME.severity()).isEqualTo(Severity.WARNING);
    assertThat(Rule.OTHER_NAME_WITH_DANE_EE.severity()).isEqualTo(Severity.ADVICE);
    assertThat(
            TlsaLint.findings(
                TlsaRrset.of(OWNER, wrong.tlsa(3, 1, 1)),
                KeyFiles.chain(wrong, issuer).peerChain(),
                ReferenceIdentifiers.of("mx.example.org", "example.net"),
                CertificateMint.NOW))
        .singleElement()
        .asString()
        .contains("not for mx.example.org or example.net", "this server");
  }

  @Test
  void certificateThatIsForOneOfTheNames_isSound() {
    Minted wildcard = CertificateMint.server("*.example.org").issuedBy(issuer).mint();
    assertThat(served(wildcard, wildcard.tlsa(3, 1, 1), issuer.tlsa(2, 1, 1))).isEmpty();
  }

  /** As many as one response holds; each costs a signature. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void keysOfHundredsOfTrustAnchors_areTriedOnceEach() throws NoSuchAlgorithmException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    TlsaRecord[] records =
        IntStream.range(0, 600)
            .mapToObj(it -> Octets.of(keys.generateKeyPair().getPublic().getEncoded()))
            .map(key -> TlsaRecord.parse("2 1 0 " + key.toHex()))
            .toArray(TlsaRecord[]::new);
    assertThat(served(server, records))
        .filteredOn(Rule.TRUST_ANCHOR_NOT_SENT::equals)
        .hasSize(records.length);
  }

  @Test
  void finding_saysWhatIsTheMatter_byWhichRule_andTheRemedy() {
    TlsaFinding finding = TlsaLint.findings(TlsaRrset.of(OWNER, server.tlsa(3, 0, 1))).get(0);
    assertThat(finding.toString())
        .startsWith("3 0 1: it matches until")
        .contains("(RFC 7671 §5.1); publish 3 1 1");
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void everyRule_namesItsSource(Rule rule) {
    assertThat(rule.reference()).matches("RFC \\d{4} §[\\d.]+");
    assertThat(rule.remedy()).isNotBlank().doesNotEndWith(".");
  }
}
