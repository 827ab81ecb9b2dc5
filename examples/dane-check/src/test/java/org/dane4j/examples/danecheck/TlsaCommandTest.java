// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dane4j.rollover.ServerKey;
import org.dane4j.testkit.pki.KeyType;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TlsaCommandTest {

  private static final String HOST = MovingServers.HOST;
  private static final String OWNER = "_25._tcp." + HOST + ". ";
  private static final TestIdentity IDENTITY = MovingServers.identity();
  private static final TestIdentity OTHER = MovingServers.identity();
  private static final String OWN =
      Tlsa.rdata(3, 1, 1, IDENTITY.certificate()).toLowerCase(Locale.ROOT);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private String file(String name, String text) {
    return MovingServers.file(scratch, name, text).toString();
  }

  private Run tlsa(String... more) {
    String chain = file("chain.pem", MovingServers.chainPem(IDENTITY));
    return Run.of(
        Stream.concat(Stream.of("tlsa", HOST, "--from", chain), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void default_isTheServersOwnKey_asALineOfAZoneFile() {
    Run run = tlsa();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(OWNER + "3600 IN TLSA " + OWN + "\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void issuer_addsTheRecordOfTheDirectIssuer() {
    String issuer = Tlsa.rdata(2, 1, 1, IDENTITY.issuers().get(0)).toLowerCase(Locale.ROOT);
    assertThat(tlsa("--issuer", "--ttl", "300").out())
        .isEqualTo(OWNER + "300 IN TLSA " + OWN + "\n" + OWNER + "300 IN TLSA " + issuer + "\n");
  }

  @Test
  void generic_hasTypeAndLength() {
    String hex = OWN.substring("3 1 1 ".length());
    assertThat(tlsa("--format", "generic").out())
        .isEqualTo(OWNER + "3600 IN TYPE52 \\# 35 030101" + hex + "\n");
  }

  @Test
  void cname_leadsToTheSharedRecords() {
    assertThat(tlsa("--format", "cname", "--shared-name", "tlsa._dane.example.test").out())
        .isEqualTo(
            OWNER
                + "3600 IN CNAME tlsa._dane.example.test.\ntlsa._dane.example.test. 3600 IN TLSA "
                + OWN
                + "\n");
    assertThat(tlsa("--format", "cname").err()).contains("--shared-name NAME").hasLineCount(1);
  }

  @Test
  void nsupdateAndDiff_goFromTheCurrentRecords() {
    String old = "3 1 1 " + "ab".repeat(32);
    String current = file("current", "; now\n" + OWNER + "60 IN TLSA " + old + "\n");
    assertThat(tlsa("--format", "nsupdate", "--current", current).out())
        .contains("prereq yxrrset", "update delete " + OWNER + "IN TLSA " + old, "update add ")
        .endsWith("send\n");
    assertThat(tlsa("--format", "diff", "--current", current).out())
        .isEqualTo("- " + old + "\n+ " + OWN + "\n");
  }

  @Test
  void currentRecords_areReadInTheFormsThatNameServersAndToolsHave() {
    String record = "3 1 1 " + "ab".repeat(32);
    String hex = "AB".repeat(28) + " " + "AB".repeat(4);
    for (String line :
        List.of(
            record,
            "3 1 1 " + hex,
            OWNER.toUpperCase(Locale.ROOT) + "60 IN TLSA 3 1 1 " + hex,
            "_25._tcp." + HOST.replaceFirst("\\..*", "") + " IN TLSA " + record,
            "\t60\tIN\tTLSA\t" + record,
            OWNER + "60 IN TYPE52 \\# 35 030101" + hex)) {
      String current = file("current", line + "\r\n");
      Run run = tlsa("--format", "diff", "--current", current);
      assertThat(run.out()).as("%s %s", line, run.err()).startsWith("- " + record + "\n");
    }
  }

  @Test
  void currentRecordsOfAnotherName_areRefused_andNotRemoved() {
    String current =
        file("current", "_25._tcp.mx2.example.test. 60 IN TLSA 3 1 1 " + "ab".repeat(32));
    Run run = tlsa("--format", "diff", "--current", current);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("line 1 is of _25._tcp.mx2", "not of " + OWNER.strip());
  }

  @Test
  void whatIsGivenTwice_isOneRecord() {
    String chain = file("chain.pem", MovingServers.chainPem(IDENTITY));
    assertThat(tlsa("--from", chain, "--form", "3 1 1", "--form", "3 1 1").out()).hasLineCount(1);
  }

  @Test
  void recordsOfTwoKinds_areBothOfTheServers() {
    TestIdentity rsa = MovingServers.identity(KeyType.RSA_2048);
    try (MovingServers servers = new MovingServers(scratch, IDENTITY)) {
      servers.mail().change(server -> server.identity(IDENTITY, rsa));
      Run run = servers.run("tlsa", "--from-server", HOST);
      assertThat(run.out())
          .contains(OWN, Tlsa.rdata(3, 1, 1, rsa.certificate()).toLowerCase(Locale.ROOT))
          .hasLineCount(2);
    }
  }

  /** What another port presents is no reason to promise something for this one. */
  @Test
  void portOfTheServer_isThatOfTheRecords() {
    Run run = Run.of("tlsa", HOST, "--from-server", HOST + ":587");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("port 25", "--port").hasLineCount(1);
  }

  @Test
  void namesThatCannotBeAHosts_areRefused() {
    for (String name :
        List.of("*.example.test", "b\u00fccher.test", "a;b.test", "a\\046b.test", "192.0.2.1")) {
      Run run = Run.of("tlsa", name, "--from", "pom.xml");
      assertThat(run.status()).as(name).isEqualTo(2);
      assertThat(run.err()).as(name).startsWith("dane-check: ").hasLineCount(1);
    }
    assertThat(tlsa().out())
        .isEqualTo(
            Run.of("tlsa", HOST + ".", "--from", file("c", MovingServers.chainPem(IDENTITY)))
                .out());
  }

  @Test
  void argument_isNoFileOfFurtherOnes_andNoTerminalObeysIt() {
    String secret = file("secret", "hunter2\n");
    assertThat(Run.of("tlsa", HOST, "@" + secret).err()).doesNotContain("hunter2");
    Run run = Run.of("tlsa", HOST, "--from", "/no/\u001b[2J\u009b2J\u202e");
    assertThat(run.err()).contains("/no/?[2J?2J?").hasLineCount(1);
  }

  @Test
  void json_hasAllForms_andWhatIsUnwise() {
    Run run = tlsa("--json", "--form", "3 0 1");
    assertThat(run.jsonText("owner")).isEqualTo(OWNER.strip());
    assertThat(run.out())
        .contains("\"zone\"", "\"generic\"", "\"add\"", "\"remove\"")
        .contains("certificate-selector", "RFC 7671 \\u00A75.1", "publish 3 1 1");
  }

  @Test
  void unwiseForms_arePrinted_withAWarningBeside() {
    Run run = tlsa("--form", "3 1 2");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("TLSA 3 1 2 ").hasLineCount(1);
    assertThat(run.err()).contains("3 1 2: not every sender", "RFC 7671").hasLineCount(1);
  }

  /** RFC 7671 §5.1, RFC 7672 §3.2: names count with the record of a CA alone. */
  @Test
  void certificateForAnotherName_isAHint_andNoRecordOfItsCaIsMade() {
    String chain = file("chain.pem", MovingServers.chainPem(IDENTITY));
    Run run = Run.of("tlsa", "mx9.example.test", "--from", chain);
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(OWN).hasLineCount(1);
    assertThat(run.err())
        .contains("not for mx9.example.test", "RFC 7671", "see that it is")
        .hasLineCount(1);
    Run issuer = Run.of("tlsa", "mx9.example.test", "--from", chain, "--issuer");
    assertThat(issuer.status()).isEqualTo(2);
    assertThat(issuer.err()).contains("is for " + HOST, "the server is mx9").hasLineCount(1);
  }

  @Test
  void fromServer_isWhatItPresents_underTheNameOfTheHost() {
    try (MovingServers servers = new MovingServers(scratch, OTHER)) {
      servers.mail().change(server -> server.identity(HOST, IDENTITY));
      Run run = servers.run("tlsa", "--from-server", HOST, "--issuer");
      assertThat(run.status()).as(run.err()).isZero();
      assertThat(run.out())
          .startsWith("_" + servers.port() + "._tcp." + HOST + ". 3600 IN TLSA " + OWN)
          .hasLineCount(2);
      assertThat(run.err()).contains("nothing authenticates");
      servers.publish(OWN);
      assertThat(servers.run("tlsa", HOST, "--from-server", HOST + ":" + servers.port()).err())
          .isEmpty();
      Run absent = servers.run("tlsa", "--from-server", "absent.example.test");
      assertThat(absent.status()).isEqualTo(1);
      assertThat(absent.err()).contains("presents no certificate").hasLineCount(1);
    }
  }

  @Test
  void pkcs12_isOpenedByAPasswordThatIsNotOnTheCommandLine() {
    String store = MovingServers.pkcs12(scratch, IDENTITY, "tr0ub4dor").toString();
    String password = file("password", "tr0ub4dor\n");
    Run run = Run.of("tlsa", HOST, "--from", store, "--password-file", password);
    assertThat(run.out()).contains(OWN);
    Run without = Run.of("tlsa", HOST, "--from", store);
    assertThat(without.status()).isEqualTo(2);
    assertThat(without.err()).contains(store, "give its password").hasLineCount(1);
    Run wrong = Run.of("tlsa", HOST, "--from", store, "--password-file", store);
    assertThat(wrong.err()).contains("the password is another one").hasLineCount(1);
    assertThat(Run.of("tlsa", HOST, "--from", store, "--password", "tr0ub4dor").status())
        .isEqualTo(2);
  }

  @Test
  void ambiguousFiles_areRefused_withTheirName() {
    String two = file("two.pem", MovingServers.chainPem(IDENTITY) + MovingServers.chainPem(OTHER));
    assertThat(Run.of("tlsa", HOST, "--from", two).err())
        .contains(two, "2 server certificates; give")
        .hasLineCount(1);
    String unlike =
        file("unlike.pem", MovingServers.keyPem(OTHER) + MovingServers.chainPem(IDENTITY));
    assertThat(Run.of("tlsa", HOST, "--from", unlike).err())
        .contains(unlike, "do not belong together; give")
        .hasLineCount(1);
  }

  @Test
  void privateKey_isNeverPrinted_whateverHappens() {
    String key = MovingServers.keyPem(IDENTITY);
    List<String> secrets = key.lines().filter(line -> line.length() == 64).toList();
    String good = file("key.pem", key);
    String bad = file("bad.pem", key.replace("A", "B"));
    String unlike = file("unlike.pem", key + MovingServers.chainPem(OTHER));
    assertThat(Run.of("tlsa", HOST, "--from", good).out()).contains(OWN);
    for (String path : List.of(good, bad, unlike)) {
      for (String[] more : List.of(new String[] {"--json"}, new String[] {"--form", "3 0 1"})) {
        Run run =
            Run.of(
                Stream.concat(Stream.of("tlsa", HOST, "--from", path), Stream.of(more))
                    .toArray(String[]::new));
        assertThat(secrets)
            .isNotEmpty()
            .noneMatch(secret -> (run.out() + run.err()).contains(secret.substring(0, 12)));
        assertThat(run.err()).doesNotContain("Exception");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tlsa                                             | HOST
          tlsa a.example                                   | --from FILE
          tlsa a.example --from /no/such                   | /no/such
          tlsa a.example --from /dev/zero                  | /dev/zero
          tlsa a..example --from pom.xml                   | a..example
          tlsa a.example --from pom.xml                    | pom.xml
          tlsa a.example --from pom.xml --form 311         | '311'
          tlsa a.example --from pom.xml --ttl -1           | -1
          tlsa a.example --from pom.xml --current pom.xml  | line 1
          tlsa a.example --from pom.xml --password-env NONE_SUCH | NONE_SUCH
          tlsa --from-server a.example:0                   | a.example:0
          tlsa --from-server a.example:x                   | a.example:x
          tlsa a.example --from pom.xml --from-server b.example | either
          """)
  void mistake_getsOneLineThatNamesIt(String line, String named) {
    Run run = Run.of(line.split(" "));
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("dane-check: ").contains(named).doesNotContain("Exception");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TlsaFormat.class)
  void outputThatIsNotWhatWasMeant_isADefect_andNotPrinted(TlsaFormat format) {
    TlsaOwnerName owner = TlsaOwnerName.smtp(HOST);
    TlsaRecord wrong = TlsaRecord.parse("3 1 1 " + "cd".repeat(32));
    TlsaReadback readback =
        new TlsaReadback(
            TlsaRrset.of(owner, TlsaRecord.parse(OWN)),
            List.of(),
            List.of(ServerKey.ofChain(IDENTITY.certificate())),
            Instant.now());
    String text =
        switch (format) {
          case ZONE -> owner + " 60 IN TLSA " + wrong + "\n";
          case GENERIC -> owner + " 60 IN TYPE52 \\# 35 " + wrong.toRdata() + "\n";
          case CNAME -> owner + " 60 IN CNAME a.test.\nb.test. 60 IN TLSA " + OWN + "\n";
          case NSUPDATE -> "update add " + owner + " 60 IN TLSA " + wrong + "\nsend\n";
          case DIFF -> "+ " + wrong + "\n";
        };
    assertThatThrownBy(() -> readback.verified(format, text))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void recordThatDoesNotMatchItsKey_isADefect() {
    TlsaRecord wrong = TlsaRecord.parse("3 1 1 " + "cd".repeat(32));
    TlsaReadback readback =
        new TlsaReadback(
            TlsaRrset.of(TlsaOwnerName.smtp(HOST), wrong),
            List.of(),
            List.of(ServerKey.ofChain(IDENTITY.certificate())),
            Instant.now());
    assertThatThrownBy(() -> readback.verified(TlsaFormat.DIFF, "+ " + wrong + "\n"))
        .hasMessageContaining("does not match what it was made of");
  }
}
