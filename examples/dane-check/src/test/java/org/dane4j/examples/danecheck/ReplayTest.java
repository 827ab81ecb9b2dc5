// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.smtp.CheckEvidence;
import org.dane4j.testkit.smtp.Hostility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** Evidence is saved, the servers go away, and the result is the same. */
class ReplayTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private Path file() {
    return scratch.resolve("evidence");
  }

  private Run save(RealServers servers, String domain, String... more) {
    String[] command = new String[] {"check", domain, "--save-evidence", file().toString()};
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return servers.run(scratch, all);
  }

  private Run replay(String... more) {
    String[] all = new String[2 + more.length];
    all[0] = "replay";
    all[1] = file().toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return Run.of(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good.example.test",
        "Good.Example.TEST.",
        "bad.example.test",
        "none.example.test",
        "null.example.test",
        "absent.example.test",
        "[127.0.0.1]"
      })
  void replay_printsTheSameWithoutTheServers(String domain) {
    Run text;
    Run json;
    Run explained;
    byte[] saved;
    try (RealServers servers = RealServers.start()) {
      text = save(servers, domain);
      explained = replay("--explain");
      saved = bytes();
      json = save(servers, domain, "--json");
    }
    assertSame(replay("--json"), json);
    write(saved);
    assertSame(replay(), text);
    assertSame(replay("--explain"), explained);
  }

  private static void assertSame(Run replayed, Run original) {
    assertThat(replayed.out()).isEqualTo(original.out());
    assertThat(replayed.status()).isEqualTo(original.status());
    assertThat(replayed.err())
        .isEqualToIgnoringNewLines(
            "dane-check: judged by the trust anchors in the file, which are not IANA's");
  }

  @Test
  void anchorsOfOnesOwn_decideWhatIsSecure() {
    try (RealServers servers = RealServers.start()) {
      assertThat(save(servers, "good.example.test").status()).isZero();
    }
    Path own = RealServers.anchors(scratch, List.of(". IN DS 20326 8 2 " + "E06D44B8".repeat(8)));
    Run run = replay("--json", "--trust-anchors", own.toString());
    assertThat(run.jsonText("outcome")).isEqualTo("defer");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void explain_showsTheChainOfTrustUnderEachLookup() {
    try (RealServers servers = RealServers.start()) {
      Run run = servers.run(scratch, "check", "good.example.test", "--explain");
      assertThat(run.out().replaceAll("\\s+[│├└─ ]*", " "))
          .contains(
              ". trusted by configuration: DNSKEY",
              "example.test. DS for key",
              "good.example.test. MX, signed by example.test. key",
              "mx.example.test. A, signed by example.test. key",
              "._tcp.mx.example.test. TLSA, signed by example.test. key");
    }
  }

  @Test
  void replayLater_showsThatSignaturesHaveExpired() {
    try (RealServers servers = RealServers.start()) {
      assertThat(save(servers, "good.example.test").status()).isZero();
    }
    String later = Instant.now().plus(Duration.ofDays(1000)).toString();
    Run run = replay("--at", later, "--json");
    assertThat(run.jsonText("outcome")).isEqualTo("defer");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("Signature Expired(7)");
  }

  @Test
  void policyIsKept() {
    try (RealServers servers = RealServers.start()) {
      assertThat(save(servers, "none.example.test", "--mandatory").status()).isEqualTo(1);
    }
    assertThat(replay("--json").jsonText("outcome")).isEqualTo("defer");
  }

  @Test
  void failedDialogue_isReplayedAsItWas() {
    Run run;
    try (RealServers servers = RealServers.start()) {
      servers.mail().change(server -> server.hostile(Hostility.NO_STARTTLS));
      run = save(servers, "good.example.test");
    }
    assertThat(run.status()).isEqualTo(1);
    assertSame(replay(), run);
  }

  @Test
  void silentResolver_isReplayedAsSuch() {
    Run run;
    try (RealServers servers = RealServers.startBehind(dns -> dns.dropping(question -> true))) {
      run = save(servers, "good.example.test");
    }
    assertThat(run.out()).contains("no response in time");
    assertSame(replay(), run);
  }

  @Test
  void fileWithRulesOfItsOwn_isJudgedByThem_andThatIsSaid() throws Exception {
    Run original;
    try (RealServers servers = RealServers.start()) {
      original = save(servers, "good.example.test");
    }
    CheckEvidence saved = CheckEvidence.read(bytes());
    EvidenceBundle dns = saved.dns();
    TrustAnchors excepting =
        dns.anchors().withNegativeAnchor(Name.root, dns.at().plus(Duration.ofDays(1)));
    EvidenceBundle other =
        new EvidenceBundle(dns.at(), excepting, dns.rules(), dns.evidence(), new TreeMap<>());
    write(new CheckEvidence(saved.nextHop(), saved.policy(), saved.sightings(), other).toBytes());
    assertThat(replay().err()).contains("exceptions, algorithms or limits in the file");
    assertThat(replay().out()).isNotEqualTo(original.out());
    write(saved.toBytes());
    assertSame(replay(), original);
  }

  @Test
  void changedFile_neverGivesADefect() {
    try (RealServers servers = RealServers.start()) {
      assertThat(save(servers, "good.example.test").status()).isZero();
    }
    byte[] saved = bytes();
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] changed = saved.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      write(i % 4 == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed);
      Run run = replay();
      assertThat(run.status()).as(run.err()).isBetween(0, 2);
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "replay /no/such/file, there is no such file",
    "replay pom.xml, is not what 'check --save-evidence' writes",
    "replay pom.xml --at yesterday, give a time in UTC",
    "replay pom.xml --at +1000000000-12-31T23:59:59Z, give a time in UTC",
    "replay, FILE",
    "check a.example --save-evidence /no/such/folder/file, give a file that can be written"
  })
  void mistake_getsOneLineThatNamesItAndTheRemedy(String line, String named) {
    Run run = Run.of(line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("dane-check: ").contains(named).doesNotContain("Exception");
    assertThat(run.err().lines()).hasSize(1);
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void write(byte[] octets) {
    try {
      Files.write(file(), octets);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
