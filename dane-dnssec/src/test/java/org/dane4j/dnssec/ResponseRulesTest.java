// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INDETERMINATE;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Which responses are judged, and which of their records count. */
class ResponseRulesTest {

  private static final String ZONE = "bank.example.";
  private static final String NAME = "m.bank.example.";
  private static final Question QUESTION = Question.of(NAME, Type.TXT);
  private static final int UNKNOWN_TYPE = 65280;

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(
              ZONE,
              zone ->
                  zone.record("m TXT one\nm TXT two")
                      .rawRecord("u", UNKNOWN_TYPE, new byte[] {1, 'A', 3, 'B', 'c', 'D', 0}))
          .build();

  private final Staged staged = new Staged(TREE);

  private static RRset text() {
    return TREE.zone(ZONE).honestRrset("m", Type.TXT).orElseThrow();
  }

  /** Judges a response whose octets somebody changed, as all the evidence there is beside keys. */
  private static Verdicts judged(UnaryOperator<byte[]> change) {
    Offline offline = Offline.over(TREE);
    assertThat(Verdicts.of(offline.ask(QUESTION))).isEqualTo(SECURE_DATA);
    byte[] wire = change.apply(TREE.answer(NAME, Type.TXT).toWire());
    Evidence.Builder evidence = Evidence.builder();
    Evidence honest = offline.evidence();
    honest.questions().forEach(question -> evidence.from(honest, question));
    ValidationResult result =
        ChainValidator.trusting(Offline.anchors(TREE))
            .validate(QUESTION, evidence.response(QUESTION, wire).build(), Offline.AT);
    return Verdicts.of(result);
  }

  private static UnaryOperator<byte[]> octet(int at, int value) {
    return wire -> {
      wire[at] = (byte) value;
      return wire;
    };
  }

  @Test
  void responseToAnotherQuestion_isNone() {
    // RFC 5452 §9.1, RFC 9619; the question begins at octet 12, its type is behind 16 more.
    assertThat(judged(wire -> wire)).isEqualTo(SECURE_DATA);
    assertThat(judged(octet(13, 'n'))).as("name").isEqualTo(INDETERMINATE);
    assertThat(judged(octet(12 + 17, Type.A))).as("type").isEqualTo(INDETERMINATE);
    assertThat(judged(octet(12 + 19, DClass.CH))).as("class").isEqualTo(INDETERMINATE);
    assertThat(judged(octet(13, 'M'))).as("case").isEqualTo(SECURE_DATA);
  }

  @Test
  void responseWithoutOneQuestion_isNone() {
    // RFC 9619
    assertThat(judged(octet(5, 0))).isEqualTo(INDETERMINATE);
    assertThat(judged(ResponseRulesTest::withTwoQuestions)).isEqualTo(INDETERMINATE);
  }

  private static byte[] withTwoQuestions(byte[] wire) {
    Message message = TREE.answer(NAME, Type.TXT);
    message.addRecord(message.getQuestion(), Section.QUESTION);
    return message.toWire();
  }

  @Test
  void messageThatIsNoResponse_isNone() {
    // RFC 1035 §4.1.1: QR and OPCODE
    assertThat(judged(octet(2, 0x01))).isEqualTo(INDETERMINATE);
    assertThat(judged(octet(2, 0xa1))).isEqualTo(INDETERMINATE);
  }

  @Test
  void truncatedResponse_isNeverJudged() {
    // RFC 2181 §9, though all of it may be there
    assertThat(judged(octet(2, 0x83))).isEqualTo(INDETERMINATE);
  }

  @ParameterizedTest
  @CsvSource({"1, FORMERR", "2, SERVFAIL", "4, NOTIMP", "5, REFUSED", "6, YXDOMAIN", "9, NOTAUTH"})
  void responseCodeThatIsNoAnswer_isNone_whateverComesWithIt(int rcode, String name) {
    // RFC 7672 §2.1.1: an error is neither bogus nor insecure.
    assertThat(judged(octet(3, 0x80 | rcode))).as(name).isEqualTo(INDETERMINATE);
  }

  @Test
  void recordsOfAnotherClass_areIgnored() {
    Record chaos =
        Record.newRecord(
            Name.fromConstantString(NAME), Type.TXT, DClass.CH, 3600, new byte[] {1, 'x'});
    RRset other = new RRset();
    other.addRR(chaos);
    staged.to(NAME, Type.TXT).answer(other, text());
    Secure secure = (Secure) staged.ask(NAME, Type.TXT);
    assertThat(((Answer.Positive) secure.answer()).rrset().rdata()).hasSize(2);
    staged.to(NAME, Type.TXT).answer(other);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void unequalTtls_countAsTheLeast() {
    // RFC 2181 §5.2
    Record first = text().rrs(false).get(0);
    RRset uneven = new RRset();
    uneven.addRR(
        Record.newRecord(first.getName(), Type.TXT, DClass.IN, 100, first.rdataToWireCanonical()));
    RRset rest = new RRset();
    text().rrs(false).stream().skip(1).forEach(rest::addRR);
    RRset signatures = new RRset();
    text().sigs().forEach(signatures::addRR);
    staged.to(NAME, Type.TXT).answer(rest, uneven, signatures);
    Secure secure = (Secure) staged.ask(NAME, Type.TXT);
    assertThat(secure.validUntil()).isEqualTo(Offline.AT.plusSeconds(100));
  }

  @Test
  void repeatedRecords_countOnce() {
    // RFC 4034 §6.3
    staged.to(NAME, Type.TXT).answer(text(), text());
    Secure secure = (Secure) staged.ask(NAME, Type.TXT);
    assertThat(((Answer.Positive) secure.answer()).rrset().rdata()).hasSize(2);
  }

  @Test
  void typeThatNobodyKnows_isSignedOctetForOctet() {
    // RFC 3597 §7
    String name = "u.bank.example.";
    assertThat(staged.verdict(name, UNKNOWN_TYPE)).isEqualTo(SECURE_DATA);
    RRset honest = TREE.zone(ZONE).honestRrset("u", UNKNOWN_TYPE).orElseThrow();
    RRset lowered = new RRset();
    byte[] rdata = honest.rrs(false).get(0).rdataToWireCanonical();
    for (int i = 0; i < rdata.length; i++) {
      rdata[i] = (byte) Character.toLowerCase((char) rdata[i]);
    }
    lowered.addRR(
        Record.newRecord(Name.fromConstantString(name), UNKNOWN_TYPE, DClass.IN, 3600, rdata));
    honest.sigs().forEach(lowered::addRR);
    staged.to(name, UNKNOWN_TYPE).answer(lowered);
    assertThat(staged.verdict(name, UNKNOWN_TYPE)).isEqualTo(BOGUS);
  }

  @Test
  void ownersCase_doesNotMatter() {
    // RFC 4034 §3.1.8.1
    staged.to(NAME, Type.TXT).answer(Staged.renamed(text(), NAME.toUpperCase(Locale.ROOT)));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
  }

  private static RRset data() {
    return new RRset(text().rrs(false).toArray(Record[]::new));
  }

  /** Returns the signatures of the text, with their RDATA changed. */
  private static RRset signatures(UnaryOperator<byte[]> change) {
    RRset changed = new RRset();
    for (RRSIGRecord signature : text().sigs()) {
      byte[] rdata = change.apply(signature.rdataToWireCanonical());
      changed.addRR(
          (RRSIGRecord) Record.newRecord(signature.getName(), Type.RRSIG, DClass.IN, 3600, rdata));
    }
    return changed;
  }

  @Test
  void signatureThatIsCutShort_isIgnored() {
    int header = 18 + ZONE.length() + 1;
    RRset cut = signatures(rdata -> Arrays.copyOf(rdata, header + 1));
    staged.to(NAME, Type.TXT).answer(data(), cut);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
    staged.to(NAME, Type.TXT).answer(data(), cut, signatures(rdata -> rdata));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
    assertThat(Rrsig.read(new byte[18])).as("without a signer").isNull();
  }

  @Test
  void signatureOfAnotherType_isNotThisOnes() {
    // RFC 4035 §5.3.1: Type Covered
    staged.to(NAME, Type.TXT).answer(data(), signatures(rdata -> octet(1, Type.A).apply(rdata)));
    Bogus bogus = (Bogus) staged.ask(NAME, Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.SIGNATURE_MISSING);
  }

  @Test
  void referral_isNoAnswer_whateverItCarries() {
    // RFC 4035 §5.2: who is delegated to is not what was asked, and nobody signs it.
    RRset ns = Staged.unsigned(ZONE + " NS ns.attacker.test.");
    RRset ds = TREE.zone("example.").honestRrset("bank", Type.DS).orElseThrow();
    RRset glue = Staged.unsigned("ns.attacker.test. A 192.0.2.66");
    staged.to(NAME, Type.TXT).authority(ns, ds, glue);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
    staged.to(ZONE, Type.DS).authority(ns, ds);
    assertThat(staged.verdict(ZONE, Type.DS)).as("not in the answer section").isEqualTo(BOGUS);
    staged.to(NAME, Type.TXT).answer(text()).authority(ns, glue);
    staged.to(ZONE, Type.DS).answer(ds).authority(ns);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
  }
}
