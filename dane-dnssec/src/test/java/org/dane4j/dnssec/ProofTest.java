// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.dane4j.dnssec.ProofStep.Kind;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What a proof says, part by part. */
class ProofTest {

  private static final String PERIOD =
      "valid \\d{4}-\\d\\d-\\d\\dT\\S+Z to \\d{4}-\\d\\d-\\d\\dT\\S+Z";
  private static final String SIGNED = "signed by %s key \\d+, ECDSAP256SHA256\\(13\\), " + PERIOD;

  private static List<ProofStep> steps(String name, int type) {
    return Offline.over(SmallTree.TREE).ask(name, type).proof().steps();
  }

  private static String text(List<ProofStep> steps, Kind kind, String name) {
    return steps.stream()
        .filter(step -> step.kind() == kind && step.name().toString().equals(name))
        .map(ProofStep::text)
        .findFirst()
        .orElseThrow(() -> new AssertionError(kind + " of " + name + " in " + steps));
  }

  private static String signed(String zone) {
    return SIGNED.formatted(zone.replace(".", "\\."));
  }

  @Test
  void anchor_isNamedWithKeyTagAndAlgorithm() {
    assertThat(text(steps("bank.example", Type.MX), Kind.TRUST_ANCHOR, "."))
        .matches("trusted by configuration: DNSKEY \\d+, ECDSAP256SHA256\\(13\\)");
  }

  @Test
  void keys_areNamedWithTheSignatureOverThem() {
    assertThat(text(steps("bank.example", Type.MX), Kind.ZONE_KEYS, "bank.example."))
        .matches("DNSKEY RRset with key \\d+(, \\d+)*, " + signed("bank.example."));
  }

  @Test
  void delegation_isNamedWithKeyTagAlgorithmDigestAndSignature() {
    assertThat(text(steps("bank.example", Type.MX), Kind.DELEGATION, "bank.example."))
        .matches(
            "DS for key \\d+, ECDSAP256SHA256\\(13\\), digest SHA-256\\(2\\), "
                + signed("example."));
  }

  @Test
  void rrset_isNamedWithItsSignature() {
    assertThat(text(steps("bank.example", Type.MX), Kind.RRSET, "bank.example."))
        .matches("MX, " + signed("bank.example."));
  }

  @Test
  void wildcard_isNamedWithWhatProvesThatItStandsForTheName() {
    List<ProofStep> steps = steps("x.wild.bank.example", Type.TXT);
    assertThat(text(steps, Kind.RRSET, "x.wild.bank.example."))
        .endsWith(", from the wildcard *.wild.bank.example.");
    assertThat(text(steps, Kind.DENIAL, "*.wild.bank.example."))
        .matches(
            "NSEC .*: nothing is at x\\.wild\\.bank\\.example\\., .*; " + signed("bank.example."));
    assertThat(text(steps, Kind.DENIAL, "x.wild.bank.example."))
        .isEqualTo("no name is closer than the wildcard");
  }

  @Test
  void absentName_isDeniedTogetherWithItsWildcard() {
    List<ProofStep> steps = steps("none.bank.example", Type.A);
    String all = steps.toString();
    assertThat(all)
        .contains("nothing is at none.bank.example.", "there is no wildcard *.bank.example.");
    assertThat(text(steps, Kind.DENIAL, "none.bank.example."))
        .isEqualTo("the name does not exist, and no wildcard stands for it");
  }

  @Test
  void absentNameByHashes_hasAProofOfEachPart() {
    assertThat(steps("none.hash.example", Type.A).toString())
        .contains(
            "hash.example. exists",
            "nothing is at none.hash.example.",
            "there is no wildcard *.hash.example.");
  }

  @Test
  void absentData_areDeniedByTheTypesOfTheName() {
    assertThat(text(steps("mx.bank.example", Type.AAAA), Kind.DENIAL, "mx.bank.example."))
        .matches(
            "NSEC \\S+ A RRSIG NSEC: mx\\.bank\\.example\\. has these types only; "
                + signed("bank.example."));
  }

  @Test
  void unsignedDelegation_isDenied() {
    List<ProofStep> steps = steps("x.unsigned.bank.example", Type.A);
    assertThat(text(steps, Kind.DENIAL, "unsigned.bank.example."))
        .contains("NS RRSIG NSEC: unsigned.bank.example. has these types only");
    assertThat(steps.get(steps.size() - 1).text()).isEqualTo("delegated without a DS RRset");
  }

  @Test
  void optOut_isSaidToLeaveOutUnsignedDelegations() {
    assertThat(steps("x.sub.optout.example", Type.A).toString())
        .contains(
            "nothing is at sub.optout.example., unless it is an unsigned delegation (opt-out)");
  }

  @Test
  void everyAlias_isInTheProof() {
    assertThat(text(steps("alias.bank.example", Type.A), Kind.RRSET, "alias.bank.example."))
        .startsWith("CNAME, signed by");
    assertThat(text(steps("x.moved.bank.example", Type.TXT), Kind.RRSET, "moved.bank.example."))
        .startsWith("DNAME, signed by");
  }

  @Test
  void bogusVerdict_namesTheFailureWithItsExtendedError() {
    ValidationResult wrong = Offline.over(SmallTree.TREE).ask("bad.bank.example", Type.A);
    assertThat(wrong.explanation())
        .startsWith(
            "bad.bank.example. A is bogus (the signature is wrong; extended error DNSSEC Bogus(6)): "
                + "the RRSIG of bad.bank.example. A by bank.example. (key tag ");
    assertThat(wrong.proof().steps()).as("nothing proven").isEmpty();
  }

  @Test
  void expiredSignature_hasItsOwnExtendedError() {
    Offline offline = Offline.over(SmallTree.TREE);
    Question question = Question.of("bank.example", Type.MX);
    assertThat(offline.ask(question)).isInstanceOf(ValidationResult.Secure.class);
    ValidationResult later =
        SmallTree.VALIDATOR.validate(
            question, offline.evidence(), Offline.AT.plus(Duration.ofDays(3650)));
    assertThat(later.explanation())
        .contains("the signature has expired; extended error Signature Expired(7)");
  }

  @Test
  void tree_hasALineForEachStep_furtherInForEachZone() {
    Proof proof = Offline.over(SmallTree.TREE).ask("bank.example", Type.MX).proof();
    assertThat(proof.toString().lines()).hasSize(proof.steps().size());
    assertThat(proof.toString()).contains("\n  example. DNSKEY RRset", "\n    bank.example. MX, ");
  }

  @Test
  void registryNumbers_haveTheirNames() {
    assertThat(Registry.algorithm(8)).isEqualTo("RSASHA256(8)");
    assertThat(Registry.algorithm(77)).isEqualTo("unassigned(77)");
    assertThat(Registry.digestType(4)).isEqualTo("SHA-384(4)");
    for (BogusReason reason : BogusReason.values()) {
      assertThat(Registry.extendedError(reason.extendedError())).doesNotContain("unassigned");
    }
  }

  @Test
  void signatureOverTheAnswer_hasItsTimes_andTheZonesTtl() {
    ValidationResult result = Offline.over(SmallTree.TREE).ask("bank.example", Type.MX);
    Name name = ((ValidationResult.Secure) result).answer().name();
    SignaturePeriod period = result.proof().signatureOver(name, Type.MX).orElseThrow();
    assertThat(text(result.proof().steps(), Kind.RRSET, "bank.example."))
        .endsWith("valid " + period.inception() + " to " + period.expiration());
    assertThat(period.originalTtl()).isEqualTo(3600);
    assertThat(result.proof().signatureOver(name, Type.TXT)).isEmpty();
    assertThat(result.proof().signatureOver(Name.root, Type.MX)).isEmpty();
  }
}
