// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Unknown;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A delivery ends when its thread is interrupted or its time is up, and says how it stands. */
@Timeout(20)
class CancellationTest {

  /** Too long to be waited for. */
  private static final SmtpTimeouts HOURS = SmtpTimeouts.of(Duration.ofHours(1));

  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");

  private static Outcome send(SmtpClient client) {
    return client
        .deliver(Envelope.from("ann@s.test").to("bob@r.test"), HELLO)
        .recipients()
        .get(0)
        .outcome();
  }

  /** A server that falls silent at a step, and says so to the test. */
  private static CountDownLatch stall(Net net, SmtpStep step) {
    CountDownLatch reached = new CountDownLatch(1);
    net.internet()
        .mailServer("mx.r.test")
        .change(
            it ->
                it.at(
                    step,
                    SmtpAction.chosenBy(
                        () -> {
                          reached.countDown();
                          return SmtpAction.stall();
                        })));
    return reached;
  }

  private static Outcome interruptAt(SmtpStep step) throws Exception {
    try (Net net = Net.withDane()) {
      CountDownLatch reached = stall(net, step);
      SmtpClient client = net.client().timeouts(HOURS).build();
      FutureTask<Outcome> delivery =
          new FutureTask<>(
              () -> {
                Outcome outcome = send(client);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return outcome;
              });
      Thread thread = new Thread(delivery);
      thread.start();
      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();
      return delivery.get(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"GREETING", "EHLO", "STARTTLS", "TLS_HANDSHAKE", "EHLO_AFTER_TLS", "MAIL", "DATA"})
  void interruptedDelivery_isDeferred(SmtpStep step) throws Exception {
    assertThat(interruptAt(step))
        .isInstanceOfSatisfying(
            Deferred.class, it -> assertThat(it.explanation()).contains("cancelled"));
  }

  @Test
  void deliveryInterruptedBehindTheFinalDot_isUnknown() throws Exception {
    assertThat(interruptAt(SmtpStep.CONTENT)).isInstanceOf(Unknown.class);
  }

  @Test
  void deliveryByAnInterruptedThread_doesNotBegin() {
    try (Net net = Net.withDane()) {
      Thread.currentThread().interrupt();
      Outcome outcome = send(net.client().build());
      assertThat(Thread.interrupted()).isTrue();
      assertThat(outcome).isInstanceOf(Deferred.class);
      assertThat(net.internet().sessions()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GREETING", "TLS_HANDSHAKE", "RCPT"})
  void deliveryWhoseTimeIsUp_isDeferred(SmtpStep step) {
    try (Net net = Net.withDane()) {
      CountDownLatch reached = stall(net, step);
      SmtpClient client = net.client().timeouts(HOURS).totalTime(Duration.ofMillis(1500)).build();
      assertThat(send(client)).isInstanceOf(Deferred.class);
      assertThat(reached.getCount()).isZero();
    }
  }

  @Test
  void deliveryWhoseTimeIsUpBehindTheFinalDot_isUnknown() {
    try (Net net = Net.withDane()) {
      CountDownLatch reached = stall(net, SmtpStep.CONTENT);
      SmtpClient client = net.client().timeouts(HOURS).totalTime(Duration.ofMillis(1500)).build();
      assertThat(send(client)).isInstanceOf(Unknown.class);
      assertThat(reached.getCount()).isZero();
    }
  }

  @Test
  void serverThatDoesNotSayGoodbye_doesNotDelayMuch() {
    try (Net net = Net.withDane()) {
      CountDownLatch reached = stall(net, SmtpStep.QUIT);
      assertThat(send(net.client().timeouts(HOURS).build())).isInstanceOf(Outcome.Delivered.class);
      assertThat(reached.getCount()).isZero();
    }
  }

  @Test
  void noTime_isRefused() {
    try (Net net = Net.withDane()) {
      assertThatIllegalArgumentException().isThrownBy(() -> net.client().totalTime(Duration.ZERO));
    }
  }
}
