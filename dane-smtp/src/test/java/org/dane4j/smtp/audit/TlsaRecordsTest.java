// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.ISSUER;
import static org.dane4j.smtp.audit.DomainDraft.NEXT;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Whether TLSA records can be used and are wise, and how long a mistake in them lasts. */
class TlsaRecordsTest {

  private static final String TLSA = "_25._tcp.mx.d.test.";
  private static final String MATCHING = TlsaRecord.daneEe(CURRENT.certificate()).toString();

  private static DomainDraft domain(String... records) {
    DomainDraft draft = DomainDraft.withoutHosts();
    HostDraft host = draft.host(HOST).shows(CURRENT);
    for (String record : records) {
      host.tlsa(record);
    }
    return draft;
  }

  private static List<String> remedies(DomainDraft draft, Severity severity) {
    return draft.findings(Check.TLSA_RECORDS).stream()
        .filter(finding -> finding.severity() == severity)
        .map(Finding::remedy)
        .toList();
  }

  @Test
  void pkixUsagesOnly_areAWarningWithTheRecordToPublish() {
    DomainDraft draft = domain("1 1 1 " + MATCHING.substring(6));
    assertThat(remedies(draft, Severity.WARN))
        .anyMatch(remedy -> remedy.contains("IN TLSA " + MATCHING))
        .anyMatch(remedy -> remedy.contains("RFC 7672 §3.1.3"));
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.INSECURE);
    assertThat(draft.sender(SenderProfile.RFC_7672).fate()).isEqualTo(SenderVerdict.Fate.ENCRYPTED);
    assertThat(draft.sender(SenderProfile.EXIM).fate()).isEqualTo(SenderVerdict.Fate.DEFERRED);
    assertThat(draft.sender(SenderProfile.POSTFIX_DANE_ONLY).fate())
        .isEqualTo(SenderVerdict.Fate.DEFERRED);
  }

  @Test
  void recordsOfAnyLength_areReportedAndNoException() {
    Rrset odd =
        new Rrset(
            Dns.name(TLSA),
            Type.TLSA,
            60,
            List.of(
                Octets.ofHex(""),
                Octets.ofHex("03"),
                Octets.ofHex("030101"),
                Octets.ofHex("03010100"),
                Octets.ofHex("ffffff00")));
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT).tlsaLookup(Dns.secure(odd));
    assertThat(remedies(draft, Severity.WARN)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.INSECURE);
  }

  @Test
  void certificateDigest_isAWarningAboutRenewal() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT).tlsa(3, 0, 1, CURRENT.certificate());
    assertThat(remedies(draft, Severity.WARN))
        .singleElement()
        .asString()
        .contains("3 1 1", "keep the key");
  }

  @Test
  void manyRecordsAndWholeKeys_areWarnings() {
    String[] many =
        IntStream.range(0, 13)
            .mapToObj(number -> "3 1 1 " + "%02x".formatted(number).repeat(32))
            .toArray(String[]::new);
    assertThat(domain(many).findings(Check.TLSA_RECORDS))
        .anyMatch(finding -> finding.evidence().contains("13 records"));
    DomainDraft whole = DomainDraft.withoutHosts();
    whole.host(HOST).shows(CURRENT).tlsa(3, 1, 0, CURRENT.certificate());
    assertThat(remedies(whole, Severity.WARN)).singleElement().asString().contains("digest");
  }

  @Test
  void largeResponse_isAWarning() {
    Rrset rrset = Dns.rrset(TLSA, Type.TLSA, MATCHING);
    DomainDraft draft = domain(MATCHING);
    draft.zone(
        new ZoneDraft("d.test")
            .server("ns.d.test", ZoneDraft.octets(ZoneDraft.reply(rrset), 1233))
            .facts());
    assertThat(remedies(draft, Severity.WARN)).singleElement().asString().contains("1232 octets");
  }

  @Test
  void rollover_needsASecondKeyOrACa() {
    assertThat(domain(MATCHING).worst(Check.ROLLOVER).severity()).isEqualTo(Severity.INFO);
    assertThat(domain(MATCHING).worst(Check.ROLLOVER).remedy()).contains("next one", "two TTLs");
    assertThat(DomainDraft.healthy().worst(Check.ROLLOVER).severity()).isEqualTo(Severity.PASS);
    DomainDraft withCa = domain(MATCHING, TlsaRecord.daneTa(ISSUER.certificate()).toString());
    assertThat(withCa.worst(Check.ROLLOVER).severity()).isEqualTo(Severity.PASS);
  }

  @Test
  void twoDigestsOfOneKey_areNoSecondKey() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .tlsa(3, 1, 1, CURRENT.certificate())
        .tlsa(3, 1, 2, CURRENT.certificate());
    assertThat(draft.worst(Check.ROLLOVER).severity()).isEqualTo(Severity.INFO);
  }

  private static DomainDraft withTwoKeysInUse(String... others) {
    DomainDraft draft = DomainDraft.withoutHosts();
    HostDraft host = draft.host(HOST).shows(CURRENT).at(HostDraft.SECOND, NEXT);
    host.tlsa(3, 1, 1, CURRENT.certificate()).tlsa(3, 1, 1, NEXT.certificate());
    for (String record : others) {
      host.tlsa(record);
    }
    return draft;
  }

  @Test
  void twoKeysInUse_areNoCurrentAndNextKey() {
    Finding finding = withTwoKeysInUse().worst(Check.ROLLOVER);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.evidence()).contains("uses each of these keys");
    assertThat(finding.remedy()).contains("None of them is a next key", "two TTLs");
    Finding third = withTwoKeysInUse("3 1 1 " + "00".repeat(32)).worst(Check.ROLLOVER);
    assertThat(third.severity()).isEqualTo(Severity.PASS);
    assertThat(third.evidence()).contains("in use, and of another");
  }

  @Test
  void keysThatWereNotSeen_areNoReadiness() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .tlsa(3, 1, 1, CURRENT.certificate())
        .tlsa(3, 1, 1, NEXT.certificate())
        .look(HostDraft.failed(Cause.CONNECT));
    assertThat(draft.worst(Check.ROLLOVER).severity()).isEqualTo(Severity.INFO);
    assertThat(draft.worst(Check.ROLLOVER).evidence()).contains("none of these keys was seen");
  }

  @Test
  void ttl_isAWarningAboveADay() {
    assertThat(ttl(3600).severity()).isEqualTo(Severity.PASS);
    assertThat(ttl(86_400).severity()).isEqualTo(Severity.INFO);
    assertThat(ttl(86_401).severity()).isEqualTo(Severity.WARN);
    assertThat(ttl(86_401).remedy()).contains("3600");
  }

  private static Finding ttl(long seconds) {
    return withTtl(seconds).worst(Check.TTL);
  }

  private static DomainDraft withTtl(long seconds) {
    Rrset rrset = Dns.rrset(TLSA, Type.TLSA, MATCHING);
    DomainDraft draft = domain(MATCHING);
    draft.zone(
        new ZoneDraft("d.test")
            .server(
                "ns.d.test",
                ZoneDraft.reply(new Rrset(rrset.name(), rrset.type(), seconds, rrset.rdata())))
            .facts());
    return draft;
  }

  @Test
  void settings_sayWhatIsALongTtl() {
    AuditSettings settings = AuditSettings.DEFAULT.withLongTtl(Duration.ofMinutes(10));
    assertThat(AuditReport.of(withTtl(3600).facts(), settings).findings())
        .filteredOn(finding -> finding.check() == Check.TTL)
        .extracting(Finding::severity)
        .containsExactly(Severity.WARN);
  }

  @Test
  void nextKeyInReserve_passes() {
    DomainDraft draft = domain(MATCHING, TlsaRecord.daneEe(NEXT.certificate()).toString());
    assertThat(draft.worst(Check.TLSA_RECORDS).severity()).isEqualTo(Severity.PASS);
  }
}
