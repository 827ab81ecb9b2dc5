// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.dns.ZoneKey;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Which signatures count (RFC 4035 §5.3), of keys and of data. */
class SignatureTest {

  private static final String ZONE = "bank.example.";
  private static final String NAME = "m.bank.example.";
  private static final int LABELS = 3;
  private static final int ALGORITHM = 2;
  private static final int KEY_SIGNING = 0x0101;
  private static final int REVOKED = 0x0181;
  private static final int NO_ZONE_KEY = 0x0001;

  private static DnsTree tree(Consumer<ZoneBuilder> bank) {
    return DnsTree.at(Offline.AT)
        .zone(".")
        .zone("example.")
        .zone("other.example.")
        .zone(ZONE, zone -> bank.accept(zone.record("m TXT hello\nm A 192.0.2.1")))
        .build();
  }

  private static final DnsTree TREE = tree(zone -> {});

  private final Staged staged = new Staged(TREE);

  private static RRset text() {
    return TREE.zone(ZONE).honestRrset("m", Type.TXT).orElseThrow();
  }

  private static Verdicts ask(DnsTree tree) {
    return Verdicts.of(Offline.over(tree).ask(NAME, Type.TXT));
  }

  /** Returns the data with a correct signature that has another octet among its fields. */
  private static RRset withField(RRset data, int offset, int value) {
    ZoneKey key = TREE.zone(ZONE).keys().get(0);
    RRset plain = new RRset(data.rrs(false).toArray(Record[]::new));
    byte[] fields =
        key.sign(plain, Offline.AT.minusSeconds(60), Offline.AT.plusSeconds(60))
            .rdataToWireCanonical();
    fields[offset] = (byte) value;
    Record template = Record.newRecord(data.getName(), Type.RRSIG, DClass.IN, 3600, fields);
    plain.addRR(key.sign(plain, (RRSIGRecord) template));
    return plain;
  }

  private static RRset withSignatures(RRset data, List<RRSIGRecord> signatures) {
    RRset rrset = new RRset(data.rrs(false).toArray(Record[]::new));
    signatures.forEach(rrset::addRR);
    return rrset;
  }

  private static RRset over(Duration from, Duration to) {
    return TREE.zone(ZONE).sign(text(), Offline.AT.plus(from), Offline.AT.plus(to));
  }

  private static RRset together(RRset... signed) {
    return withSignatures(
        text(), Arrays.stream(signed).flatMap(rrset -> rrset.sigs().stream()).toList());
  }

  @Test
  void labelsField_isBetweenThoseOfSignerAndOwner() {
    // RFC 4035 §5.3.1; below the signer's it would make a wildcard of another zone.
    staged.to(NAME, Type.TXT).answer(withField(text(), LABELS, 3));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
    for (int labels : new int[] {0, 1, 4, 255}) {
      staged.to(NAME, Type.TXT).answer(withField(text(), LABELS, labels));
      Bogus bogus = (Bogus) staged.ask(NAME, Type.TXT);
      assertThat(bogus.reason()).as("%d labels", labels).isEqualTo(BogusReason.SIGNATURE_WRONG);
    }
  }

  @Test
  void validityPeriod_includesBothEnds() {
    // RFC 4035 §5.3.1
    Duration day = Duration.ofDays(1);
    Duration second = Duration.ofSeconds(1);
    assertPeriod(over(day.negated(), Duration.ZERO), SECURE_DATA);
    assertPeriod(over(Duration.ZERO, day), SECURE_DATA);
    assertPeriod(over(day.negated(), second.negated()), BOGUS);
    assertPeriod(over(second, day), BOGUS);
  }

  private void assertPeriod(RRset answer, Verdicts expected) {
    staged.to(NAME, Type.TXT).answer(answer);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(expected);
  }

  @Test
  void signatureThatEndsBeforeItBegins_isReportedAsSuch() {
    // RFC 8914 §4.26
    staged.to(NAME, Type.TXT).answer(over(Duration.ofDays(1), Duration.ofDays(-1)));
    Bogus bogus = (Bogus) staged.ask(NAME, Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.VALIDITY_EMPTY);
  }

  @Test
  void validSignature_countsBesideExpiredAndWrongOnes() {
    RRset expired = over(Duration.ofDays(-9), Duration.ofDays(-1));
    RRset wrong = Damage.corruptSignature().applyTo(text(), TREE.zone(ZONE)).orElseThrow();
    staged.to(NAME, Type.TXT).answer(together(expired, wrong, text()));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
  }

  @Test
  void signaturesOfUnknownAlgorithms_areAsIfTheyWereNotThere() {
    // RFC 6840 §5.12
    RRset[] many = new RRset[20];
    for (int i = 0; i < many.length; i++) {
      many[i] = withField(text(), ALGORITHM, 200 + i);
    }
    many[many.length - 1] = text();
    staged.to(NAME, Type.TXT).answer(together(many));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
    staged.to(NAME, Type.TXT).answer(many[0]);
    assertThat(staged.verdict(NAME, Type.TXT))
        .as("only a DS RRset makes an unknown algorithm insecure")
        .isEqualTo(BOGUS);
  }

  @Test
  void signatureInAnotherSection_counts() {
    RRset plain = new RRset(text().rrs(false).toArray(Record[]::new));
    RRset signature = new RRset();
    text().sigs().forEach(signature::addRR);
    staged.to(NAME, Type.TXT).answer(plain).authority(signature);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
  }

  @Test
  void lifetime_isBoundedByExpirationAndOriginalTtl() {
    // RFC 4035 §5.3.3
    staged.to(NAME, Type.TXT).answer(over(Duration.ofDays(-1), Duration.ofSeconds(5)));
    Secure secure = (Secure) staged.ask(NAME, Type.TXT);
    assertThat(secure.validUntil()).isEqualTo(Offline.AT.plusSeconds(5));
    RRset stretched = new RRset();
    for (Record record : text().rrs(false)) {
      byte[] rdata = record.rdataToWireCanonical();
      stretched.addRR(Record.newRecord(record.getName(), Type.TXT, DClass.IN, 90_000, rdata));
    }
    RRset answer = withSignatures(stretched, text().sigs());
    staged.to(NAME, Type.TXT).answer(answer);
    Instant asSigned = Offline.AT.plusSeconds(3600);
    assertThat(((Secure) staged.ask(NAME, Type.TXT)).validUntil()).isEqualTo(asSigned);
  }

  @Test
  void keyThatIsRevokedOrNoZoneKey_opensNoZone() {
    // RFC 5011 §2.1, RFC 4034 §2.1.1
    Name zone = Name.fromConstantString(ZONE);
    SigningAlgorithm algorithm = SigningAlgorithm.ECDSAP256SHA256;
    ZoneKey good = ZoneKey.generate(zone, algorithm, KEY_SIGNING);
    assertThat(ask(tree(it -> it.keys(good)))).isEqualTo(SECURE_DATA);
    for (int flags : new int[] {REVOKED, NO_ZONE_KEY}) {
      ZoneKey bad = ZoneKey.generate(zone, algorithm, flags);
      ValidationResult result = Offline.over(tree(it -> it.keys(bad))).ask(NAME, Type.TXT);
      assertThat(((Bogus) result).reason()).isEqualTo(BogusReason.NO_ZONE_KEY);
    }
  }

  @Test
  void keysOfAZone_areSignedByTheZoneItself() {
    // RFC 4035 §5.3.1
    DnsTree tree = tree(zone -> zone.damage("@", Type.DNSKEY, Damage.signedByZone("example.")));
    assertThat(ask(tree)).isEqualTo(BOGUS);
  }

  @Test
  void dsRecords_areSignedByTheZoneAbove() {
    // RFC 4035 §5.2
    for (String signer : List.of(ZONE, "other.example.")) {
      DnsTree tree =
          TREE.changed(
              t ->
                  t.zone(
                      "example.", zone -> zone.damage(ZONE, Type.DS, Damage.signedByZone(signer))));
      assertThat(ask(tree)).as(signer).isEqualTo(BOGUS);
    }
  }

  @Test
  void keyThatOnlyTheKeySetNames_signsDataButOpensNoZone() {
    // RFC 6840 §5.11
    Name zone = Name.fromConstantString(ZONE);
    ZoneKey other = ZoneKey.generate(zone, SigningAlgorithm.ED25519, 0x0100);
    DnsTree tree = tree(it -> it.standbyKey(other).damage("m", Type.TXT, Damage.signedWith(other)));
    assertThat(ask(tree)).isEqualTo(SECURE_DATA);
    DnsTree keysToo =
        tree(it -> it.standbyKey(other).damageAll(Type.ANY, Damage.signedWith(other)));
    assertThat(ask(keysToo)).isEqualTo(BOGUS);
  }

  @Test
  void malformedData_areBogus_andSpoilNothingElse() {
    DnsTree tree = tree(zone -> zone.rawRecord("x", Type.MX, new byte[] {0}));
    Bogus bogus = (Bogus) Offline.over(tree).ask("x.bank.example.", Type.MX);
    assertThat(bogus.reason()).isEqualTo(BogusReason.MALFORMED);
    RRset junk = tree.zone(ZONE).rrset("x", Type.MX).orElseThrow();
    Staged beside = new Staged(tree);
    beside.to(NAME, Type.TXT).answer(junk, tree.zone(ZONE).rrset("m", Type.TXT).orElseThrow());
    assertThat(beside.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
  }

  @Test
  void unrelatedRecords_changeNothing() {
    RRset forged = Staged.unsigned("n.bank.example. TXT forged");
    RRset foreign = Staged.unsigned("www.other.example. A 192.0.2.66");
    staged.to(NAME, Type.TXT).answer(forged, text(), foreign).authority(foreign, forged);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
    staged.to(NAME, Type.TXT).answer(forged, foreign);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void completenessTest_asksForEveryAlgorithmOfTheDsRecords() {
    // RFC 6840 §5.11
    DnsTree both =
        tree(zone -> zone.algorithm(SigningAlgorithm.ED25519, SigningAlgorithm.ECDSAP256SHA256));
    ZoneKey one = both.zone(ZONE).keys().get(0);
    DnsTree half = both.changed(t -> t.zone(ZONE, it -> dropOthers(it, one)));
    ChainValidator strict = complete(Offline.anchors(both));
    assertThat(Verdicts.of(Offline.over(both).with(strict).ask(NAME, Type.TXT)))
        .isEqualTo(SECURE_DATA);
    assertThat(ask(half)).as("one is enough").isEqualTo(SECURE_DATA);
    Bogus bogus = (Bogus) Offline.over(half).with(strict).ask(NAME, Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.ALGORITHM_MISSING);
    assertThat(strict.withLimits(ValidationLimits.defaults()))
        .as("settings keep each other")
        .satisfies(
            it ->
                assertThat(Verdicts.of(Offline.over(half).with(it).ask(NAME, Type.TXT)))
                    .isEqualTo(BOGUS));
  }

  private static ChainValidator complete(TrustAnchors anchors) {
    return ChainValidator.trusting(anchors)
        .withAlgorithms(AlgorithmPolicy.recommended().requiringEveryAlgorithm());
  }

  private static void dropOthers(ZoneBuilder zone, ZoneKey key) {
    zone.damage("m", Type.TXT, Damage.signedWith(key));
  }

  @Test
  void unsignedZone_isNotAskedForSignatures() {
    assertThat(ask(tree(ZoneBuilder::unsigned))).isEqualTo(INSECURE_DATA);
  }

  @Test
  void completenessTest_asksForEveryAlgorithmOfTheAnchorsKeys() {
    // RFC 6840 §5.11
    DnsTree both =
        TREE.changed(
            t ->
                t.zone(
                    ".",
                    zone ->
                        zone.algorithm(
                            SigningAlgorithm.ED25519, SigningAlgorithm.ECDSAP256SHA256)));
    StringBuilder anchors = new StringBuilder();
    both.zone(".").keys().forEach(key -> anchors.append(key.dnskey()).append('\n'));
    ChainValidator strict = complete(TrustAnchors.parse(anchors.toString()));
    assertThat(Verdicts.of(Offline.over(both).with(strict).ask(NAME, Type.TXT)))
        .isEqualTo(SECURE_DATA);
    ZoneKey one = both.zone(".").keys().get(0);
    DnsTree half =
        both.changed(t -> t.zone(".", it -> it.damage("@", Type.DNSKEY, Damage.signedWith(one))));
    Bogus bogus = (Bogus) Offline.over(half).with(strict).ask(NAME, Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.ALGORITHM_MISSING);
  }
}
