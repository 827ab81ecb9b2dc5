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

import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What name servers do wrong, and what to do about it. */
class NameServersTest {

  private static final String TLSA = "_25._tcp.mx.d.test.";
  private static final Rrset MX = Dns.rrset(DOMAIN, Type.MX, "10 mx.d.test.");

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
}
