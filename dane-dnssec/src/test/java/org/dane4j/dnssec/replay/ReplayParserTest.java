// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(ResolverSettings.excuse(text.lines().toList())).isPresent();
    assertThat(ResolverSettings.excuse(FILE.lines().toList())).isEmpty();
  }

  @Test
  void oddFiles_areReadWithoutFailure() {
    for (int end = 0; end < FILE.length(); end += 7) {
      ReplayFile cut = ReplayParser.parse(FILE.substring(0, end).lines().toList());
      assertThat(Dialogue.play(cut)).isNotNull();
    }
  }
}
