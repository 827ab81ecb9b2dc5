// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.NEXT;
import static org.dane4j.smtp.audit.Judged.isA;
import static org.dane4j.smtp.audit.Judged.ofZone;
import static org.dane4j.smtp.audit.Judged.soa;
import static org.dane4j.smtp.audit.Judged.zone;
import static org.dane4j.smtp.audit.ServerReply.Transport.UDP;

import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What name servers do wrong, and what to do about it. */
class NameServersTest {

  private static final String TLSA = "_25._tcp.mx.d.test.";
  private static final Rrset MX = Dns.rrset(DOMAIN, Type.MX, "10 mx.d.test.");

  private static Finding found(ZoneDraft zone) {
    return ofZone(Check.NAME_SERVERS, zone);
  }

  /** A zone of which two servers say one thing each. */
  private static ZoneDraft twoServers(ServerReply first, ServerReply second) {
    return zone().server("ns1.d.test", first).server("ns2.d.test", second);
  }

  /** A domain whose key was replaced: records of the new one, and of the former one. */
  private static DomainDraft withNewKey(ZoneDraft zone) {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, NEXT.certificate()).shows(NEXT);
    return draft.zone(zone.facts());
  }

  private static ServerReply.Response tlsa(TestIdentity of) {
    return ZoneDraft.reply(
        Dns.rrset(TLSA, Type.TLSA, TlsaRecord.daneEe(of.certificate()).toString()));
  }

  @Test
  void serversThatAgree_pass() {
    isA(
        Severity.PASS,
        found(
            zone()
                .server("ns1.d.test", ZoneDraft.reply(MX), ZoneDraft.reply(soa(1)))
                .server("ns2.d.test", ZoneDraft.reply(MX), ZoneDraft.reply(soa(1)))));
  }

  @Test
  void serverThatLagsBehind_isNamedWithItsSerial() {
    Finding finding = found(twoServers(ZoneDraft.reply(soa(2)), ZoneDraft.reply(soa(1))));
    isA(Severity.WARN, finding, "transferred");
    assertThat(finding.evidence()).contains("serial 2", "serial 1", "ns2.d.test");
  }

  @Test
  void serverWithOtherRecordsOrWithoutSignatures_isAWarning() {
    Rrset other = Dns.rrset(DOMAIN, Type.MX, "10 other.d.test.");
    isA(
        Severity.WARN,
        found(twoServers(ZoneDraft.reply(MX), ZoneDraft.reply(other))),
        "serve the same zone");
  }

  @Test
  void oneServerThatDoesNotKnowTlsa_isAWarningAndAllAreAFailure() {
    ServerReply refusal = ZoneDraft.empty(TLSA, Type.TLSA, Rcode.NOTIMP);
    Finding one = found(twoServers(ZoneDraft.empty(TLSA, Type.TLSA, Rcode.NOERROR), refusal));
    isA(Severity.WARN, one, "type TLSA", "RFC 3597");
    assertThat(one.subject()).startsWith("ns2.d.test");
    isA(Severity.FAIL, found(twoServers(refusal, refusal)));
  }

  @Test
  void serversWithoutTcpEdnsAuthorityOrAddress_areNamed() {
    Question question = Question.of(DOMAIN, Type.SOA);
    ZoneDraft sound = zone().server("ns1.d.test", ZoneDraft.reply(soa(1)));
    isA(
        Severity.WARN,
        found(sound.server("ns2.d.test", ZoneDraft.silence(DOMAIN, Type.SOA, Transport.TCP))),
        "RFC 7766");
    isA(
        Severity.WARN,
        found(
            twoServers(
                ZoneDraft.reply(soa(1)), ZoneDraft.empty(question, Rcode.NOERROR, true, false))),
        "EDNS");
    isA(
        Severity.WARN,
        found(
            twoServers(
                ZoneDraft.reply(soa(1)), ZoneDraft.empty(question, Rcode.NOERROR, false, true))),
        "Load the zone");
    isA(
        Severity.WARN,
        found(
            zone()
                .server("ns1.d.test", ZoneDraft.reply(soa(1)))
                .serverWithoutAddress("ns2.d.test")),
        "Give it an address");
  }

  @Test
  void questionThatWasNotAsked_isNoFaultOfTheServer() {
    isA(
        Severity.INFO,
        found(
            twoServers(
                ZoneDraft.reply(soa(1)),
                new ServerReply.NotAsked(
                    Question.of(DOMAIN, Type.SOA), Transport.UDP, "no IPv6 here"))));
  }

  @Test
  void serverWithTlsaRecordsOfAFormerKey_isAFailure() {
    DomainDraft draft = withNewKey(twoServers(tlsa(NEXT), tlsa(CURRENT)));
    Finding finding = draft.worst(Check.NAME_SERVERS);
    isA(Severity.FAIL, finding, "wait until all of them have it");
    assertThat(finding.subject()).isEqualTo("ns2.d.test");
  }

  @Test
  void serversOfWhichEachHasAnotherFault_areWarnings_asResolversAskTheOther() {
    ZoneDraft zone =
        zone()
            .server("ns1.d.test", ZoneDraft.reply(MX), ZoneDraft.silence(TLSA, Type.TLSA, UDP))
            .server(
                "ns2.d.test",
                ZoneDraft.silence(DOMAIN, Type.MX, UDP),
                ZoneDraft.empty(TLSA, Type.TLSA, Rcode.NOERROR));
    isA(Severity.WARN, found(zone));
  }

  @Test
  void zoneThatNobodyServesByTcp_isAWarning_asLongAsDatagramsAreWhole() {
    ServerReply noTcp = ZoneDraft.silence(DOMAIN, Type.MX, Transport.TCP);
    ZoneDraft whole =
        zone()
            .server("ns1.d.test", ZoneDraft.reply(MX), noTcp)
            .server("ns2.d.test", ZoneDraft.reply(MX), noTcp);
    isA(Severity.WARN, found(whole), "RFC 7766");
    ServerReply cut = ZoneDraft.truncated(ZoneDraft.reply(MX));
    ZoneDraft truncated = zone().server("ns1.d.test", cut, noTcp).server("ns2.d.test", cut, noTcp);
    isA(Severity.FAIL, found(truncated), "RFC 7766");
  }

  @Test
  void responseThatIsCutOff_isAFailure_whereTcpWasGivenUpAtAnEarlierQuestion() {
    Rrset records = Dns.rrset(TLSA, Type.TLSA, TlsaRecord.daneEe(CURRENT.certificate()).toString());
    ServerReply cut = ZoneDraft.truncated(ZoneDraft.reply(records));
    ServerReply noTcp = ZoneDraft.silence(DOMAIN, Type.SOA, Transport.TCP);
    ServerReply givenUp =
        new ServerReply.NotAsked(cut.question(), Transport.TCP, "the server did not answer before");
    ServerReply serial = ZoneDraft.reply(soa(1));
    Finding finding =
        ofZone(Check.NAME_SERVERS, zone().server("ns1.d.test", serial, cut, noTcp, givenUp));
    isA(Severity.FAIL, finding, "RFC 7766", "fit into a datagram");
    assertThat(finding.evidence()).contains(TLSA, "cut off");
    isA(
        Severity.WARN,
        ofZone(
            Check.NAME_SERVERS,
            zone()
                .server("ns1.d.test", serial, cut, noTcp, givenUp)
                .server("ns2.d.test", serial, ZoneDraft.reply(records))));
    // Where it is this side that did not ask by TCP, nothing is known.
    isA(
        Severity.INFO,
        ofZone(Check.NAME_SERVERS, zone().server("ns1.d.test", serial, cut, givenUp)));
  }

  @Test
  void zoneOfWhichNoServerAnswersHere_isUnknown_ifTheResolverHasItsAnswers() {
    ServerReply silence = ZoneDraft.silence(DOMAIN, Type.SOA, UDP);
    ZoneDraft zone = twoServers(silence, silence);
    DomainDraft draft = DomainDraft.healthy().zone(zone.facts());
    assertThat(draft.findings(Check.NAME_SERVERS))
        .extracting(Finding::severity)
        .containsExactly(Severity.ERROR);
    isA(Severity.ERROR, draft.worst(Check.NAME_SERVERS), "port 53");
    zone.keys(Dns.timeout(DOMAIN, Type.DNSKEY));
    isA(Severity.FAIL, found(zone), "no firewall");
  }

  @Test
  void serversOfAnUnsignedZone_needNoEdnsAndNoDnskey() {
    ServerReply plain = ZoneDraft.empty(Question.of(DOMAIN, Type.MX), Rcode.NOERROR, true, false);
    ServerReply noKeys = ZoneDraft.empty(DOMAIN, Type.DNSKEY, Rcode.NOTIMP);
    ZoneDraft zone =
        zone()
            .keys(Dns.insecureNoData(DOMAIN, Type.DNSKEY))
            .server("ns1.d.test", plain, noKeys)
            .server("ns2.d.test", plain, noKeys);
    isA(Severity.WARN, found(zone), "EDNS");
    ServerReply refused = ZoneDraft.empty(DOMAIN, Type.MX, Rcode.REFUSED);
    ZoneDraft refusing =
        zone()
            .keys(Dns.insecureNoData(DOMAIN, Type.DNSKEY))
            .server("ns1.d.test", refused)
            .server("ns2.d.test", refused);
    isA(Severity.FAIL, found(refusing));
  }

  @Test
  void addressesThatDiffer_areNews_asLoadIsSharedSo_unlessOneIsNotSigned() {
    ServerReply.Response one = ZoneDraft.reply(Dns.rrset(HOST, Type.A, "192.0.2.1"));
    ServerReply.Response other = ZoneDraft.reply(Dns.rrset(HOST, Type.A, "192.0.2.2"));
    isA(Severity.INFO, found(twoServers(one, other)));
    isA(Severity.WARN, found(twoServers(one, ZoneDraft.unsigned(other))));
  }

  @Test
  void addressThatCouldNotBeFoundOut_isNotTakenForNone() {
    Question question = Question.of(DOMAIN, Type.SOA);
    ServerReply unknown =
        new ServerReply.NotAsked(question, UDP, "ns2.d.test. A is indeterminate: no response");
    Finding finding =
        found(
            zone()
                .server("ns1.d.test", ZoneDraft.reply(MX))
                .serverWithoutAddress("ns2.d.test", unknown));
    isA(Severity.WARN, finding);
    assertThat(finding.evidence()).contains("indeterminate").doesNotContain("has no address");
    assertThat(finding.remedy()).doesNotContain("Give it an address");
  }

  @Test
  void formerTlsaRecordsAtOneAddressOfAServer_areNotHiddenByItsOther() {
    ZoneDraft zone = zone().server("ns1.d.test", tlsa(CURRENT)).server("ns1.d.test", tlsa(NEXT));
    isA(
        Severity.FAIL,
        withNewKey(zone).worst(Check.NAME_SERVERS),
        "wait until all of them have it");
  }

  @Test
  void formerTlsaRecordsAtTheEndOfAnAlias_areAFailure() {
    String shared = "tlsa.provider.test";
    String now = TlsaRecord.daneEe(NEXT.certificate()).toString();
    String former = TlsaRecord.daneEe(CURRENT.certificate()).toString();
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsaLookup(Dns.secureAlias(TLSA, shared, Type.TLSA, now)).shows(NEXT);
    draft.zone(
        new ZoneDraft("provider.test")
            .server("ns1.provider.test", ZoneDraft.reply(Dns.rrset(shared, Type.TLSA, now)))
            .server("ns2.provider.test", ZoneDraft.reply(Dns.rrset(shared, Type.TLSA, former)))
            .facts());
    Finding finding = draft.worst(Check.NAME_SERVERS);
    isA(Severity.FAIL, finding, "wait until all of them have it");
    assertThat(finding.subject()).isEqualTo("ns2.provider.test");
  }

  @Test
  void formerTlsaRecordsOfALameServer_areNoFailure_asNoResolverTakesThem() {
    ZoneDraft zone = twoServers(tlsa(NEXT), ZoneDraft.lame(tlsa(CURRENT)));
    isA(Severity.WARN, withNewKey(zone).worst(Check.NAME_SERVERS));
  }
}
