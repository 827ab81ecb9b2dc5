// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.NEXT;

import java.time.Duration;
import java.util.List;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.InsecureReason;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What is wrong in the DNS, and what to do about it. */
class DnsChecksTest {

  private static final String TLSA = "_25._tcp.mx.d.test.";
  private static final Rrset MX = Dns.rrset(DOMAIN, Type.MX, "10 mx.d.test.");

  private static Rrset soa(int serial) {
    return Dns.rrset(
        DOMAIN, Type.SOA, "ns.d.test. hostmaster.d.test. %s 1 1 1 1".formatted(serial));
  }

  private static Finding ofZone(Check check, ZoneDraft zone) {
    return DomainDraft.healthy().zone(zone.facts()).worst(check);
  }

  private static ZoneDraft zone() {
    return new ZoneDraft(DOMAIN);
  }

  private static void isA(Severity severity, Finding finding, String... remedy) {
    assertThat(finding.severity()).as(finding.toString()).isEqualTo(severity);
    List.of(remedy).forEach(part -> assertThat(finding.remedy()).contains(part));
  }

  // Zones

  @Test
  void zoneWithoutDs_isToldTheRecordToPublish() {
    Rrset keys =
        Dns.rrset(
            DOMAIN,
            Type.DNSKEY,
            "257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==");
    InsecureReason reason = InsecureReason.UNSIGNED_DELEGATION;
    DomainDraft draft =
        DomainDraft.healthy()
            .mx(Dns.insecure(reason, DOMAIN, MX))
            .zone(zone().keys(Dns.insecure(reason, DOMAIN, keys)).facts());
    Finding finding =
        draft.findings(Check.SIGNED).stream()
            .filter(it -> it.severity() == Severity.INFO)
            .findFirst()
            .orElseThrow();
    assertThat(finding.remedy()).contains("d.test. IN DS ", " 13 2 ", "If its keys are yours");
  }

  @Test
  void unsignedZone_isNewsAndNoFailure() {
    Finding finding = DomainDraft.healthy().insecureMx().findings(Check.SIGNED).get(0);
    isA(Severity.INFO, finding, "have the zone d.test. signed");
  }

  @Test
  void algorithmsThatValidatorsDoNotKnow_areNamed() {
    DomainDraft draft =
        DomainDraft.healthy().mx(Dns.insecure(InsecureReason.UNSUPPORTED_ALGORITHM, DOMAIN, MX));
    isA(Severity.INFO, draft.findings(Check.SIGNED).get(0), "ECDSA P-256");
    draft.mx(Dns.insecure(InsecureReason.NSEC3_ITERATIONS, DOMAIN, MX));
    isA(Severity.INFO, draft.findings(Check.SIGNED).get(0), "RFC 9276");
  }

  @Test
  void dsOfOtherKeys_isAFailure() {
    isA(
        Severity.FAIL,
        ofZone(Check.SIGNED, zone().keys(Dns.bogus(DOMAIN, Type.DNSKEY, BogusReason.KEY_MISSING))),
        "DS records of the keys that the zone is signed with now");
  }

  @Test
  void sha1_isAWarning() {
    isA(
        Severity.WARN,
        ofZone(Check.SIGNED, zone().keys(Dns.secure(DOMAIN, Type.DNSKEY, "257 3 7 q6up5A=="))),
        "algorithm 13");
    isA(
        Severity.WARN,
        ofZone(
            Check.SIGNED,
            zone()
                .delegation(
                    Dns.secure(
                        DOMAIN, Type.DS, "1 13 1 0000000000000000000000000000000000000000"))),
        "SHA-256 (2)");
  }

  // Signatures

  @Test
  void signatures_failWhenExpiredAndWarnThreeDaysBefore() {
    isA(Severity.PASS, signature(Duration.ofDays(4)));
    isA(Severity.WARN, signature(Duration.ofHours(71)), "See whether the signer runs");
    isA(Severity.FAIL, signature(Duration.ofSeconds(-1)), "Sign the zone again");
  }

  private static Finding signature(Duration life) {
    return ofZone(
        Check.SIGNATURE_LIFE,
        zone().server("ns.d.test", ZoneDraft.reply(MX), ZoneDraft.reply(soa(1), life)));
  }

  @Test
  void signatureThatIsNotValidYet_isAFailure() {
    isA(
        Severity.FAIL,
        ofZone(
            Check.SIGNATURE_LIFE,
            zone()
                .server(
                    "ns.d.test",
                    ZoneDraft.reply(MX, Dns.AT.plusSeconds(60), Dns.AT.plusSeconds(900_000)))),
        "clock");
  }

  @Test
  void settings_sayHowLongSignaturesMustLast() {
    DomainFacts facts =
        DomainDraft.healthy()
            .zone(zone().server("ns.d.test", ZoneDraft.reply(MX, Duration.ofDays(4))).facts())
            .facts();
    AuditSettings settings = AuditSettings.DEFAULT.withSignatureLife(Duration.ofDays(5));
    assertThat(AuditReport.of(facts, settings).findings())
        .filteredOn(finding -> finding.check() == Check.SIGNATURE_LIFE)
        .extracting(Finding::severity)
        .containsExactly(Severity.WARN);
  }

  // Name servers

  @Test
  void serversThatAgree_pass() {
    isA(
        Severity.PASS,
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", ZoneDraft.reply(MX), ZoneDraft.reply(soa(1)))
                .server("ns2.d.test", ZoneDraft.reply(MX), ZoneDraft.reply(soa(1)))));
  }

  @Test
  void serverThatLagsBehind_isNamedWithItsSerial() {
    Finding finding =
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", ZoneDraft.reply(soa(2)))
                .server("ns2.d.test", ZoneDraft.reply(soa(1))));
    isA(Severity.WARN, finding, "transferred");
    assertThat(finding.evidence()).contains("serial 2", "serial 1", "ns2.d.test");
  }

  @Test
  void serverWithOtherRecordsOrWithoutSignatures_isAWarning() {
    Rrset other = Dns.rrset(DOMAIN, Type.MX, "10 other.d.test.");
    isA(
        Severity.WARN,
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", ZoneDraft.reply(MX))
                .server("ns2.d.test", ZoneDraft.reply(other))),
        "serve the same zone");
  }

  @Test
  void oneServerThatDoesNotKnowTlsa_isAWarningAndAllAreAFailure() {
    ServerReply refusal = ZoneDraft.empty(TLSA, Type.TLSA, Rcode.NOTIMP);
    Finding one =
        ofZone(
            Check.NAME_SERVERS,
            zone().server("ns1.d.test", ZoneDraft.reply(MX)).server("ns2.d.test", refusal));
    isA(Severity.WARN, one, "type TLSA", "RFC 3597");
    assertThat(one.subject()).startsWith("ns2.d.test");
    isA(
        Severity.FAIL,
        ofZone(
            Check.NAME_SERVERS,
            zone().server("ns1.d.test", refusal).server("ns2.d.test", refusal)));
  }

  @Test
  void serversWithoutTcpEdnsAuthorityOrAddress_areNamed() {
    Question question = Question.of(DOMAIN, Type.SOA);
    ZoneDraft sound = zone().server("ns1.d.test", ZoneDraft.reply(soa(1)));
    isA(
        Severity.WARN,
        ofZone(
            Check.NAME_SERVERS,
            sound.server("ns2.d.test", ZoneDraft.silence(DOMAIN, Type.SOA, Transport.TCP))),
        "RFC 7766");
    isA(
        Severity.WARN,
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", ZoneDraft.reply(soa(1)))
                .server("ns2.d.test", ZoneDraft.empty(question, Rcode.NOERROR, true, false))),
        "EDNS");
    isA(
        Severity.WARN,
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", ZoneDraft.reply(soa(1)))
                .server("ns2.d.test", ZoneDraft.empty(question, Rcode.NOERROR, false, true))),
        "Load the zone");
    isA(
        Severity.WARN,
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", ZoneDraft.reply(soa(1)))
                .serverWithoutAddress("ns2.d.test")),
        "Give it an address");
  }

  @Test
  void questionThatWasNotAsked_isNoFaultOfTheServer() {
    isA(
        Severity.INFO,
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", ZoneDraft.reply(soa(1)))
                .server(
                    "ns2.d.test",
                    new ServerReply.NotAsked(
                        Question.of(DOMAIN, Type.SOA), Transport.UDP, "no IPv6 here"))));
  }

  @Test
  void serverWithTlsaRecordsOfAFormerKey_isAFailure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, NEXT.certificate()).shows(NEXT);
    Rrset now = Dns.rrset(TLSA, Type.TLSA, TlsaRecord.daneEe(NEXT.certificate()).toString());
    Rrset former = Dns.rrset(TLSA, Type.TLSA, TlsaRecord.daneEe(CURRENT.certificate()).toString());
    draft.zone(
        zone()
            .server("ns1.d.test", ZoneDraft.reply(now))
            .server("ns2.d.test", ZoneDraft.reply(former))
            .facts());
    Finding finding = draft.worst(Check.NAME_SERVERS);
    isA(Severity.FAIL, finding, "wait until all of them have it");
    assertThat(finding.subject()).isEqualTo("ns2.d.test");
  }

  // Denials, addresses, MX records

  @Test
  void denialWithoutProof_isAFailure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .denials(
            Dns.noData("_26._tcp.mx.d.test", Type.TLSA),
            Dns.bogus("_25._tcp.mx.d.test", Type.A, BogusReason.DENIAL_MISSING));
    isA(Severity.FAIL, draft.worst(Check.DENIAL), "below names that have no records themselves");
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.FAIL);
  }

  @Test
  void denialThatTimesOut_isAFailureToo() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT).denials(Dns.timeout("_26._tcp.mx.d.test", Type.TLSA));
    isA(Severity.FAIL, draft.worst(Check.DENIAL), "answer this question");
  }

  @Test
  void addressLookups_failWhenBogusAndAreUnknownWhenSilent() {
    assertThat(address(Dns.bogus(HOST, Type.A, BogusReason.EXPIRED)).severity())
        .isEqualTo(Severity.FAIL);
    assertThat(address(Dns.timeout(HOST, Type.A)).severity()).isEqualTo(Severity.ERROR);
    isA(Severity.FAIL, address(Dns.noData(HOST, Type.A)), "Publish an address");
  }

  private static Finding address(ValidationResult result) {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).addressLookup(result);
    return draft.worst(Check.ADDRESSES);
  }

  @Test
  void tlsaLookupWithoutAnswer_isAFailure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .tlsaLookup(Dns.bogus(TLSA, Type.TLSA, BogusReason.SIGNATURE_MISSING));
    isA(Severity.FAIL, draft.worst(Check.TLSA_LOOKUP), "serve the signed zone");
    DomainDraft silent = DomainDraft.withoutHosts();
    silent.host(HOST).shows(CURRENT).tlsaLookup(Dns.timeout(TLSA, Type.TLSA));
    isA(Severity.FAIL, silent.worst(Check.TLSA_LOOKUP), "answer this question");
  }

  @Test
  void tlsaRecordsInAnUnsignedZone_areAWarning() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .addressLookup(Dns.insecure(HOST, Type.A, HostDraft.FIRST))
        .tlsaLookup(Dns.insecure(TLSA, Type.TLSA, "3 1 1 " + "00".repeat(32)));
    isA(Severity.WARN, draft.worst(Check.TLSA_LOOKUP), "unsigned TLSA records are none");
  }

  @Test
  void aliasOfTlsaRecordsThatAreGone_isAWarning() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT).tlsaLookup(Dns.aliasToNothing(TLSA, "tlsa.p.test"));
    isA(Severity.WARN, draft.worst(Check.TLSA_LOOKUP), "remove the alias");
  }

  @Test
  void recordsAtTheWrongName_areAWarningWithTheRightOne() {
    String[] wrong = {
      "_25._tcp.d.test", "_465._tcp.mx.d.test", "25._tcp.mx.d.test", "_25.tcp.mx.d.test"
    };
    for (String name : wrong) {
      DomainDraft draft = DomainDraft.withoutHosts();
      draft
          .host(HOST)
          .shows(CURRENT)
          .misplaced(Dns.secure(name, Type.TLSA, "3 1 1 " + "00".repeat(32)));
      isA(Severity.WARN, draft.worst(Check.TLSA_PLACE), "_25._tcp.mx.d.test.");
    }
  }

  @Test
  void mxRecordsThatNameNoHost_areNamed() {
    assertThat(mx("10 192.0.2.1.")).contains("Give the host a name");
    assertThat(mx("10 mx.d.test.", "0 .")).contains("Remove the MX record that is \".\"");
    assertThat(mx("10 mx.")).contains("Complete the host's name");
    assertThat(mx("10 mx.d.test.", "20 mx.d.test.")).contains("Keep one of them");
  }

  private static String mx(String... records) {
    return DomainDraft.healthy()
        .mx(Dns.secure(DOMAIN, Type.MX, records))
        .worst(Check.MX_RECORDS)
        .remedy();
  }

  @Test
  void mxRecordThatNamesAnAlias_isAWarning() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .addressLookup(Dns.secureAlias(HOST, "real.d.test", Type.A, HostDraft.FIRST));
    isA(Severity.WARN, draft.worst(Check.MX_RECORDS), "name real.d.test itself");
  }

  @Test
  void privateAddress_isAWarning() {
    for (String address : new String[] {"10.0.0.1", "127.0.0.1", "100.64.0.1", "fd00::1"}) {
      DomainDraft draft = DomainDraft.withoutHosts();
      draft
          .host(HOST)
          .addressLookup(Dns.secure(HOST, address.contains(":") ? Type.AAAA : Type.A, address))
          .at(address, CURRENT);
      isA(Severity.WARN, draft.worst(Check.MX_RECORDS), "public addresses only");
    }
  }

  @Test
  void domainThatTakesNoMail_isNewsAndOneThatDoesNotExistAFailure() {
    List<ValidationResult> mx = List.of(Dns.secure(DOMAIN, Type.MX, "0 ."));
    DomainDraft none =
        DomainDraft.withoutHosts().destination(new Destination.NullMx(DomainDraft.nextHop(), mx));
    assertThat(none.worst(Check.DOMAIN).severity()).isEqualTo(Severity.INFO);
    assertThat(none.report().verdict()).isEqualTo(AuditVerdict.PASS);
    assertThat(none.sender(SenderProfile.RFC_7672).fate()).isEqualTo(SenderVerdict.Fate.REJECTED);
    DomainDraft missing =
        DomainDraft.withoutHosts()
            .destination(new Destination.NoSuchDomain(DomainDraft.nextHop(), List.of()));
    assertThat(missing.worst(Check.DOMAIN).severity()).isEqualTo(Severity.FAIL);
  }
}
