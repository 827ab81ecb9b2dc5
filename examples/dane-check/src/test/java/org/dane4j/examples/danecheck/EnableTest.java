// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dane4j.smtp.enable.EnablementState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

/** The steps to DANE, as they are printed and remembered. */
class EnableTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private static Path scratch;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private static RealServers servers;

  @BeforeAll
  static void start() {
    servers = RealServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private Run enable(String... command) {
    return servers.observe(
        scratch,
        "enable",
        Stream.concat(
                Stream.of(command),
                Stream.of("--allow-private", "--state", folder.resolve("state").toString()))
            .toArray(String[]::new));
  }

  private String state() throws IOException {
    return Files.readString(folder.resolve("state"));
  }

  @Test
  void domainWithoutTlsaRecords_isToldWhichToPublish() throws IOException {
    Run run = enable("none.example.test");
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .startsWith("none.example.test, stage tlsa-published: ")
        .containsPattern(
            "    \\+ _\\d+\\._tcp\\.plain\\.example\\.test\\. 3600 IN TLSA 3 1 1 [0-9a-f]{64}\n");
    assertThat(state()).contains("stage tlsa-published\n", "origin-mx 10 plain.example.test.\n");
  }

  @Test
  void domainWhoseRecordsDoNotMatch_goesNoFurther() {
    Run run = enable("bad.example.test", "--json");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.jsonText("outcome")).isEqualTo("blocked");
    assertThat(run.out()).contains("senders fail by them", "Put the key back", "Or replace");
  }

  @Test
  void domainThatHasDane_waitsForWhatItDoesNotKnow_orIsDone() {
    Run run = enable("good.example.test", "--json");
    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.jsonText("stage")).isEqualTo("done");
    assertThat(run.jsonText("outcome")).isEqualTo("finished");
  }

  @Test
  void move_beginsWithTheTtl_andRemindsOfThoseWhoUseTheOldHost() {
    Run run =
        enable(
            "none.example.test",
            "--provider-mx",
            "none.a1.provider.test",
            "--uses-old-host",
            "crm.example.test,the printer",
            "--low-ttl",
            "60");
    assertThat(run.out())
        .contains("stage ttl-lowered", "60 IN MX 10 plain.example.test.")
        .contains("crm.example.test sends mail to", "the printer sends mail to");
  }

  @Test
  void rollback_isRemembered() throws IOException {
    assertThat(enable("none.example.test").status()).isZero();
    Run back = enable("none.example.test", "--rollback");
    assertThat(back.out()).contains("stage rolled-back");
    assertThat(enable("none.example.test").out()).contains("stage rolled-back");
    assertThat(state()).contains("stage rolled-back\n");
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("state"));
    assertThat(List.of(folder.toFile().list())).containsExactly("state");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [192.0.2.1]                                        | no mail domain
          none.example.test --mandatory                      | --mandatory
          none.example.test --rollback                       | nothing has begun
          none.example.test --own --own-mx a.example         | give one of
          none.example.test --own-mx a..example              | a..example
          none.example.test --low-ttl 0                      | at least 1
          none.example.test --low-ttl 100 --ttl 10           | 100 and 10
          """)
  void mistake_getsOneLineThatNamesIt(String line, String named) {
    Run run = enable(line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("dane-check: ").contains(named).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          domain none.example.test. | domain other.test.      | it is of other.test, not of none.example.test
          ttl-at-rest 3600          | color red               | unknown field 'color'
          version 2                 | version 9               | does not begin with
          stage tlsa-published      | stage moon              | 'moon' makes no sense
          target own                | target own-move a.test. | another plan
          """)
  void fileThatIsNotItsOwn_isRefused_andKept(String own, String changed, String named)
      throws IOException {
    assertThat(enable("none.example.test").status()).isZero();
    String text = state().replace(own, changed);
    Files.writeString(folder.resolve("state"), text);
    Run run = enable("none.example.test", "--own");
    assertThat(run.status()).as(run.out()).isEqualTo(2);
    assertThat(run.err()).contains(named).hasLineCount(1);
    assertThat(state()).isEqualTo(text);
  }

  @Test
  void clockThatWentBackwards_blocks() throws IOException {
    assertThat(enable("none.example.test").status()).isZero();
    Files.writeString(
        folder.resolve("state"),
        state().replaceFirst("last-look .*", "last-look 2999-01-01T00:00:00Z"));
    Run run = enable("none.example.test");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("the clock went backwards");
  }

  @Test
  void whoUsesTheOldHost_mayBeSaidLater_andTheRestNotOtherwise() throws IOException {
    String[] move = {"none.example.test", "--provider-mx", "none.a1.provider.test"};
    assertThat(enable(move).status()).isZero();
    Run later = enable("none.example.test", "--uses-old-host", "the printer");
    assertThat(later.out()).as(later.err()).contains("the printer sends mail to");
    assertThat(enable("none.example.test").out()).contains("the printer sends mail to");
    Run other = enable("none.example.test", "--low-ttl", "17");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("300 and 3600").hasLineCount(1);
    assertThat(enable("none.example.test", "--low-ttl", "300").status()).isZero();
  }

  @Test
  void fileThatAnotherRunChangedMeanwhile_isNotOverwritten() throws IOException {
    assertThat(enable("none.example.test").status()).isZero();
    EnablementFile mine = EnablementFile.at(folder.resolve("state"));
    EnablementState known = mine.state(MOVED).orElseThrow();
    mine.write(known);
    String other = state().replace("stage tlsa-published", "stage done");
    Files.writeString(folder.resolve("state"), other);
    assertThatThrownBy(() -> mine.write(known))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("changed meanwhile");
    assertThat(state()).isEqualTo(other);
  }

  private static final Name MOVED = Name.fromConstantString("none.example.test.");

  @Test
  void fileThatIsTooLong_isRefused_alsoWhereItsBeginningIsGood() throws IOException {
    assertThat(enable("none.example.test").status()).isZero();
    String line = "uses-old-host " + "x".repeat(100) + "\n";
    Files.writeString(
        folder.resolve("state"), state() + line.repeat((1 << 20) / line.length() + 1));
    assertThat(enable("none.example.test").err()).contains("more than 1048576 octets");
  }

  @Test
  void fileBehindALink_isReplaced_andTheLinkStays() throws IOException {
    Path real = Files.createDirectory(folder.resolve("elsewhere")).resolve("real");
    assertThat(enable("none.example.test").status()).isZero();
    Files.move(folder.resolve("state"), real);
    Files.createSymbolicLink(folder.resolve("state"), real);
    assertThat(enable("none.example.test", "--uses-old-host", "a").status()).isZero();
    assertThat(real).content().contains("uses-old-host a\n");
    assertThat(folder.resolve("state")).isSymbolicLink();
  }
}
