// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ForgedDenial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Replay files written from a tree of signed zones: right expectations hold, wrong ones do not. */
class DialogueTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.", zone -> zone.nsec3())
          .zone(
              "bank.example.",
              zone ->
                  zone.record("www A 192.0.2.1\nalias CNAME www\n*.wild TXT any\nbad A 192.0.2.2")
                      .damage("bad", Type.A, Damage.expired())
                      .deny("gone.bank.example.", Type.A, ForgedDenial.EMPTY))
          .zone("open.example.", zone -> zone.unsigned().record("www A 192.0.2.3"))
          .build();

  private static final String WWW = "www.bank.example. IN A 192.0.2.1";
  private static final String OTHER = "www.bank.example. IN A 192.0.2.9";

  /** Writes what the tree answers about a name and the zones above it, then the dialogue. */
  private static String file(String name, String settings, String flags, String expected) {
    StringBuilder file = new StringBuilder("server:\n" + settings);
    file.append("  val-override-date: \"").append(TIME.format(AT)).append("\"\n");
    file.append("forward-zone:\n  name: \".\"\n  forward-addr: 192.0.2.53\nCONFIG_END\n");
    file.append("RANGE_BEGIN 0 100\nADDRESS 192.0.2.53\n");
    for (String owner : List.of(".", "example.", "bank.example.", "open.example.")) {
      file.append(entry(owner, Type.DNSKEY)).append(entry(owner, Type.DS));
    }
    file.append(entry(name, Type.DS)).append(entry(name, Type.A)).append("RANGE_END\n");
    String question = "SECTION QUESTION\n" + name + " IN A\n";
    file.append("STEP 1 QUERY\nENTRY_BEGIN\nREPLY " + flags + "\n" + question + "ENTRY_END\n");
    file.append("STEP 2 CHECK_ANSWER\nENTRY_BEGIN\n");
    String[] parts = expected.split("\\|", 2);
    file.append("MATCH all " + (parts[0].contains("SERVFAIL") ? "ede=" + parts[1] : "") + "\n");
    file.append("REPLY QR RD RA DO " + parts[0] + "\n" + question);
    if (!parts[0].contains("SERVFAIL")) {
      file.append("SECTION ANSWER\n" + parts[1] + "\n");
    }
    return file.append("ENTRY_END\n").toString();
  }

  private static List<String> play(String name, String settings, String flags, String expected) {
    return play(file(name, settings, flags, expected));
  }

  private static List<String> play(String file) {
    return Dialogue.play(ReplayParser.parse(file.lines().toList()));
  }

  private static Optional<String> excuse(String file) {
    List<String> lines = file.lines().toList();
    return Excuses.of(lines, ReplayParser.parse(lines), play(file));
  }

  private static List<String> play(String name, String expected) {
    return play(name, anchor(), "RD DO", expected);
  }

  private static String anchor() {
    return "  trust-anchor: \"" + TREE.trustAnchors().get(0) + "\"\n";
  }

  private static String entry(String name, int type) {
    Message message = TREE.answer(name, type);
    StringBuilder text = new StringBuilder("ENTRY_BEGIN\nMATCH opcode qname qtype\n");
    text.append("REPLY QR " + Rcode.string(message.getRcode()) + "\nSECTION QUESTION\n");
    text.append(name + " IN " + Type.string(type) + "\n");
    for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
      text.append(section == Section.ANSWER ? "SECTION ANSWER\n" : "SECTION AUTHORITY\n");
      for (Record record : message.getSection(section)) {
        text.append(record).append(" ;{comment}\n");
      }
    }
    return text.append("ENTRY_END\n").toString();
  }

  @Test
  void rightExpectations_hold() {
    assertThat(play("www.bank.example.", "AD NOERROR|" + WWW)).isEmpty();
    assertThat(
            play(
                "alias.bank.example.",
                "AD NOERROR|alias.bank.example. CNAME WWW.bank.example.\n" + WWW))
        .isEmpty();
    assertThat(play("none.bank.example.", "AD NXDOMAIN|")).isEmpty();
    assertThat(play("x.wild.bank.example.", "AD NOERROR|")).isEmpty();
    assertThat(play("www.open.example.", "NOERROR|www.open.example. A 192.0.2.3")).isEmpty();
    assertThat(play("bad.bank.example.", "SERVFAIL|7")).isEmpty();
    assertThat(play("gone.bank.example.", "SERVFAIL|12")).isEmpty();
  }

  @Test
  void wrongExpectations_areNoticed() {
    assertThat(play("www.bank.example.", "NOERROR|" + WWW)).as("AD").isNotEmpty();
    assertThat(play("www.bank.example.", "SERVFAIL|any")).as("not bogus").isNotEmpty();
    assertThat(play("www.bank.example.", "AD NXDOMAIN|" + WWW)).as("rcode").isNotEmpty();
    assertThat(play("www.bank.example.", "AD NOERROR|www.bank.example. A 192.0.2.9"))
        .as("data")
        .isNotEmpty();
    assertThat(play("www.open.example.", "AD NOERROR|www.open.example. A 192.0.2.3"))
        .as("not secure")
        .isNotEmpty();
    assertThat(play("bad.bank.example.", "SERVFAIL|8")).as("extended error").isNotEmpty();
    assertThat(play("bad.bank.example.", "NOERROR|bad.bank.example. A 192.0.2.2"))
        .as("bogus, not insecure")
        .isNotEmpty();
  }

  @Test
  void settings_changeWhatIsSecure() {
    String insecure = anchor() + "  domain-insecure: \"bank.example\"\n";
    assertThat(
            play("bad.bank.example.", insecure, "RD DO", "NOERROR|bad.bank.example. A 192.0.2.2"))
        .isEmpty();
    assertThat(play("www.bank.example.", "", "RD DO", "NOERROR|" + WWW)).isEmpty();
    String iterator = anchor() + "  module-config: \"iterator\"\n";
    assertThat(play("www.bank.example.", iterator, "RD DO", "NOERROR|" + WWW)).isEmpty();
  }

  @Test
  void adBit_isComparedIfTheQueryAsksForIt() {
    assertThat(play("www.bank.example.", anchor(), "RD", "NOERROR|" + WWW)).isEmpty();
    assertThat(play("www.bank.example.", anchor(), "RD AD", "NOERROR|" + WWW)).isNotEmpty();
  }

  @Test
  void fileThatGetsNoVerdict_doesNotPass() {
    String unvalidated = file("bad.bank.example.", anchor(), "RD CD DO", "NOERROR|");
    assertThat(play(unvalidated)).containsExactly("nothing is judged in this file");
    assertThat(excuse(unvalidated)).hasValueSatisfying(it -> assertThat(it).contains("CD"));
    String chaos = file("www.bank.example.", anchor(), "RD", "NOERROR|").replace("IN A", "CH TXT");
    assertThat(play(chaos)).isNotEmpty();
    assertThat(excuse(chaos)).isPresent();
    assertThat(play("")).isNotEmpty();
    String judged = file("bad.bank.example.", anchor(), "RD DO", "SERVFAIL|7");
    assertThat(play(judged + unvalidated.substring(unvalidated.indexOf("STEP 1")))).isEmpty();
  }

  @Test
  void cdBit_isNothing_whereItIsIgnored() {
    String ignoring = anchor() + "  ignore-cd-flag: yes\n";
    assertThat(play("bad.bank.example.", ignoring, "RD CD DO", "SERVFAIL|7")).isEmpty();
    assertThat(play("bad.bank.example.", ignoring, "RD CD DO", "NOERROR|")).isNotEmpty();
  }

  @Test
  void check_comparesWhatItNames() {
    String wrong = "www.bank.example. A 192.0.2.9";
    String secure = file("www.bank.example.", anchor(), "RD DO", "NXDOMAIN|" + wrong);
    assertThat(play(secure)).isNotEmpty();
    assertThat(play(secure.replace("MATCH all", "MATCH rcode"))).isNotEmpty();
    assertThat(play(secure.replace("MATCH all", "MATCH answer"))).isNotEmpty();
    assertThat(play(secure.replace("MATCH all", "MATCH qname qtype"))).isEmpty();
    String withoutAd = file("www.bank.example.", anchor(), "RD DO", "NOERROR|" + WWW);
    assertThat(play(withoutAd.replace("MATCH all", "MATCH rcode question answer")))
        .as("flags are not named")
        .isEmpty();
    assertThat(play(withoutAd.replace("MATCH all", "MATCH rcode flags"))).isNotEmpty();
    String bogus = file("bad.bank.example.", anchor(), "RD DO", "NOERROR|");
    assertThat(play(bogus.replace("MATCH all", "MATCH rcode"))).isNotEmpty();
  }

  @Test
  void answerForQueriesWithoutEdns_isTheLastResort() {
    String file = file("www.bank.example.", anchor(), "RD DO", "AD NOERROR|" + WWW);
    String unsigned =
        """
        RANGE_BEGIN 0 100
        ADDRESS 192.0.2.53
        ENTRY_BEGIN
        MATCH opcode qname qtype noedns
        REPLY QR NOERROR
        SECTION QUESTION
        www.bank.example. IN A
        SECTION ANSWER
        www.bank.example. IN A 192.0.2.66
        ENTRY_END
        """;
    String both = file.replace("RANGE_BEGIN 0 100\nADDRESS 192.0.2.53\n", unsigned);
    assertThat(both).contains("192.0.2.66");
    assertThat(play(both)).isEmpty();
    assertThat(play(both.replace(" noedns", ""))).isNotEmpty();
  }

  @Test
  void bogusAnswer_isAskedForAtAnotherServer() {
    String file = file("www.bank.example.", anchor(), "RD DO", "AD NOERROR|" + WWW);
    String forged =
        """
        RANGE_BEGIN 0 100
        ADDRESS 192.0.2.52
        ENTRY_BEGIN
        MATCH opcode qname qtype
        REPLY QR NOERROR
        SECTION QUESTION
        www.bank.example. IN A
        SECTION ANSWER
        www.bank.example. IN A 192.0.2.66
        ENTRY_END
        RANGE_END
        """;
    String two = file.replace("CONFIG_END\n", "  forward-addr: 192.0.2.52\nCONFIG_END\n" + forged);
    assertThat(play(two)).isEmpty();
    assertThat(play(two.replace("192.0.2.53", "192.0.2.52"))).as("of one server").isNotEmpty();
    String bad = file("bad.bank.example.", anchor(), "RD DO", "SERVFAIL|7");
    assertThat(play(bad.replace("CONFIG_END\n", "  forward-addr: 192.0.2.52\nCONFIG_END\n")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "val-permissive-mode: yes",
        "harden-dnssec-stripped: no",
        "val-sig-skew-min: 0",
        "disable-edns-do: yes"
      })
  void laxSetting_excusesAFailure_andNothingElse(String setting) {
    String settings = anchor() + "  " + setting + "\n";
    assertThat(excuse(file("bad.bank.example.", settings, "RD DO", "NOERROR|"))).isPresent();
    assertThat(excuse(file("www.bank.example.", settings, "RD DO", "SERVFAIL|6"))).isEmpty();
    assertThat(excuse(file("www.bank.example.", settings, "RD DO", "AD NOERROR|" + OTHER)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module-config: \"dns64 validator iterator\"",
        "local-zone: \"bank.example.\" static",
        "local-data: 'www.bank.example. A 192.0.2.7'",
        "private-address: 192.0.2.0/24",
        "deny-any: yes",
        "access-control: 127.0.0.1 refuse",
        "serve-expired: yes"
      })
  void settingThatChangesAnswers_excusesOtherAnswers_butNotWhatIsSecureAndShouldFail(
      String setting) {
    String settings = anchor() + "  " + setting + "\n";
    assertThat(excuse(file("www.bank.example.", settings, "RD DO", "AD NOERROR|" + OTHER)))
        .isPresent();
    assertThat(excuse(file("www.bank.example.", settings, "RD DO", "SERVFAIL|6"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auto-trust-anchor-file: \"x\"",
        "trust-anchor-file: \"x\"",
        "trusted-keys-file: \"x\"",
        "dlv-anchor: \"x\""
      })
  void otherAnchors_areAnExcuse_butNoPass(String setting) {
    String settings = anchor() + "  " + setting + "\n";
    String file = file("www.bank.example.", settings, "RD DO", "SERVFAIL|6");
    assertThat(play(file)).isNotEmpty();
    assertThat(excuse(file)).isPresent();
  }

  @Test
  void lineThatIsNotRead_excusesNothingThatIsSecureAndShouldFail() {
    String failing = file("www.bank.example.", anchor(), "RD DO", "SERVFAIL|6");
    String other = file("www.bank.example.", anchor(), "RD DO", "AD NOERROR|" + OTHER);
    String unread = "SECTION ADDITIONAL\nx.example. NOSUCHTYPE x\nENTRY_END\nRANGE_END";
    assertThat(excuse(failing.replace("ENTRY_END\nRANGE_END", unread))).isEmpty();
    assertThat(excuse(other.replace("ENTRY_END\nRANGE_END", unread))).isPresent();
    assertThat(excuse(other)).isEmpty();
  }

  @Test
  void usualSettings_areNoExcuse() {
    String usual =
        """
          val-log-level: 2
          ede: yes
          qname-minimisation: "no"
          minimal-responses: no
          trust-anchor-signaling: no
          cache-max-negative-ttl: 10
          harden-referral-path: yes
          do-not-query-address: 127.0.0.1/8
          access-control: 127.0.0.1 allow_snoop
          harden-dnssec-stripped: yes
          val-permissive-mode: no
          module-config: "validator iterator"
        """;
    usual += "  local-zone: \"bank.example.\" nodefault\n";
    assertThat(play(file("www.bank.example.", anchor() + usual, "RD DO", "AD NOERROR|" + WWW)))
        .isEmpty();
    String file = file("www.bank.example.", anchor() + usual, "RD DO", "AD NOERROR|" + OTHER);
    assertThat(excuse(file)).isEmpty();
    String steps = "STEP 3 TIME_PASSES ELAPSE 5\nSTEP 4 TRAFFIC\nSTEP 5 NOTHING\n";
    assertThat(excuse(file + steps)).isEmpty();
    assertThat(excuse(file + "STEP 3 TIMEOUT\n")).isPresent();
    assertThat(excuse(file + "STEP 3 CHECK_AUTOTRUST x\n")).isPresent();
  }
}
