// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.dane4j.dnssec.SignaturePeriod;
import org.dane4j.examples.danecheck.RolloverLog.KeysSeen;
import org.dane4j.examples.danecheck.RolloverLog.RecordsSeen;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloverStateFileTest {

  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp("mx.example.test");
  private static final Instant T = Instant.parse("2026-06-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final TlsaRecord A = TlsaRecord.parse("3 1 1 " + "aa".repeat(32));
  private static final TlsaRecord B = TlsaRecord.parse("3 1 1 " + "bb".repeat(32));

  private static final RolloverLog LOG =
      new RolloverLog(
          OWNER,
          List.of(
              new RecordsSeen(List.of(A), HOUR, T, T.plus(HOUR), T.plus(Duration.ofDays(9))),
              new RecordsSeen(
                  List.of(A, B), HOUR, T.plus(HOUR), T.plus(HOUR), T.plus(Duration.ofDays(10)))),
          new KeysSeen(Set.of("ab".repeat(32)), T));

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private Path state() {
    return scratch.resolve("state");
  }

  @Test
  void whatIsWritten_isReadAgain_andLeavesNothingElse() throws Exception {
    RolloverStateFile.write(state(), LOG);
    assertThat(RolloverStateFile.read(state(), OWNER)).isEqualTo(LOG);
    RolloverStateFile.write(state(), LOG);
    try (var files = Files.list(scratch)) {
      assertThat(files).containsExactly(state());
    }
    assertThat(RolloverStateFile.read(scratch.resolve("none"), OWNER))
        .isEqualTo(RolloverLog.empty(OWNER));
  }

  @Test
  void text_isForPeople() {
    assertThat(RolloverStateFile.text(LOG))
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
    String text = RolloverStateFile.text(LOG);
    assertThat(text).contains(right);
    Files.writeString(state(), text.replace(right, wrong));
    assertThatThrownBy(() -> RolloverStateFile.read(state(), OWNER))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(state().toString(), "near line", expected.replace("''", "'"));
  }

  @Test
  void otherHostsFile_isRefused() {
    RolloverStateFile.write(state(), LOG);
    assertThatThrownBy(
            () -> RolloverStateFile.read(state(), TlsaOwnerName.smtp("mx2.example.test")))
        .hasMessageContaining("give each host its own file");
    assertThatThrownBy(() -> RolloverStateFile.write(scratch.resolve("no/such/state"), LOG))
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void sameRecords_keepTheirFirstMoment_andOthersHaveANewOne() {
    RolloverLog again = LOG.seeing(sighting(T.plus(HOUR.multipliedBy(2)), B, A), List.of(), HOUR);
    assertThat(again.records()).hasSize(2);
    assertThat(again.records().get(1).first()).isEqualTo(T.plus(HOUR));
    assertThat(again.records().get(1).last()).isEqualTo(T.plus(HOUR.multipliedBy(2)));
    RolloverLog changed = LOG.seeing(sighting(T.plus(HOUR.multipliedBy(2)), B), List.of(), HOUR);
    assertThat(changed.records()).hasSize(3);
    assertThat(changed.records().get(1)).isEqualTo(LOG.records().get(1));
    assertThat(changed.keys().first()).isEqualTo(T.plus(HOUR.multipliedBy(2)));
  }

  @Test
  void recordsThatNobodyWatched_mayHaveBeenSignedUntilTheyWent() {
    Instant later = T.plus(Duration.ofDays(5));
    RolloverLog changed = LOG.seeing(sighting(later, B), List.of(), HOUR);
    assertThat(changed.records().get(1).signaturesExpire())
        .isEqualTo(later.plus(Duration.ofDays(14)));
  }

  private static TlsaSighting sighting(Instant at, TlsaRecord... records) {
    return new TlsaSighting(
        List.of(records),
        new SignaturePeriod(3600, at.minus(Duration.ofDays(7)), at.plus(Duration.ofDays(7))),
        at);
  }
}
