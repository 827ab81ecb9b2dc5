// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.InsecureMxPolicy;
import org.dane4j.smtp.report.CheckReport;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.scenario.HostBuilder;
import org.junit.jupiter.api.Test;

/** RFC 7672 §2.2.1: hosts that insecure MX records name, where their TLSA records count. */
class InsecureMxTest {

  private static final Envelope TO_BOB = Envelope.from("ann@s.test").to("bob@plain.test");
  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");

  private static Net net(Consumer<HostBuilder> host) {
    return Net.of(
        it ->
            it.zone("plain.test", ZoneBuilder::unsigned)
                .mailDomain("plain.test", "mx.r.test")
                .zone("r.test", zone -> zone.record("mx CNAME real"))
                .host("real.r.test", host));
  }

  private static SmtpClient client(Net net, InsecureMxPolicy insecure) {
    return net.client().policy(DanePolicy.opportunistic().withInsecureMx(insecure)).build();
  }

  private static Outcome send(Net net, InsecureMxPolicy insecure) {
    return client(net, insecure).deliver(TO_BOB, HELLO).recipients().get(0).outcome();
  }

  @Test
  void authenticatedHost_isNotPresentedAsSecureDelivery() {
    try (Net net = net(host -> host.tlsa(3, 1, 1))) {
      assertThat(send(net, InsecureMxPolicy.DANE))
          .isInstanceOfSatisfying(
              Delivered.class,
              delivered -> {
                assertThat(delivered.security()).isEqualTo(ChannelSecurity.DANE_HOST);
                // Tampering is evident from the name that the MX record has.
                assertThat(delivered.host()).isEqualTo("mx.r.test");
              });
      CheckResult check = client(net, InsecureMxPolicy.DANE).check(NextHop.of("plain.test"));
      assertThat(check.verdict()).isEqualTo(Verdict.DANE_HOST_VERIFIED);
      assertThat(check.attempts().get(0).result().explanation()).contains("insecure MX records");
    }
  }

  @Test
  void sameHostBehindASecureMx_isPresentedAsSecureDelivery() {
    try (Net net =
        Net.of(
            it ->
                it.zone("plain.test", ZoneBuilder::unsigned)
                    .mailDomain("plain.test", "mx.r.test")
                    .mailDomain("r.test", "mx.r.test")
                    .host("mx.r.test", host -> host.tlsa(3, 1, 1)))) {
      Envelope both = TO_BOB.to("eve@r.test");
      SmtpClient client = client(net, InsecureMxPolicy.DANE);
      assertThat(client.deliver(both, HELLO).recipients())
          .extracting(it -> ((Delivered) it.outcome()).security())
          .containsExactly(ChannelSecurity.DANE_HOST, ChannelSecurity.DANE);
    }
  }

  @Test
  void hostThatIsOnlyOwedTls_isNotToldThatItsRecordsAreUnusable() {
    try (Net net = net(host -> host.tlsa(3, 1, 1))) {
      CheckResult check = client(net, InsecureMxPolicy.ENCRYPT).check(NextHop.of("plain.test"));
      assertThat(check.attempts().get(0).result())
          .isInstanceOfSatisfying(
              Ready.class, it -> assertThat(it.security()).isEqualTo(ChannelSecurity.ENCRYPTED));
      assertThat(CheckReport.of(check).toString().replaceAll("\\s+[│├└─ ]*", " "))
          .contains("its MX record is insecure", "sign the zone of the MX record")
          .doesNotContain("Publish a usable", "no TLSA record is usable");
    }
  }

  @Test
  void otherHost_isRefusedAllTheSame() {
    try (Net net = net(host -> host.tlsaOfAnotherKey(3, 1, 1))) {
      DeliveryResult result = client(net, InsecureMxPolicy.DANE).deliver(TO_BOB, HELLO);
      assertThat(result.recipients().get(0).outcome()).isInstanceOf(Deferred.class);
      assertThat(((Failed) result.attempts().get(0).result()).cause())
          .isEqualTo(Cause.DANE_MISMATCH);
    }
  }

  @Test
  void encryption_isAskedForWithoutAuthentication() {
    try (Net net = net(host -> host.tlsaOfAnotherKey(3, 1, 1))) {
      assertThat(((Delivered) send(net, InsecureMxPolicy.ENCRYPT)).security())
          .isEqualTo(ChannelSecurity.ENCRYPTED);
      assertThat(((Delivered) send(net, InsecureMxPolicy.OPPORTUNISTIC)).security())
          .isEqualTo(ChannelSecurity.OPPORTUNISTIC_TLS);
    }
  }
}
