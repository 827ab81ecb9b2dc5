// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.smtp.Hostility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaneCheckTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private Path message() throws IOException {
    return Files.writeString(scratch.resolve("message"), "Subject: hello\n\n.Hello\n");
  }

  @ParameterizedTest
  @CsvSource({
    "good.example.test, dane-verified, 0",
    "bad.example.test, dane-mismatch, 1",
    "none.example.test, opportunistic, 0",
    "null.example.test, null-mx, 1",
    "absent.example.test, no-such-domain, 1"
  })
  void check_hasOneOutcomeForEachDomain(String domain, String outcome, int status) {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.run(scratch, "check", domain, "--json");
      assertThat(run.jsonText("outcome")).as(run.out()).isEqualTo(outcome);
      assertThat(run.jsonText("domain")).isEqualTo(domain);
      assertThat(run.out()).contains("\"hosts\"");
      assertThat(run.status()).isEqualTo(status);
      assertThat(run.err()).isEmpty();
      assertThat(servers.mail().messages()).isEmpty();
    }
  }

  @Test
  void check_saysForEachHostWhatItIsOwedAndWhatCameOfIt() {
    try (RealServers servers = RealServers.start()) {
      String json = servers.run(scratch, "check", "bad.example.test", "--json").out();
      assertThat(json)
          .contains(
              "\"host\" : \"wrong.example.test\"",
              "\"requirement\" : \"dane\"",
              "\"outcome\" : \"dane-mismatch\"",
              "\"explanation\" : \"wrong.example.test is not authenticated",
              "\"status\" : \"4.7.323\"");
    }
  }

  @Test
  void text_isATreeWithReasonAndAdvice_withoutColorsInAPipe() {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.run(scratch, "check", "bad.example.test");
      assertThat(run.out())
          .startsWith("bad.example.test")
          .contains("├─ MX: bad.example.test. MX is secure", "does not match", "publish:")
          .doesNotContain("\u001b");
    }
  }

  @Test
  void mandatory_defersWhereThereIsNoDane() {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.run(scratch, "check", "none.example.test", "--mandatory", "--json");
      assertThat(run.jsonText("outcome")).isEqualTo("defer");
      assertThat(run.status()).isEqualTo(1);
      assertThat(servers.run(scratch, "check", "good.example.test", "--mandatory").status())
          .isZero();
    }
  }

  @Test
  void dnskeyAnchors_areAsGoodAsDs() {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.trustingKeys().run(scratch, "check", "good.example.test", "--json");
      assertThat(run.jsonText("outcome")).isEqualTo("dane-verified");
    }
  }

  @Test
  void resolverThatStripsDnssec_isNamedAsTheReason() {
    try (RealServers servers = RealServers.startBehind(DnsResponder::withoutDnssec)) {
      Run run = servers.run(scratch, "check", "good.example.test");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.out().replaceAll("\\s+[│├└─ ]*", " "))
          .contains("the upstream resolver gives no DNSSEC signatures: use one that does");
    }
  }

  @Test
  void resolverThatIsSilent_endsInDeferInTime() {
    try (RealServers servers = RealServers.startBehind(dns -> dns.dropping(question -> true))) {
      Run run =
          Assertions.assertTimeoutPreemptively(
              Duration.ofSeconds(30),
              () -> servers.run(scratch, "check", "good.example.test", "--json"));
      assertThat(run.jsonText("outcome")).isEqualTo("defer");
      assertThat(run.jsonText("explanation")).contains("no response in time");
      assertThat(run.jsonText("advice")).contains("resolver");
      assertThat(run.status()).isEqualTo(1);
    }
  }

  @Test
  void send_deliversUnderDane() throws IOException {
    try (RealServers servers = RealServers.start()) {
      Run run = send(servers, "bob@good.example.test");
      assertThat(run.status()).as(run.out()).isZero();
      assertThat(run.out()).contains("bob@good.example.test  delivered 2.0.0");
      assertThat(servers.mail().messages()).hasSize(1);
    }
  }

  @Test
  void send_deliversNothingToAServerThatDoesNotMatch_orHidesStartTls() throws IOException {
    try (RealServers servers = RealServers.start()) {
      Run mismatch = send(servers, "bob@bad.example.test");
      assertThat(mismatch.status()).isEqualTo(1);
      assertThat(mismatch.out()).contains("deferred (try again later) 4.7.323");
      servers.mail().change(server -> server.hostile(Hostility.NO_STARTTLS));
      Run stripped = send(servers, "bob@good.example.test", "--json");
      assertThat(stripped.status()).isEqualTo(1);
      assertThat(stripped.out()).contains("\"status\" : \"4.7.321\"");
      assertThat(servers.mail().messages()).isEmpty();
    }
  }

  private Run send(RealServers servers, String recipient, String... more) throws IOException {
    String[] command =
        Stream.concat(
                Stream.of(
                    "send",
                    "--from",
                    "ann@sender.test",
                    "--to",
                    recipient,
                    "--file",
                    message().toString()),
                Arrays.stream(more))
            .toArray(String[]::new);
    return servers.run(scratch, command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                               | no command given
          frobnicate                                       | frobnicate
          check                                            | DOMAIN
          check a.example --port 70000                     | 70000
          check a.example --port x                         | x
          check a.example --resolver here                  | 'here'
          check a.example --resolver 192.0.2.1:0           | 192.0.2.1:0
          check a.example --resolver [::1                  | '[::1'
          check a.example --trust-anchors /dev/zero        | /dev/zero
          send --from a@a.example --to b@c --file /dev/zero| /dev/zero
          send --from a@a.example --to b@c --file pom.xml --submission --user u --password-file /dev/zero | /dev/zero
          check a.example --timeout 0                      | 0
          check a.example --trust-anchors /no/such/file    | /no/such/file
          check a..example                                 | a..example
          check m\u00fcnchen.example                       | A-labels
          check what?.example                              | what?.example
          check [192.0.2]                                  | [192.0.2]
          check a.example --helo a\u0001b                  | --helo
          send --from x --to b@a.example --file pom.xml    | 'x'
          send --from a@a.example --to b --file pom.xml    | 'b'
          send --from a@a.example --to b@c --file /no/such | /no/such
          send --to b@a.example --file pom.xml             | --from
          send --from= --to b@a.example --file pom.xml --submission | DOMAIN
          replay /dev/zero                                 | a pipe or a device
          audit a.example --submission                     | --submission
          """)
  void mistake_getsOneLineThatNamesIt(String line, String named) {
    Run run = Run.of(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("dane-check: ").contains(named).doesNotContain("Exception");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anchorFileThatIsNone_isNamedWithTheLine() {
    Path file = RealServers.anchors(scratch, List.of("; fine", ". IN MX 0 ."));
    Run run =
        Run.of(
            "check", "a.example", "--resolver", "127.0.0.1:9", "--trust-anchors", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(file.toString(), "DS or DNSKEY");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void anchorsThatDoNotCount_areRefused_asNothingWouldBeSigned() {
    Path file = RealServers.anchors(scratch, List.of(". IN DS 1 8 1 " + "ab".repeat(20)));
    Run run = Run.of("check", "a.example", "--trust-anchors", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(file.toString(), "SHA-1").hasLineCount(1);
  }

  @Test
  void sendAsJson_hasWhatACheckHas() throws IOException {
    try (RealServers servers = RealServers.start()) {
      Run run = send(servers, "bob@good.example.test", "--json");
      assertThat(run.jsonText("outcome")).isEqualTo("dane-verified");
      assertThat(run.jsonText("domain")).isEqualTo("good.example.test");
      assertThat(run.out()).contains("\"hosts\"", "\"recipients\"");
      assertThat(send(servers, "bob@null.example.test", "--json").jsonText("outcome"))
          .isEqualTo("null-mx");
    }
  }

  @Test
  void help_isPrinted() {
    assertThat(Run.of("--help").out()).contains("check", "send", "Exit status");
    assertThat(Run.of("check", "--help").out()).contains("--resolver", "--trust-anchors");
  }
}
