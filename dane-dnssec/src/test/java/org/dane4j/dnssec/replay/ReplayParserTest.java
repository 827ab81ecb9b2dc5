// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.replay.Entry.Query;
import org.dane4j.dnssec.replay.ReplayFile.Step;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The replay format, with what its files have come up with. */
class ReplayParserTest {

  private static final String FILE =
      """
      ; comment
      server:
      \ttrust-anchor: "example. DNSKEY 257 3 RSASHA1 AwEAAa== ;{id = 1 (ksk)}"
        val-override-date: '20070916134226'
        unknown-option: 7
        nsid: ""
        module-config: "validator iterator" # said twice
      stub-zone:
        name: "."
        stub-addr: 192.0.2.1@53  # root
      CONFIG_END
      SCENARIO_BEGIN A title: with words
      RANGE_BEGIN 0 100
        ADDRESS 192.0.2.1
      ENTRY_BEGIN
      MATCH opcode subdomain
      ADJUST copy_id copy_query
      REPLY QR NOERROR
      SECTION QUESTION
      example. IN NS
      SECTION AUTHORITY
      example.   NS   ns.example.   ; no TTL, no class
      SECTION ADDITIONAL
      ns.example. 1h IN A 192.0.2.2
      ENTRY_END
      RANGE_END
      RANGE_BEGIN 10 20
        ADDRESS 192.0.2.2
      ENTRY_BEGIN
      MATCH opcode qtype qname
      REPLY QR AA NXDOMAIN
      SECTION QUESTION
      www.example. IN TXT
      SECTION ANSWER
      www.example. TXT "one; two" \\# three
      www.example. A \\# 5 0102030405
      www.example. RRSIG TXT DSA 2 3600 20070926134150 20070829134150 1 example. ;{empty}
      nonsense here
      SECTION AUTHORITY
      example. SOA ns.example. h.example. 1 2 3 (
          4   ; minimum follows
          5 )
      SECTION ADDITIONAL
      www.example. RRSIG TXT 5 2 3600 20070926134150 20070829134150 1 example. AA AA
      ENTRY_END
      RANGE_END
      STEP 1 QUERY
      ENTRY_BEGIN
      REPLY RD DO
      SECTION QUESTION
      www.example. IN TXT
      ENTRY_END
      STEP 5 TIME_PASSES ELAPSE 0.5
      STEP 6 CHECK_OUT_QUERY
      ENTRY_BEGIN
      MATCH qname
      ENTRY_END
      STEP 15 CHECK_ANSWER
      ENTRY_BEGIN
      MATCH all ede=6
      REPLY QR RD RA DO SERVFAIL
      SECTION QUESTION
      www.example. IN TXT
      ENTRY_END
      SCENARIO_END
      """;

  private static final Query QUERY = new Query(Name.fromConstantString("www.example."), Type.TXT);

  private final ReplayFile file = ReplayParser.parse(FILE.lines().toList());
  private final Entry entry = file.ranges().get(1).entries().get(0);

  @Test
  void settings_areReadGenerously() {
    assertThat(file.server().all("trust-anchor")).hasSize(1);
    assertThat(file.server().last("module-config", "")).isEqualTo("validator iterator");
    assertThat(file.settings().zones()).anyMatch(zone -> zone.last("name", "").equals("."));
  }

  @Test
  void records_mayLackTtlAndClass_andSpanLines() {
    assertThat(file.ranges().get(0).entries().get(0).sections().authority())
        .singleElement()
        .matches(rr -> rr.is(Name.fromConstantString("example."), Type.NS) && rr.ttl() == 3600);
    Rr soa = entry.sections().authority().get(0);
    assertThat(soa.rdata().getInt(soa.rdata().limit() - 4)).isEqualTo(5);
  }

  @Test
  void malformedRecord_staysMalformed_andNonsenseIsPassedOver() {
    List<Rr> answer = entry.sections().answer();
    assertThat(answer)
        .filteredOn(rr -> rr.type() == Type.A)
        .singleElement()
        .matches(rr -> rr.rdata().limit() == 5);
    assertThat(answer).filteredOn(rr -> rr.type() == Type.TXT).hasSize(1);
  }

  @Test
  void signatures_standInTheSectionOfWhatTheyCover() {
    assertThat(entry.sections().answer()).filteredOn(rr -> rr.type() == Type.RRSIG).hasSize(2);
    assertThat(entry.sections().additional()).isEmpty();
  }

  @Test
  void steps_areQueriesAndChecksOnly() {
    assertThat(file.steps()).extracting(Step::number).containsExactly(1, 15);
    assertThat(file.steps().get(1).entry().extendedError()).isEqualTo("6");
    assertThat(file.steps().get(1).entry().rcode()).isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void upstream_walksDownByReferrals_withinTheSteps() {
    assertThat(new Upstream(file, 15).resolve(QUERY).rcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(new Upstream(file, 5).resolve(QUERY).rcode())
        .as("nobody answers yet")
        .isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void upstream_remembersWhatADenialSaysOfOtherNames() {
    // RFC 4034 §4.1.1: the last record of a zone covers all that comes after its owner.
    String text =
        """
        RANGE_BEGIN 0 9
        ENTRY_BEGIN
        MATCH opcode qtype qname
        REPLY QR NXDOMAIN
        SECTION QUESTION
        t.example. IN A
        SECTION AUTHORITY
        example. SOA ns.example. h.example. 1 2 3 4 5
        www.example. NSEC example. A RRSIG NSEC
        s.example. NSEC u.example. A RRSIG NSEC
        ENTRY_END
        RANGE_END
        """;
    Upstream upstream = new Upstream(ReplayParser.parse(text.lines().toList()), 1);
    for (String name : List.of("sx.example.", "s.example.", "zz.example.")) {
      Query query = new Query(Name.fromConstantString(name), Type.AAAA);
      assertThat(upstream.resolve(query).rcode()).as(name).isEqualTo(Rcode.NXDOMAIN);
    }
    for (String name : List.of("a.example.", "v.example.", "zz.test.")) {
      Query query = new Query(Name.fromConstantString(name), Type.AAAA);
      assertThat(upstream.resolve(query).rcode()).as(name).isEqualTo(Rcode.SERVFAIL);
    }
  }

  @Test
  void anchorFile_countsAsItStands() {
    String text =
        """
        server:
          auto-trust-anchor-file: "file"
        CONFIG_END
        AUTOTRUST_FILE example
        example. 3600 IN DNSKEY 257 3 5 AAAA ;{id = 1} ;;state=2 [  VALID  ]
        example. 3600 IN DNSKEY 257 3 5 BBBB ;{id = 2} ;;state=1 [ ADDPEND ]
        AUTOTRUST_END
        """;
    ReplayFile read = ReplayParser.parse(text.lines().toList());
    assertThat(read.server().all("trust-anchor")).hasSize(1);
    assertThat(Excuses.of(text.lines().toList(), read, List.of("x"))).isPresent();
  }

  @Test
  void oddFiles_areReadWithoutFailure() {
    for (int end = 0; end < FILE.length(); end += 7) {
      ReplayFile cut = ReplayParser.parse(FILE.substring(0, end).lines().toList());
      assertThat(Dialogue.play(cut)).isNotNull();
    }
  }

  /** Reads one entry, and returns it with the lines that were passed over. */
  private static Entry entry(List<String> unread, String text) {
    ReplayFile file =
        ReplayParser.parse(("RANGE_BEGIN 0 9\nENTRY_BEGIN\n" + text).lines().toList());
    unread.addAll(file.unread());
    return file.ranges().get(0).entries().get(0);
  }

  private static Entry entry(String text) {
    List<String> unread = new ArrayList<>();
    Entry entry = entry(unread, text);
    assertThat(unread).isEmpty();
    return entry;
  }

  @Test
  void everyFormOfARecord_isRead() {
    List<Rr> records =
        entry(
                """
                ADJUST copy_id copy_query sleep=1
                SECTION QUESTION
                www.example TYPE65
                SECTION ANSWER
                  www.example 3600 IN TYPE65 \\# 3 000100
                WWW.example. IN 1h TYPE1 \\# 4 C0000201
                www.example. AAAA 2001:db8::1
                www.example. RRSIG TYPE65 13 2 3600 1000000000 900000000 7 example. AA==
                www.example. IN CDS 7 ECDSAP256SHA256 2 ABAB abab
                www.example. SOA ns. h. 1 2 3 4 5 6
                \\000\\.x.example. TXT "a;b" "" ; comment
                h.example. NSEC3 1 1 0 - 0000000000000000000000000000000G A TYPE65281
                """)
            .sections()
            .answer();
    assertThat(records).extracting(Rr::type).containsExactly(65, 1, 28, 46, 59, 6, 16, 50);
    assertThat(records.get(3).covered()).isEqualTo(65);
    assertThat(records.get(6).owner().labels()).isEqualTo(3);
  }

  @Test
  void lineThatSaysNothingToUs_isPassedOver_andNamed() {
    List<String> unread = new ArrayList<>();
    entry(
        unread,
        """
        SECTION QUESTION
        www.example. IN NOSUCHTYPE
        SECTION ANSWER
        $ORIGIN example.
        www.example. CH TXT other
        www.example. A 192.0.2
        EXTRA_PACKET
        """);
    assertThat(unread)
        .containsExactly(
            "www.example. IN NOSUCHTYPE",
            "$ORIGIN example.",
            "www.example. CH TXT other",
            "www.example. A 192.0.2",
            "EXTRA_PACKET");
  }

  @Test
  void answerInOctets_isReadAsTheMessageThatItIs() {
    String head = "0000 8583 0001 0001 0000 0000 ; header\n03777777076578616d706c6500 00010001\n";
    String record = "c00c 0001 0001 0000000a 0004\nc0000201\n";
    Entry read =
        entry("HEX_ANSWER_BEGIN\n" + head + record + "HEX_ANSWER_END\nENTRY_END\nRANGE_END");
    assertThat(read.rcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(read.question()).isEqualTo(new Query(QUERY.name(), Type.A));
    assertThat(read.sections().answer())
        .singleElement()
        .matches(rr -> rr.is(QUERY.name(), Type.A) && rr.ttl() == 10 && rr.rdata().limit() == 4);
    assertThat(entry("HEX_ANSWER_BEGIN\n" + head + "HEX_ANSWER_END\nENTRY_END").rcode())
        .as("nobody can read it")
        .isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void octetsOfEdns_areNoRecords() {
    String text = "SECTION ADDITIONAL\nHEX_EDNSDATA_BEGIN\n00 03 ; NSID\n00 00\nHEX_EDNSDATA_END\n";
    assertThat(entry(text + "www.example. A 192.0.2.1").sections().additional()).hasSize(1);
  }

  @Test
  void values_standInQuotesOfEitherKind_orInNone() {
    for (String value : List.of("20070916134226", "'20070916134226'", "\"20070916134226\" # x")) {
      String text = "server:\n  val-override-date: " + value + "\nCONFIG_END\n";
      ResolverSettings settings = new ResolverSettings(ReplayParser.parse(text.lines().toList()));
      assertThat(settings.at()).as(value).isEqualTo(Instant.parse("2007-09-16T13:42:26Z"));
    }
  }
}
