// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;
import static org.dane4j.smtp.audit.Judged.isA;
import static org.dane4j.smtp.audit.Judged.ofZone;
import static org.dane4j.smtp.audit.Judged.soa;
import static org.dane4j.smtp.audit.Judged.zone;

import java.time.Duration;
import java.time.Instant;
import org.dane4j.dnssec.Rrset;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/** How long signatures have to last. */
class SignatureLifeTest {

  private static final Rrset MX = Dns.rrset(DOMAIN, Type.MX, "10 mx.d.test.");

  private static final Instant MONTH_AGO = Dns.AT.minus(Duration.ofDays(30));

  @Test
  void signatures_failWhenExpiredAndWarnThreeDaysBefore() {
    isA(Severity.PASS, signature(Duration.ofDays(4)));
    isA(Severity.WARN, signature(Duration.ofHours(71)), "See whether the signer runs");
    isA(Severity.FAIL, signature(Duration.ofSeconds(-1)), "Sign the zone again");
  }

  private static Finding signature(Duration life) {
    return ofZone(
        Check.SIGNATURE_LIFE,
        zone()
            .server(
                "ns.d.test",
                ZoneDraft.reply(MX),
                ZoneDraft.reply(soa(1), MONTH_AGO, Dns.AT.plus(life))));
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
            .zone(
                zone()
                    .server(
                        "ns.d.test",
                        ZoneDraft.reply(MX, MONTH_AGO, Dns.AT.plus(Duration.ofDays(4))))
                    .facts())
            .facts();
    AuditSettings settings = AuditSettings.DEFAULT.withSignatureLife(Duration.ofDays(5));
    assertThat(AuditReport.of(facts, settings).findings())
        .filteredOn(finding -> finding.check() == Check.SIGNATURE_LIFE)
        .extracting(Finding::severity)
        .containsExactly(Severity.WARN);
  }

  @Test
  void expiredSignatureBesideAValidOne_isNoFault() {
    ServerReply.Response good = ZoneDraft.reply(MX);
    RRSIGRecord former = ZoneDraft.reply(MX, Duration.ofDays(-1)).signatures().get(0);
    RRSIGRecord toCome =
        ZoneDraft.reply(MX, Dns.AT.plusSeconds(60), Dns.AT.plusSeconds(900_000))
            .signatures()
            .get(0);
    isA(
        Severity.PASS,
        ofZone(
            Check.SIGNATURE_LIFE,
            zone()
                .server(
                    "ns.d.test",
                    ZoneDraft.signed(good, former, good.signatures().get(0), toCome))));
  }

  @Test
  void expiredSignaturesOfOneServer_areAWarning_andOfAllAFailure() {
    ServerReply expired = ZoneDraft.reply(MX, Duration.ofDays(-1));
    Finding one =
        ofZone(
            Check.SIGNATURE_LIFE,
            zone().server("ns1.d.test", ZoneDraft.reply(MX)).server("ns2.d.test", expired));
    isA(Severity.WARN, one, "transfer to this server");
    assertThat(one.evidence()).contains("ns2.d.test");
    isA(
        Severity.FAIL,
        ofZone(
            Check.SIGNATURE_LIFE,
            zone().server("ns1.d.test", expired).server("ns2.d.test", expired)));
  }

  /** Servers that sign as they answer make signatures that live for a day or two. */
  @Test
  void signaturesThatAreMadeForAShortTime_areNotWarnedOfInTheMiddleOfIt() {
    Instant begin = Dns.AT.minusSeconds(86_400);
    isA(
        Severity.PASS,
        ofZone(
            Check.SIGNATURE_LIFE,
            zone().server("ns.d.test", ZoneDraft.reply(MX, begin, Dns.AT.plusSeconds(90_000)))));
    isA(
        Severity.WARN,
        ofZone(
            Check.SIGNATURE_LIFE,
            zone().server("ns.d.test", ZoneDraft.reply(MX, begin, Dns.AT.plusSeconds(20_000)))));
  }
}
