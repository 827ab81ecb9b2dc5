// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The submission servers of a domain (RFC 7673). */
class SubmissionTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private Run send(RealServers servers, String password, String... more) throws IOException {
    Path message = Files.writeString(scratch.resolve("message"), "Subject: hello\n\nHello\n");
    Path secret = Files.writeString(scratch.resolve("secret"), password + "\n");
    List<String> command = new ArrayList<>(List.of("send", "--submission", "--user", "ann"));
    command.addAll(List.of("--password-file", secret.toString(), "--file", message.toString()));
    command.addAll(List.of("--from", "ann@good.example.test", "--to", "bob@elsewhere.test"));
    command.addAll(List.of(more));
    return servers.run(scratch, command.toArray(String[]::new));
  }

  @Test
  void check_explainsTheServicesAndTheirServers() {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.run(scratch, "check", "good.example.test", "--submission");
      assertThat(run.status()).as(run.out()).isZero();
      assertThat(run.out())
          .startsWith("submission for good.example.test  dane-verified")
          .contains(
              "SRV: _submissions._tcp.good.example.test. SRV is secure",
              "SRV: _submission._tcp.good.example.test. SRV is secure",
              "mx.example.test:"
                  + servers.mail().address().getPort()
                  + " (preference 0, weight 1)");
    }
  }

  @Test
  void checkAsJson_hasEachServiceAndEachPort() {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.run(scratch, "check", "good.example.test", "--submission", "--json");
      assertThat(run.jsonText("outcome")).isEqualTo("dane-verified");
      assertThat(run.out())
          .contains(
              "\"submissions\" : {",
              "\"submission\" : {",
              "\"port\" : " + servers.mail().address().getPort());
    }
  }

  @Test
  void domainWithoutSrvRecords_hasNoSubmission() {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.run(scratch, "check", "none.example.test", "--submission", "--json");
      assertThat(run.jsonText("outcome")).isEqualTo("no-submission");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void savedEvidence_isReplayedToTheSame() {
    try (RealServers servers = RealServers.start()) {
      String file = scratch.resolve("evidence").toString();
      Run check =
          servers.run(
              scratch, "check", "good.example.test", "--submission", "--save-evidence", file);
      Run replay = Run.of("replay", file);
      assertThat(check.status()).isZero();
      assertThat(replay.out()).isEqualTo(check.out());
    }
  }

  @Test
  void send_logsInToTheServersOfTheSendersDomain() throws IOException {
    try (RealServers servers = RealServers.start()) {
      servers.mail().change(server -> server.requiringLogin("ann", "secret"));
      assertThat(send(servers, "wrong").out()).contains("4.7.8");
      Run run = send(servers, "secret");
      assertThat(run.status()).as(run.out()).isZero();
      assertThat(servers.mail().messages())
          .singleElement()
          .satisfies(it -> assertThat(it.recipients()).containsExactly("bob@elsewhere.test"));
      assertThat(send(servers, "secret", "--json").jsonText("domain"))
          .isEqualTo("good.example.test");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          check a.example --submission --port 587 | SRV records name the ports
          check [192.0.2.1] --submission          | not a host name
          send --from a@a.example --to b@b.example --file pom.xml --user a --password-file pom.xml | --submission
          send --from a@a.example --to b@b.example --file pom.xml --submission --user a | --password-file
          send --from a@a.example --to b@b.example --file pom.xml --submission --user a --password-file /no/such | /no/such
          """)
  void mistake_getsOneLineThatNamesIt(String line, String named) {
    Run run = Run.of(line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("dane-check: ").contains(named).hasLineCount(1);
  }
}
