// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dane4j.testkit.pki.KeyType;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.testkit.smtp.Hostility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

class RolloverCommandTest {

  private static final String HOST = MovingServers.HOST;
  private static final TestIdentity PRESENT = MovingServers.identity();
  private static final TestIdentity NEXT = MovingServers.identity();
  private static final String PRESENT_RECORD = record(PRESENT);
  private static final String NEXT_RECORD = record(NEXT);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private static String record(TestIdentity identity) {
    return Tlsa.rdata(3, 1, 1, identity.certificate()).toLowerCase(Locale.ROOT);
  }

  /** The command that has the next key. */
  private String[] command(String... more) {
    Path next = MovingServers.file(scratch, "next.pem", MovingServers.chainPem(NEXT));
    return Stream.concat(Stream.of("rollover", HOST, "--next", next.toString()), Stream.of(more))
        .toArray(String[]::new);
  }

  private Run rollover(MovingServers servers, String... more) {
    return servers.run(
        Stream.concat(Stream.of(command()), Stream.concat(Stream.of("--json"), Stream.of(more)))
            .toArray(String[]::new));
  }

  private static String longAgo() {
    return Instant.now().minus(Duration.ofHours(3)).toString();
  }

  private Run withState(MovingServers servers) {
    return rollover(servers, "--state", state().toString());
  }

  private Path state() {
    return scratch.resolve("rollover.state");
  }

  /** As if everything in the state file had been seen earlier. */
  private void letPass(Duration time) throws IOException {
    String text = Files.readString(state());
    String earlier =
        Pattern.compile("(?m)^(\\S*-seen|signatures-expire) (\\S+)$")
            .matcher(text)
            .replaceAll(it -> it.group(1) + " " + Instant.parse(it.group(2)).minus(time));
    assertThat(earlier).isNotEqualTo(text);
    Files.writeString(state(), earlier);
  }

  @Test
  void wholeRollover_isLedStepByStep() throws IOException {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD);
      Run first = withState(servers);
      assertThat(first.status()).as(first.err()).isZero();
      assertThat(first.jsonText("action")).isEqualTo("publish");
      assertThat(first.out()).contains(PRESENT_RECORD, NEXT_RECORD);

      servers.publish(PRESENT_RECORD, NEXT_RECORD);
      Run waiting = withState(servers);
      assertThat(waiting.jsonText("action")).isEqualTo("wait");
      // An hour for the slowest name server, and two TTLs of half an hour.
      assertThat(Instant.parse(waiting.jsonText("until")))
          .isBetween(
              Instant.now().plus(Duration.ofMinutes(119)),
              Instant.now().plus(Duration.ofMinutes(121)));
      letPass(Duration.ofMinutes(110));
      assertThat(withState(servers).jsonText("action")).isEqualTo("wait");
      letPass(Duration.ofMinutes(11));
      assertThat(withState(servers).jsonText("action")).isEqualTo("deploy");

      servers.present(NEXT);
      assertThat(withState(servers).jsonText("action")).isEqualTo("wait");
      letPass(Duration.ofMinutes(31));
      assertThat(withState(servers).jsonText("action")).isEqualTo("retire");

      servers.publish(NEXT_RECORD);
      assertThat(withState(servers).jsonText("action")).isEqualTo("wait");
      letPass(Duration.ofMinutes(61));
      Run done = withState(servers);
      assertThat(done.jsonText("action")).isEqualTo("done");
      assertThat(done.jsonText("outcome")).isEqualTo("dane-verified");
    }
  }

  @Test
  void wait_beginsWhenTheLastNameServerHasTheRecords() throws IOException {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD);
      assertThat(withState(servers).jsonText("action")).isEqualTo("publish");
      servers.publishAtOnePlace(PRESENT_RECORD, NEXT_RECORD);
      Run behind = withState(servers);
      assertThat(behind.jsonText("action")).isEqualTo("wait");
      assertThat(behind.out()).contains("ns.example.test. (127.0.0.1): other records");
      letPass(Duration.ofDays(3));
      assertThat(withState(servers).jsonText("action")).isEqualTo("wait");
      servers.publish(PRESENT_RECORD, NEXT_RECORD);
      assertThat(Instant.parse(withState(servers).jsonText("until")))
          .isAfter(Instant.now().plus(Duration.ofMinutes(119)));
      letPass(Duration.ofMinutes(121));
      assertThat(withState(servers).jsonText("action")).isEqualTo("deploy");
    }
  }

  @Test
  void nameServerThatDoesNotAnswer_letsNothingBegin_unlessSomebodyKnowsBetter() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD, NEXT_RECORD);
      // Without leave to turn to loopback, nobody is asked.
      Run unheard = servers.runAlone(command("--name-server-port", "1"));
      assertThat(unheard.status()).as(unheard.err()).isZero();
      assertThat(unheard.out()).contains("now, wait until", "not heard: ns.example.test.");
      assertThat(servers.runAlone(command("--since", longAgo())).out()).contains("now, deploy");
    }
  }

  @Test
  void addressesThatCannotBeFound_mayHaveTheOldKey() {
    try (MovingServers servers = new MovingServers(scratch, NEXT)) {
      servers.publish(PRESENT_RECORD, NEXT_RECORD);
      servers.fail(Type.AAAA);
      Run run = rollover(servers, "--since", longAgo());
      assertThat(run.out()).contains("AAAA records: ", "The next key is where it was seen");
      assertThat(run.jsonText("action")).as(run.out()).isEqualTo("blocked");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void serverWithoutTls12_doesNotTellItsKindsOfKeysApart() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD);
      String advice = "name a second key by --keep";
      assertThat(servers.run(command()).out()).doesNotContain(advice);
      servers.mail().change(server -> server.tlsProtocols("TLSv1.3"));
      Run run = servers.run(command());
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out()).contains(advice).doesNotContain("not seen");
    }
  }

  @Test
  void serverWithTwoKinds_keepsTheOneThatDoesNotChange() {
    TestIdentity rsa = MovingServers.identity(KeyType.RSA_2048);
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.mail().change(server -> server.identity(PRESENT, rsa));
      servers.publish(PRESENT_RECORD);
      Run half = rollover(servers);
      assertThat(half.jsonText("outcome")).isEqualTo("dane-mismatch");
      assertThat(half.status()).isEqualTo(1);
      assertThat(half.out()).contains("\"stays\"", record(rsa), PRESENT_RECORD, NEXT_RECORD);
      servers.publish(PRESENT_RECORD, record(rsa), NEXT_RECORD);
      servers.mail().change(server -> server.identity(NEXT, rsa));
      Run after = rollover(servers, "--since", longAgo());
      assertThat(after.jsonText("outcome")).isEqualTo("dane-verified");
      assertThat(after.jsonText("action")).isEqualTo("wait");
      assertThat(after.out()).contains("retire", record(rsa));
    }
  }

  /** RFC 7671 §5.1: no record stands beside an alias. */
  @Test
  void recordsBehindAnAlias_areToBeChangedWhereTheyAre() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publishShared(PRESENT_RECORD);
      Run run = servers.run(command());
      assertThat(run.status()).as(run.err()).isZero();
      String shared = "tlsa._dane.example.test. ";
      assertThat(run.out())
          .contains("the records are at " + shared.strip())
          .endsWith(
              "\n"
                  + shared
                  + "1800 IN TLSA "
                  + PRESENT_RECORD
                  + "\n"
                  + shared
                  + "1800 IN TLSA "
                  + NEXT_RECORD
                  + "\n");
    }
  }

  @Test
  void withoutState_everythingCountsFromNow_unlessSomebodyKnowsBetter() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD, NEXT_RECORD);
      assertThat(rollover(servers).jsonText("action")).isEqualTo("wait");
      assertThat(rollover(servers, "--since", longAgo()).jsonText("action")).isEqualTo("deploy");
      assertThat(rollover(servers, "--since", longAgo(), "--cautious").jsonText("action"))
          .isEqualTo("wait");
    }
  }

  @Test
  void issuerScheme_deploysAtOnce_onlyIfTheCaIsTheSame() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD, Tlsa.rdata(2, 1, 1, PRESENT.issuers().get(0)));
      assertThat(rollover(servers, "--scheme", "issuer").jsonText("action")).isEqualTo("publish");
    }
  }

  @Test
  void text_saysWhatToDo_andHasTheRecordsToCopy() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD);
      Path next = MovingServers.file(scratch, "next.pem", MovingServers.keyPem(NEXT));
      Run run = servers.run("rollover", HOST, "--next", next.toString());
      assertThat(run.status()).as(run.err()).isZero();
      String owner = "_" + servers.port() + "._tcp." + HOST + ". 1800 IN TLSA ";
      assertThat(run.out())
          .startsWith(HOST + ": now, let these records stand there")
          .contains("publish: ", "deploy: ", "retire: ", "done: ")
          .endsWith("\n" + owner + PRESENT_RECORD + "\n" + owner + NEXT_RECORD + "\n");
      assertThat(run.out()).doesNotContain("\u001b");
      assertThat(MovingServers.keyPem(NEXT).lines().filter(line -> line.length() == 64))
          .noneMatch(secret -> run.out().contains(secret.substring(0, 12)));
    }
  }

  @Test
  void keyThatIsDeployedTooEarly_isAnOutage() {
    try (MovingServers servers = new MovingServers(scratch, NEXT)) {
      servers.publish(PRESENT_RECORD);
      Run run = rollover(servers);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.jsonText("outcome")).isEqualTo("dane-mismatch");
      assertThat(run.jsonText("action")).isEqualTo("publish");
      assertThat(run.out()).contains("Put the old key back");
    }
  }

  @Test
  void emergency_saysUntilWhenMailWaits() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD);
      Run run = rollover(servers, "--emergency");
      assertThat(run.jsonText("action")).isEqualTo("replace");
      assertThat(run.out()).contains("outageUntil", "replay");
    }
  }

  @Test
  void emergency_takesNoRecordsAway_thatAnAddressNotSeenMayNeed() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD);
      servers.fail(Type.AAAA);
      Run run = rollover(servers, "--emergency");
      assertThat(run.jsonText("action")).isEqualTo("replace");
      assertThat(run.out())
          .contains(PRESENT_RECORD, NEXT_RECORD, "blocked", "AAAA records: ", "Who knows")
          .doesNotContain("retire");
    }
  }

  @Test
  void whatCannotBeSeen_isNoReasonToGoOn() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      Run none = rollover(servers);
      assertThat(none.status()).isEqualTo(1);
      assertThat(none.err()).contains("no TLSA records", "dane-check tlsa").hasLineCount(1);
      servers.publish(PRESENT_RECORD);
      servers.mail().change(server -> server.hostile(Hostility.NO_STARTTLS));
      Run silent = withState(servers);
      assertThat(silent.status()).isEqualTo(1);
      assertThat(silent.err()).contains("presents no certificate").hasLineCount(1);
      assertThat(state()).doesNotExist();
    }
  }

  @Test
  void alias_isSentToTheNameThatCounts() {
    try (MovingServers servers = new MovingServers(scratch, PRESENT)) {
      servers.publish(PRESENT_RECORD);
      Path next = MovingServers.file(scratch, "next.pem", MovingServers.chainPem(NEXT));
      Run run = servers.run("rollover", "alias.example.test", "--next", next.toString());
      assertThat(run.status()).isNotZero();
      assertThat(run.err()).hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rollover                                         | HOST
          rollover a.example                               | --next
          rollover a.example --next /no/such               | /no/such
          rollover a.example --next pom.xml                | pom.xml
          rollover a.example --next pom.xml --keep /no     | /no
          rollover a.example --next pom.xml --propagation -1 | -1
          rollover a.example --next pom.xml --propagation x | x
          rollover a..example --next pom.xml               | a..example
          """)
  void mistake_getsOneLineThatNamesIt(String line, String named) {
    Run run = Run.of(line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("dane-check: ").contains(named).doesNotContain("Exception");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void optionsThatMakeNoSense_areNamed() {
    assertThat(Run.of(command("--since", "tomorrow")).err())
        .contains("--since 'tomorrow'")
        .hasLineCount(1);
    assertThat(Run.of(command("--since", "2999-01-01T00:00:00Z")).err())
        .contains("2999")
        .hasLineCount(1);
    for (String time : List.of("-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z")) {
      assertThat(Run.of(command("--since", time)).status()).isEqualTo(2);
    }
    assertThat(Run.of(command("--submission")).err()).contains("--submission").hasLineCount(1);
    assertThat(Run.of(command("--scheme", "1 1 1")).err())
        .contains("--scheme '1 1 1'", "use 3 1 1")
        .hasLineCount(1);
  }
}
