// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.SignaturePeriod;
import org.dane4j.examples.danecheck.RolloverLog.KeysSeen;
import org.dane4j.examples.danecheck.RolloverLog.RecordsSeen;
import org.dane4j.examples.danecheck.RolloverLog.Times;
import org.dane4j.rollover.Publication;
import org.dane4j.rollover.RolloverSituation.ZonePace;
import org.dane4j.rollover.ServedKeys;
import org.dane4j.rollover.ServerKey;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class RolloverStateTextTest {

  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp("mx.example.test");
  private static final Instant T = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final TlsaRecord A = TlsaRecord.parse("3 1 1 " + "aa".repeat(32));
  private static final TlsaRecord B = TlsaRecord.parse("3 1 1 " + "bb".repeat(32));

  private static final RolloverLog LOG =
      new RolloverLog(
          OWNER,
          List.of(
              new RecordsSeen(
                  List.of(A),
                  HOUR,
                  new Times(T, Optional.of(T), T.plus(HOUR), T.plus(Duration.ofDays(9)))),
              new RecordsSeen(
                  List.of(A, B),
                  HOUR,
                  new Times(
                      T.plus(HOUR), Optional.empty(), T.plus(HOUR), T.plus(Duration.ofDays(10))))),
          new KeysSeen(Set.of("ab".repeat(32)), T));

  private static final TlsaSpread EVERYWHERE = new TlsaSpread(List.of(), List.of(), List.of());
  private static final TlsaSpread UNHEARD =
      new TlsaSpread(List.of(), List.of(), List.of("ns2: no answer"));

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private Path state() {
    return scratch.resolve("state");
  }

  @Test
  void whatIsWritten_isReadAgain_andLeavesNothingElse() throws Exception {
    StateFile.at(state()).write(RolloverStateText.text(LOG));
    assertThat(RolloverStateText.read(StateFile.at(state()), OWNER)).isEqualTo(LOG);
    StateFile.at(state()).write(RolloverStateText.text(LOG));
    try (var files = Files.list(scratch)) {
      assertThat(files).containsExactly(state());
    }
    assertThat(RolloverStateText.read(StateFile.at(scratch.resolve("none")), OWNER))
        .isEqualTo(RolloverLog.empty(OWNER));
  }

  @Test
  void text_isForPeople() {
    assertThat(RolloverStateText.text(LOG))
        .contains(
            "dane-check-rollover 1\nname _25._tcp.mx.example.test.\n",
            "records-first-seen 2026-06-01T12:00:00Z\n",
            "record " + A + "\nrecord " + B + "\n",
            "keys-first-seen 2026-06-01T12:00:00Z\nkey-sha256 abab");
  }

  @ParameterizedTest
  @CsvSource({
    "dane-check-rollover 1, dane-check-rollover 2, of another version",
    "name _25._tcp.mx.example.test., name mx.example.test., a name such as",
    "records-last-seen 2026-06-01T13, records-last-seen 2025-06-01T13, not before the first",
    "signatures-expire 2026-06-10, signatures-expire 2026-06-50, a time such as",
    "ttl 3600, ttl long, a number of seconds",
    "ttl 3600, live 3600, 'ttl …' is expected",
    "record 3 1 1 aa, record 3 1 1 zz, a record such as",
    "key-sha256 ab, key-sha256 AB, lower-case hexadecimal",
    "key-sha256 , key-md5 , nothing more is expected",
    "keys-first-seen , keys-seen , 'keys-first-seen …' is expected"
  })
  void whatIsUnexpected_isRefused_withTheLine(String right, String wrong, String expected)
      throws Exception {
    String text = RolloverStateText.text(LOG);
    assertThat(text).contains(right);
    Files.writeString(state(), text.replace(right, wrong));
    assertThatThrownBy(() -> RolloverStateText.read(StateFile.at(state()), OWNER))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(state().toString(), "near line", expected.replace("''", "'"));
  }

  @Test
  void otherHostsFile_isRefused() {
    StateFile.at(state()).write(RolloverStateText.text(LOG));
    assertThatThrownBy(
            () ->
                RolloverStateText.read(
                    StateFile.at(state()), TlsaOwnerName.smtp("mx2.example.test")))
        .hasMessageContaining("give each host its own file");
    assertThatThrownBy(
            () -> StateFile.at(scratch.resolve("no/such/state")).write(RolloverStateText.text(LOG)))
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void sameRecords_keepTheirFirstMoment_andOthersHaveANewOne() {
    RolloverLog again =
        LOG.seeing(sighting(T.plus(HOUR.multipliedBy(2)), B, A), EVERYWHERE, List.of(), HOUR);
    assertThat(again.records()).hasSize(2);
    assertThat(again.records().get(1).times().first()).isEqualTo(T.plus(HOUR));
    assertThat(again.records().get(1).times().last()).isEqualTo(T.plus(HOUR.multipliedBy(2)));
    RolloverLog changed =
        LOG.seeing(sighting(T.plus(HOUR.multipliedBy(2)), B), EVERYWHERE, List.of(), HOUR);
    assertThat(changed.records()).hasSize(3);
    assertThat(changed.records().get(1)).isEqualTo(LOG.records().get(1));
    assertThat(changed.keys().first()).isEqualTo(T.plus(HOUR.multipliedBy(2)));
  }

  @Test
  void recordsThatNobodyWatched_mayHaveBeenSignedUntilTheyWent() {
    Instant later = T.plus(Duration.ofDays(5));
    RolloverLog changed = LOG.seeing(sighting(later, B), EVERYWHERE, List.of(), HOUR);
    assertThat(changed.records().get(1).times().signaturesExpire())
        .isEqualTo(later.plus(Duration.ofDays(14)));
  }

  @Test
  void recordsCount_fromWhenTheLastNameServerHadThem() {
    TlsaSpread behind =
        new TlsaSpread(
            List.of(new TlsaSpread.Other(List.of(A.toRdata()), HOUR.multipliedBy(4))),
            List.of("ns2: other records"),
            List.of());
    Instant first = T.plus(HOUR.multipliedBy(2));
    RolloverLog log = LOG.seeing(sighting(first, B), behind, List.of(), HOUR);
    Instant second = first.plus(HOUR);
    log = log.seeing(sighting(second, B), behind, List.of(), HOUR);
    assertThat(publications(log, second))
        .extracting(Publication::since)
        .endsWith(second.plus(HOUR), second.plus(HOUR), second.plus(HOUR));
    Instant third = second.plus(HOUR);
    log = log.seeing(sighting(third, B), EVERYWHERE, List.of(), HOUR);
    Instant fourth = third.plus(HOUR);
    log = log.seeing(sighting(fourth, B), UNHEARD, List.of(), HOUR);
    List<Publication> all = publications(log, fourth);
    // The old records are among those that the last ones replaced, with the longer TTL.
    assertThat(all.get(2).records()).containsExactly(A);
    assertThat(all.get(2).ttl()).isEqualTo(HOUR.multipliedBy(4));
    assertThat(all.get(3).since()).isEqualTo(third.plus(HOUR));
    assertThat(all).hasSize(4);
    log = log.seeing(sighting(fourth, B), behind, List.of(), HOUR);
    assertThat(publications(log, fourth).get(3).since()).isEqualTo(fourth.plus(HOUR));
  }

  @Test
  void recordsThatSomeNameServerWasNotHeardAbout_doNotCountYet() {
    Instant first = T.plus(HOUR.multipliedBy(2));
    RolloverLog log = LOG.seeing(sighting(first, B), UNHEARD, List.of(), HOUR);
    Instant later = first.plus(Duration.ofDays(2));
    log = log.seeing(sighting(later, B), UNHEARD, List.of(), HOUR);
    assertThat(publications(log, later).get(2).since()).isEqualTo(later.plus(HOUR));
  }

  @Test
  void whatIsKnownOfNow_keepsTheRecordsBefore_andTheOrder() {
    Instant later = T.plus(HOUR.multipliedBy(2));
    RolloverLog log = LOG.seeing(sighting(later, B), EVERYWHERE, List.of(), HOUR);
    RolloverLog known = log.since(T.plus(HOUR).plusSeconds(60), HOUR.multipliedBy(3));
    assertThat(publications(known, later))
        .extracting(Publication::records)
        .containsExactly(List.of(A), List.of(A, B), List.of(B));
    StateFile.at(state()).write(RolloverStateText.text(known));
    assertThat(RolloverStateText.read(StateFile.at(state()), OWNER)).isEqualTo(known);
  }

  @Test
  void clockThatWasSetBack_isNoted() {
    assertThatThrownBy(() -> LOG.seeing(sighting(T, B), EVERYWHERE, List.of(), HOUR))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("set the clock right");
  }

  @Test
  void whateverIsWritten_canBeReadAgain() {
    TlsaSighting longest =
        new TlsaSighting(rrset(A), new SignaturePeriod(4294967295L, T, T.plus(HOUR)), T.plus(HOUR));
    RolloverLog log = RolloverLog.empty(OWNER).seeing(longest, EVERYWHERE, List.of(), HOUR);
    StateFile.at(state()).write(RolloverStateText.text(log));
    assertThat(RolloverStateText.read(StateFile.at(state()), OWNER)).isEqualTo(log);
  }

  @Test
  void folder_isNoStateFile() throws Exception {
    StateFile file = StateFile.at(state());
    Files.createDirectories(state());
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(() -> StateFile.at(state()), () -> file.write("x"))) {
      assertThatThrownBy(use)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("a folder, a pipe or a device");
    }
    try (var files = Files.list(scratch)) {
      assertThat(files).containsExactly(state());
    }
  }

  private static List<Publication> publications(RolloverLog log, Instant now) {
    ServedKeys served = new ServedKeys(List.of(ServerKey.ofPublicKey(Octets.ofHex("3000"))), now);
    ZonePace pace = new ZonePace(HOUR, Duration.ofDays(14));
    return log.situation(served, pace, now).publications();
  }

  private static Rrset rrset(TlsaRecord... records) {
    return new Rrset(
        Name.fromConstantString(OWNER.toString()),
        Type.TLSA,
        3600,
        Stream.of(records).map(TlsaRecord::toRdata).toList());
  }

  private static TlsaSighting sighting(Instant at, TlsaRecord... records) {
    return new TlsaSighting(
        rrset(records),
        new SignaturePeriod(3600, at.minus(Duration.ofDays(7)), at.plus(Duration.ofDays(7))),
        at);
  }
}
