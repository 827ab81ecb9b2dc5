// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Outcome;
import org.dane4j.smtp.tls.DaneSslSocketFactory;
import org.dane4j.testkit.dns.Damage;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What the README shows is what the code does. */
class ReadmeTest {

  private static final Path TOP = Path.of("..", "..");
  private static final Path SNIPPETS =
      Path.of("src/test/java/org/dane4j/examples/quickstart/ReadmeSnippets.java");

  private static List<String> blocks(String language) throws IOException {
    Pattern block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```");
    return block
        .matcher(Files.readString(TOP.resolve("README.md")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String firstCommandBelow(String heading) throws IOException {
    Pattern pattern = Pattern.compile("(?ms)^" + heading + "\\n.*?^```\\n(.*?)\\n```");
    return pattern
        .matcher(Files.readString(TOP.resolve("README.md")))
        .results()
        .map((MatchResult match) -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyJavaBlock_isInTheSnippets() throws IOException {
    String code = Files.readString(SNIPPETS).replaceAll("\\s+", " ");
    assertThat(blocks("java"))
        .hasSize(4)
        .allSatisfy(block -> assertThat(code).contains(block.strip().replaceAll("\\s+", " ")));
  }

  @Test
  void testCommand_isWhatTheChecksRun() throws IOException {
    assertThat(Files.readString(TOP.resolve(".ci/run"))).contains(firstCommandBelow("## Test it"));
  }

  @Test
  void runCommand_namesAProfileThatIsThere() throws IOException {
    assertThat(firstCommandBelow("## Run it")).contains("-Pquickstart").doesNotContain("\n");
    assertThat(Files.readString(Path.of("pom.xml"))).contains("<id>quickstart</id>");
  }

  @Test
  void snippets_doWhatTheySay() {
    try (World world = World.start(Instant.parse("2026-05-01T12:00:00Z"));
        DnssecResolver dns = world.resolver()) {
      assertThat(ReadmeSnippets.validate(dns)).isInstanceOf(ValidationResult.Secure.class);
      assertThat(ReadmeSnippets.plugIn(dns).get("mail.smtp.ssl.socketFactory"))
          .isInstanceOf(DaneSslSocketFactory.class);
    }
    ReadmeSnippets.resolver().close();
  }

  @Test
  void sendSnippet_defersMailToHostsWhoseTlsaRecordsAreBogus() {
    try (World world = World.start(Instant.parse("2026-05-01T12:00:00Z"));
        DnssecResolver dns = world.resolver()) {
      // So that no host is connected to: the addresses in these zones are for documentation.
      world
          .internet()
          .publish(
              tree ->
                  tree.zone("bank.example", zone -> zone.damageAll(Type.TLSA, Damage.expired())));
      DeliveryResult result = ReadmeSnippets.send(dns);
      assertThat(result.recipients().get(0).outcome()).isInstanceOf(Outcome.Deferred.class);
    }
  }
}
