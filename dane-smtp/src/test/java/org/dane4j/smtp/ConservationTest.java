// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.dane4j.testkit.smtp.MailServerBuilder;
import org.dane4j.testkit.smtp.ReceivedMessage;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many mails by servers that fail at random: none is lost, none is there twice, and none goes to
 * the wrong server or in plain text where TLSA records say otherwise.
 */
class ConservationTest {

  private static final List<String> DOMAINS = List.of("ee.test", "ta.test", "plain.test");

  /** Hosts with TLSA records. The last shows a certificate that does not match. */
  private static final List<String> GUARDED =
      List.of("mx1.ee.test", "mx2.ee.test", "mx2.ta.test", "mx1.ta.test");

  private static final List<SmtpStep> STEPS =
      List.of(
          SmtpStep.GREETING,
          SmtpStep.EHLO,
          SmtpStep.STARTTLS,
          SmtpStep.EHLO_AFTER_TLS,
          SmtpStep.MAIL,
          SmtpStep.RCPT,
          SmtpStep.DATA,
          SmtpStep.CONTENT,
          SmtpStep.RSET,
          SmtpStep.QUIT);

  private static final List<SmtpAction> FAILURES =
      List.of(
          SmtpAction.reply("451 4.3.0 not now"),
          SmtpAction.reply("550 5.7.1 never"),
          SmtpAction.replyAndDrop("421 4.3.2 closing"),
          SmtpAction.drop(),
          SmtpAction.dropAfterReply(),
          SmtpAction.raw("garbage\r\n"),
          SmtpAction.reply("250 2.0.0 whatever"),
          SmtpAction.inject("250 2.0.0 extra\r\n"),
          SmtpAction.inject("550 5.0.0 extra\r\n"),
          SmtpAction.split());

  private enum Kind {
    DELIVERED,
    DEFERRED,
    REJECTED,
    UNKNOWN;

    static Kind of(Outcome outcome) {
      if (outcome instanceof Outcome.Delivered) {
        return DELIVERED;
      }
      if (outcome instanceof Outcome.Deferred) {
        return DEFERRED;
      }
      return outcome instanceof Outcome.Rejected ? REJECTED : UNKNOWN;
    }
  }

  @Test
  void noMailIsLostOrDoubled() {
    run(300, 1);
  }

  @Test
  @Tag("hostile")
  void noMailIsLostOrDoubled_ofVeryMany() {
    run(10_000, 2);
  }

  private static Net net(Random random) {
    return Net.of(
        it ->
            it.mailDomain("ee.test", "mx1.ee.test", "mx2.ee.test")
                .mailDomain("ta.test", "mx1.ta.test", "mx2.ta.test")
                .mailDomain("plain.test", "mx1.plain.test", "mx2.plain.test")
                .host("mx1.ee.test", h -> h.tlsa(3, 1, 1).server(s -> unreliable(s, random)))
                .host("mx2.ee.test", h -> h.tlsa(3, 1, 1).server(s -> unreliable(s, random)))
                .host("mx1.ta.test", h -> h.tlsaOfAnotherKey(2, 1, 1))
                .host("mx2.ta.test", h -> h.tlsa(2, 1, 1).server(s -> unreliable(s, random)))
                .host("mx1.plain.test", h -> h.server(s -> unreliable(s, random)))
                .host("mx2.plain.test", h -> h.down()));
  }

  private static void unreliable(MailServerBuilder server, Random random) {
    SmtpAction action =
        SmtpAction.chosenBy(
            () ->
                random.nextInt(14) == 0
                    ? FAILURES.get(random.nextInt(FAILURES.size()))
                    : SmtpAction.honest());
    STEPS.forEach(step -> server.at(step, action));
  }

  private static void run(int mails, long seed) {
    Random random = new Random(seed);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    Map<String, Outcome> outcomes = new HashMap<>();
    int sent = 0;
    try (Net net = net(new Random(seed + 1));
        SmtpClient client =
            net.client().random(new Random(seed + 2)).reuse(SessionReuse.upTo(5)).build()) {
      for (int i = 0; i < mails; i++) {
        Envelope envelope = envelope(i, random);
        sent += envelope.recipients().size();
        for (RecipientResult result : client.deliver(envelope, message(i)).recipients()) {
          counts.merge(Kind.of(result.outcome()), 1, Integer::sum);
          assertThat(outcomes.put(result.recipient(), result.outcome())).isNull();
        }
      }
      assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(sent)
          .isEqualTo(outcomes.size());
      assertThat(counts).as("all that can happen has happened").containsOnlyKeys(Kind.values());
      assertHeldAsReported(net, outcomes);
      assertGuarded(net);
    }
  }

  /** Each address is used once, so that it says which mail it is. */
  private static Envelope envelope(int number, Random random) {
    Envelope envelope = Envelope.from("ann@s.test");
    int recipients = 1 + random.nextInt(4);
    for (int i = 0; i < recipients; i++) {
      String domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
      envelope = envelope.to("m" + number + "-" + i + "@" + domain);
    }
    return envelope;
  }

  private static MailMessage message(int number) {
    return MailMessage.of(text(number).replace("\r\n", "\n"));
  }

  private static String text(int number) {
    return "Subject: m" + number + "\r\n\r\n.\r\n..dots\r\n" + "x".repeat(number % 1000) + "\r\n";
  }

  private static void assertHeldAsReported(Net net, Map<String, Outcome> outcomes) {
    Map<String, List<ReceivedMessage>> held = new HashMap<>();
    for (ReceivedMessage message : net.internet().messages()) {
      for (String recipient : message.recipients()) {
        held.computeIfAbsent(recipient, key -> new ArrayList<>()).add(message);
      }
    }
    outcomes.forEach(
        (recipient, outcome) -> {
          List<ReceivedMessage> copies = held.getOrDefault(recipient, List.of());
          String what = recipient + ": " + outcome;
          switch (Kind.of(outcome)) {
            case DELIVERED -> assertThat(copies).as(what).hasSize(1);
            case DEFERRED, REJECTED -> assertThat(copies).as(what).isEmpty();
            case UNKNOWN -> assertThat(copies).as(what).hasSizeLessThan(2);
          }
          int number = Integer.parseInt(recipient.substring(1, recipient.indexOf('-')));
          assertThat(copies).extracting(ReceivedMessage::text).allMatch(text(number)::equals);
        });
  }

  private static void assertGuarded(Net net) {
    for (String host : GUARDED) {
      assertThat(net.internet().mailServer(host).sessions())
          .as(host)
          .isNotEmpty()
          .allSatisfy(
              session ->
                  assertThat(session.plainTextCommands())
                      .noneMatch(
                          line -> Stream.of("MAIL", "RCPT", "DATA").anyMatch(line::startsWith)));
    }
    assertThat(net.internet().mailServer("mx1.ta.test").messages()).isEmpty();
    assertThat(net.internet().mailServer("mx1.ta.test").sessions())
        .allSatisfy(session -> assertThat(session.encryptedCommands()).isEmpty());
  }
}
