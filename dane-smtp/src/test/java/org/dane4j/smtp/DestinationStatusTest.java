// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Rejected;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.report.CheckReport;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/** What mail gets to hear that finds no host: only what is certain is final. */
class DestinationStatusTest {

  private static Outcome send(Net net, String domain) {
    return net.client()
        .build()
        .deliver(
            Envelope.from("ann@s.test").to("bob@" + domain),
            MailMessage.of("Subject: x\n\nhello\n"))
        .recipients()
        .get(0)
        .outcome();
  }

  @ParameterizedTest
  @CsvSource({"none.test, 5.1.10", "plain.test, 5.1.10", "unknown.test, 5.1.2"})
  void domainThatTakesNoMail_isFinal(String domain, String status) {
    // RFC 7505 §4.2, RFC 3463 §3.2; whether the answer is secure or not
    try (Net net =
        Net.of(
            it ->
                it.zone("none.test", zone -> zone.record("@ MX 0 ."))
                    .zone("plain.test", zone -> zone.unsigned().record("@ MX 0 .")))) {
      assertThat(send(net, domain))
          .isInstanceOfSatisfying(Rejected.class, it -> assertThat(it.status()).isEqualTo(status));
    }
  }

  @Test
  void domainThatNothingIsKnownOf_isNot() {
    // RFC 7672 §2.1.2
    try (Net net =
        Net.of(
            it ->
                it.mailDomain("r.test", "mx.r.test")
                    .zone("r.test", zone -> zone.damage("@", Type.MX, Damage.corruptSignature()))
                    .host("mx.r.test"))) {
      assertThat(send(net, "r.test"))
          .isInstanceOfSatisfying(
              Deferred.class, it -> assertThat(it.status()).isEqualTo("4.7.324"));
    }
  }

  @ParameterizedTest
  @CsvSource({"@ MX 0 ., @ MX 1 .", "@ MX 10 192.0.2.1., @ MX 20 192.0.2.2."})
  void mxRecordsThatNameNoHost_areTheReason_andWhatIsToBeMended(String one, String other) {
    try (Net net = Net.of(it -> it.zone("r.test", zone -> zone.record(one).record(other)))) {
      CheckResult check = net.client().build().check(NextHop.of("r.test"));
      assertThat(CheckReport.of(check).toString().replaceAll("\\s+[│├└─ ]*", " "))
          .contains("no MX record of the domain names a host", "Name hosts in the MX records")
          .doesNotContain("ask again", "Ask again");
    }
  }

  @ParameterizedTest
  @CsvSource({"gone, broken", "broken, gone"})
  void hostWithoutAddressBesideAFailedLookup_isNotFinal(String first, String second) {
    // RFC 5321 §5.1, RFC 7672 §2.1.2
    try (Net net =
        Net.of(
            it ->
                it.zone(
                    "r.test",
                    zone -> hosts(zone, List.of(first, second)).record("broken A 192.0.2.1")))) {
      assertThat(send(net, "r.test")).isInstanceOf(Deferred.class);
    }
  }

  private static ZoneBuilder hosts(ZoneBuilder zone, List<String> names) {
    return zone.record("@ MX 10 " + names.get(0))
        .record("@ MX 20 " + names.get(1))
        .damage("broken", Type.A, Damage.corruptSignature());
  }
}
