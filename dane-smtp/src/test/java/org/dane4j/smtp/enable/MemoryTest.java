// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Question;
import org.dane4j.smtp.enable.Observed.ByServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What resolvers may hold, from one look to the next. */
class MemoryTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Question MX = Question.of("example.org", Type.MX);
  private static final ServedAnswer OLD = answer(60, "10 old.example.org.");
  private static final ServedAnswer NEW = answer(10, "10 new.example.org.");

  private static ServedAnswer answer(long ttl, String rdata) {
    return new ServedAnswer(MX, Signing.SIGNED, ttl, List.of(rdata));
  }

  private static Observed look(ServedAnswer first, ServedAnswer second) {
    return new Observed(
        MX, List.of(new ByServer("ns1", first), new ByServer("ns2", second)), List.of());
  }

  private static Memory old() {
    return new Memory(List.of()).after(List.of(look(OLD, OLD)), NOW);
  }

  @Test
  void ttlCounts_fromTheLookThatFindsAnAnswerGoneFromTheLastServer() {
    Memory half = old().after(List.of(look(NEW, OLD)), NOW.plusSeconds(100));
    assertThat(half.held())
        .contains(new CachedAnswer(OLD, Optional.empty()))
        .contains(new CachedAnswer(NEW, Optional.empty()));
    Memory whole = half.after(List.of(look(NEW, NEW)), NOW.plusSeconds(200));
    assertThat(whole.held()).contains(new CachedAnswer(OLD, Optional.of(NOW.plusSeconds(260))));
    Memory later = whole.after(List.of(look(NEW, NEW)), NOW.plusSeconds(259));
    assertThat(later.held()).contains(new CachedAnswer(OLD, Optional.of(NOW.plusSeconds(260))));
    assertThat(later.after(List.of(look(NEW, NEW)), NOW.plusSeconds(260)).held())
        .containsExactly(new CachedAnswer(NEW, Optional.empty()));
  }

  @Test
  void serverThatIsSilent_mayStillGiveTheOldAnswer() {
    Observed silent =
        new Observed(MX, List.of(new ByServer("ns1", NEW)), List.of("ns2: no response"));
    assertThat(old().after(List.of(silent), NOW.plusSeconds(1000)).held())
        .contains(new CachedAnswer(OLD, Optional.empty()));
  }

  @Test
  void questionThatWasNotAsked_isNotForgotten() {
    assertThat(old().after(List.of(), NOW.plusSeconds(1000)).held())
        .containsExactly(new CachedAnswer(OLD, Optional.empty()));
  }

  @Test
  void answerThatComesBack_isServedAgain() {
    Memory gone = old().after(List.of(look(NEW, NEW)), NOW.plusSeconds(1));
    assertThat(gone.after(List.of(look(NEW, OLD)), NOW.plusSeconds(2)).held())
        .contains(new CachedAnswer(OLD, Optional.empty()));
  }

  @Test
  void sameRecordsWithAnotherTtl_areAnotherAnswer() {
    Memory lowered =
        old().after(List.of(look(answer(5, "10 old.example.org."), NEW)), NOW.plusSeconds(1));
    assertThat(lowered.held()).contains(new CachedAnswer(OLD, Optional.of(NOW.plusSeconds(61))));
  }
}
