// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.rollover.GeneratedTlsa.Made;
import org.dane4j.rollover.GeneratedTlsa.Refused;
import org.dane4j.rollover.TlsaFinding.Rule;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsaGeneratorTest {

  private final Minted root = CertificateMint.ca("root").mint();
  private final Minted issuer = CertificateMint.ca("issuer").issuedBy(root).mint();
  private final Minted server = CertificateMint.server("mx.example.org").issuedBy(issuer).mint();
  private final ServerKey chain = KeyFiles.chain(server, issuer, root);
  private final TlsaOwnerName owner = TlsaOwnerName.smtp("mx.example.org");
  private final TlsaGenerator generator = TlsaGenerator.of(owner, CertificateMint.NOW);

  private Made made(ServerKey key, String form) {
    return (Made) generator.generate(key, TlsaForm.parse(form));
  }

  private String refusal(ServerKey key, String form) {
    return ((Refused) generator.generate(key, TlsaForm.parse(form))).reason();
  }

  @ParameterizedTest
  @CsvSource({"3 1 1", "3 1 2", "3 1 0", "3 0 1", "3 0 2", "3 0 0", "1 1 1", "1 0 1"})
  void endEntityForms_areOfTheServersOwn(String form) {
    int[] numbers = form.chars().filter(c -> c != ' ').map(c -> c - '0').toArray();
    TlsaRecord expected = server.tlsa(numbers[0], numbers[1], numbers[2]);
    assertThat(made(chain, form).rrset().records()).containsExactly(expected);
    assertThat(made(chain, form).rrset().owner()).isEqualTo(owner);
  }

  @ParameterizedTest
  @CsvSource({"2 1 1", "2 0 1", "2 1 2", "2 0 0", "0 1 1"})
  void trustAnchorForms_areOfTheDirectIssuer_andNeverOfTheRoot(String form) {
    int[] numbers = form.chars().filter(c -> c != ' ').map(c -> c - '0').toArray();
    TlsaRecord expected = issuer.tlsa(numbers[0], numbers[1], numbers[2]);
    assertThat(made(chain, form).rrset().records()).containsExactly(expected);
    assertThat(made(KeyFiles.chain(server, root, issuer), form).rrset().records())
        .containsExactly(expected);
  }

  @Test
  void trustAnchor_isRefused_ifTheServerDoesNotSendIt() {
    assertThat(refusal(KeyFiles.chain(server), "2 1 1"))
        .contains("RFC 7671 §5.2.2", "give the full chain");
    assertThat(refusal(KeyFiles.chain(server, root), "2 1 1")).contains("would not authenticate");
  }

  @Test
  void trustAnchor_isRefused_ifTheCertificateIsForAnotherName_orExpired() {
    Minted wrong = CertificateMint.server("mx.example.net").issuedBy(issuer).mint();
    assertThat(refusal(KeyFiles.chain(wrong, issuer), "2 1 1")).contains("mx.example.net");
    TlsaGenerator later =
        TlsaGenerator.of(owner, CertificateMint.NOT_AFTER.plus(Duration.ofDays(1)));
    assertThat(later.generate(chain, TlsaForm.DANE_TA)).isInstanceOf(Refused.class);
    assertThat(later.generate(chain, TlsaForm.DANE_EE)).isInstanceOf(Made.class);
  }

  @Test
  void keyAlone_givesRecordsOfKeys_andOfNothingElse() {
    ServerKey key = ServerKey.ofPublicKey(chain.subjectPublicKeyInfo());
    assertThat(made(key, "3 1 1").rrset().records()).containsExactly(server.tlsa(3, 1, 1));
    assertThat(refusal(key, "3 0 1")).contains("give the certificate, or publish 3 1 1");
    assertThat(refusal(key, "2 1 1")).contains("give the full chain");
  }

  @Test
  void octetsThatAreNoKey_areRefused() {
    ServerKey junk = ServerKey.ofPublicKey(Octets.ofHex("3000"));
    assertThat(refusal(junk, "3 1 1")).contains("would not authenticate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4 1 1", "3 2 1", "3 1 3", "255 1 1"})
  void unassignedNumbers_areRefused(String form) {
    assertThat(refusal(chain, form)).contains("not assigned");
  }

  @Test
  void severalKeysAndForms_giveAllCombinations() {
    Minted next = CertificateMint.server("mx.example.org").issuedBy(issuer).mint();
    Made made =
        (Made)
            generator.generate(
                List.of(chain, KeyFiles.chain(next, issuer)),
                List.of(TlsaForm.DANE_EE, TlsaForm.DANE_TA));
    assertThat(made.rrset().records())
        .containsExactly(server.tlsa(3, 1, 1), next.tlsa(3, 1, 1), issuer.tlsa(2, 1, 1));
    assertThat(made.findings()).isEmpty();
  }

  @Test
  void nothingToMake_isMisuse() {
    assertThatThrownBy(() -> generator.generate(chain)).hasMessageContaining("TlsaForm.DANE_EE");
    assertThatThrownBy(() -> generator.generate(List.of(), List.of(TlsaForm.DANE_EE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unwiseForms_areMadeWithAFinding() {
    assertThat(made(chain, "3 1 1").findings()).isEmpty();
    assertThat(made(chain, "2 1 1").findings()).isEmpty();
    assertThat(rules("3 0 1")).containsExactly(Rule.CERTIFICATE_SELECTOR);
    assertThat(rules("3 1 2")).containsExactly(Rule.NO_SHA256);
    assertThat(rules("3 1 0")).containsExactly(Rule.FULL);
    assertThat(rules("1 1 1")).containsExactly(Rule.PKIX_USAGE);
    assertThat(rules("2 0 1")).containsExactly(Rule.TRUST_ANCHOR_CERTIFICATE);
  }

  @Test
  void certificateForAnotherName_isAFinding_andAKeyAloneIsNone() {
    Minted wrong = CertificateMint.server("mx.example.net").issuedBy(issuer).mint();
    Made made = made(KeyFiles.chain(wrong, issuer), "3 1 1");
    assertThat(made.rrset().records()).containsExactly(wrong.tlsa(3, 1, 1));
    assertThat(made.findings())
        .extracting(TlsaFinding::rule)
        .containsExactly(Rule.OTHER_NAME_WITH_DANE_EE);
    assertThat(made(ServerKey.ofPublicKey(chain.subjectPublicKeyInfo()), "3 1 1").findings())
        .isEmpty();
  }

  private List<Rule> rules(String form) {
    return made(chain, form).findings().stream().map(TlsaFinding::rule).toList();
  }

  @Test
  void form_isReadInNumbersAndAcronyms() {
    assertThat(TlsaForm.parse("DANE-EE SPKI SHA2-256")).isEqualTo(TlsaForm.DANE_EE);
    assertThat(TlsaForm.DANE_TA).hasToString("2 1 1");
    assertThatThrownBy(() -> TlsaForm.parse("3 1")).hasMessageContaining("like \"3 1 1\"");
    assertThatThrownBy(() -> TlsaForm.parse("3 1 1 ab")).hasMessageContaining("like \"3 1 1\"");
  }
}
