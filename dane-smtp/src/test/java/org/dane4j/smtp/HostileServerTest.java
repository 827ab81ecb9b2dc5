// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.Outcome.Unknown;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server does at whatever step: the delivery ends in time, each recipient has one
 * outcome, what is delivered is there, what is deferred is not, and nothing of the mail is ever in
 * plain text.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class HostileServerTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(10);

  /** What a server does in place of what it should. */
  enum Behavior {
    STALL(SmtpAction::stall),
    CUT(SmtpAction::drop),
    ENDLESS_LINES(SmtpAction::endlessLines),
    ENDLESS_LINE(SmtpAction::endlessLine),
    GARBAGE(() -> SmtpAction.raw("\0\1\u00ff no reply at all\r\n\r\n25")),
    SPLIT(SmtpAction::split),
    CLOSING_421(() -> SmtpAction.replyAndDrop("421 4.3.2 closing")),
    EXTRA_REPLY(() -> SmtpAction.inject("250 2.0.0 extra\r\n"));

    @SuppressWarnings("ImmutableEnumChecker") // The lambdas hold nothing.
    private final Supplier<SmtpAction> action;

    Behavior(Supplier<SmtpAction> action) {
      this.action = action;
    }
  }

  private static final Set<SmtpStep> STEPS =
      EnumSet.of(
          SmtpStep.GREETING,
          SmtpStep.EHLO,
          SmtpStep.STARTTLS,
          SmtpStep.TLS_HANDSHAKE,
          SmtpStep.EHLO_AFTER_TLS,
          SmtpStep.MAIL,
          SmtpStep.RCPT,
          SmtpStep.DATA,
          SmtpStep.MESSAGE,
          SmtpStep.CONTENT,
          SmtpStep.QUIT);

  private Net net;

  @BeforeAll
  void start() {
    net = Net.withDane();
  }

  @AfterAll
  void stop() {
    net.close();
  }

  static Stream<Arguments> matrix() {
    return STEPS.stream()
        .flatMap(
            step ->
                Stream.of(Behavior.values())
                    // The octets of the handshake are JSSE's: they have a test of their own.
                    .filter(it -> step != SmtpStep.TLS_HANDSHAKE || it != Behavior.SPLIT)
                    .map(how -> Arguments.of(step, how)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyRecipient_hasTheOutcomeThatIsTrue(SmtpStep step, Behavior how) {
    boolean frozen = step == SmtpStep.MESSAGE && how == Behavior.STALL;
    SmtpAction action = frozen ? SmtpAction.freeze() : how.action.get();
    net.internet()
        .mailServer("mx.r.test")
        .change(it -> it.honest().patience(LONG).at(step, action));
    String subject = step + "-" + how;
    String[] recipients = {"a-" + subject + "@r.test", "b-" + subject + "@r.test"};
    long begin = System.nanoTime();
    DeliveryResult result =
        net.client()
            .timeouts(timeouts(step, how))
            .build()
            .deliver(
                Envelope.from("ann@s.test").to(recipients),
                // More than the buffers on the way hold, so that a server can be felt that does
                // not read.
                message(subject, step == SmtpStep.MESSAGE ? 9_000_000 : 1_000));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG);
    assertThat(result.recipients())
        .extracting(RecipientResult::recipient)
        .containsExactly(recipients);
    List<String> holders = net.holders(subject);
    for (RecipientResult each : result.recipients()) {
      assertThat(each.outcome()).as(result.toString()).isInstanceOfAny(allowed(step, how));
      if (each.outcome() instanceof Delivered) {
        assertThat(holders).containsOnlyOnce(each.recipient());
      } else if (each.outcome() instanceof Deferred) {
        assertThat(holders).doesNotContain(each.recipient());
      }
    }
    assertThat(net.mailInPlainText()).isEmpty();
  }

  @Test
  void octetsThatComeOneByOne_areADialogueAndAHandshake() {
    net.internet().mailServer("mx.r.test").change(it -> it.honest().patience(LONG));
    DeliveryResult result =
        net.client()
            .timeouts(SmtpTimeouts.of(LONG))
            .connector(
                (peer, timeout) -> {
                  Socket socket = new TricklingSocket();
                  socket.connect(net.internet().locate(peer), (int) timeout.toMillis());
                  return socket;
                })
            .build()
            .deliver(Envelope.from("ann@s.test").to("trickle@r.test"), message("trickle", 1_000));
    assertThat(result.isDeliveredToAll()).isTrue();
    assertThat(net.holders("trickle")).containsExactly("trickle@r.test");
  }

  /** Gives out one octet at a time. */
  private static final class TricklingSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          return super.read(buffer, offset, Math.min(length, 1));
        }
      };
    }
  }

  private static MailMessage message(String subject, int octets) {
    return MailMessage.of("Subject: " + subject + "\r\n\r\n" + "line\r\n".repeat(octets / 6));
  }

  /** Only what stalls is given little time, and only at its step. */
  private static SmtpTimeouts timeouts(SmtpStep step, Behavior how) {
    if (step == SmtpStep.MESSAGE) {
      // A server that talks and does not listen stalls too.
      return new SmtpTimeouts(LONG, LONG, LONG, LONG, Duration.ofSeconds(1), LONG);
    }
    if (how != Behavior.STALL) {
      return SmtpTimeouts.of(LONG);
    }
    Duration command =
        EnumSet.of(SmtpStep.GREETING, SmtpStep.TLS_HANDSHAKE, SmtpStep.CONTENT).contains(step)
            ? LONG
            : SHORT;
    return new SmtpTimeouts(
        LONG,
        step == SmtpStep.GREETING ? SHORT : LONG,
        command,
        step == SmtpStep.TLS_HANDSHAKE ? SHORT : LONG,
        LONG,
        step == SmtpStep.CONTENT ? SHORT : LONG);
  }

  private static Class<?>[] allowed(SmtpStep step, Behavior how) {
    boolean taken =
        how == Behavior.SPLIT
            || step == SmtpStep.QUIT
            || (step == SmtpStep.CONTENT && how == Behavior.EXTRA_REPLY);
    if (taken) {
      return new Class<?>[] {Delivered.class};
    }
    if (step == SmtpStep.CONTENT && how != Behavior.CLOSING_421) {
      return new Class<?>[] {Unknown.class};
    }
    return new Class<?>[] {Deferred.class};
  }
}
