// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dane4j.dnssec.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

class StateTextTest {

  private static final EnablementState STATE =
      new EnablementState(
          new EnablementPlan(
              MxTarget.name("example.org"),
              25,
              new Target.Provider(MxTarget.name("example-org.a-v1.mx.example.net.")),
              List.of("the gateway of the branch", "crm.example.org"),
              new EnablementPlan.Ttls(60, 3600)),
          Stage.OLD_HOST_IDLE,
          Optional.of(
              new Origin(
                  List.of(MxTarget.parse("10 mx.example.org.")),
                  Signing.UNSIGNED,
                  List.of(
                      tlsa("mx.example.org", "3 1 1 " + "ab".repeat(32), "3 1 1 00"),
                      tlsa("old.example.org")))),
          Optional.of(Instant.parse("2030-01-01T00:00:00Z")),
          List.of(
              new CachedAnswer(
                  new ServedAnswer(
                      Question.of("example.org", Type.MX),
                      Signing.SIGNED,
                      3600,
                      List.of("10 mx.example.org.", "20 b.example.org.")),
                  Optional.of(Instant.parse("2030-01-01T01:00:00Z"))),
              new CachedAnswer(
                  new ServedAnswer(
                      Question.of("_25._tcp.mx.example.org", Type.TLSA),
                      Signing.UNSIGNED,
                      60,
                      List.of()),
                  Optional.empty())));

  private static ServedAnswer tlsa(String host, String... rdata) {
    Question question = Question.of("_25._tcp." + host, Type.TLSA);
    return new ServedAnswer(question, Signing.SIGNED, 600, List.of(rdata));
  }

  private static final String TEXT =
      """
      dane4j enablement, version 2
      domain example.org.
      port 25
      target provider example-org.a-v1.mx.example.net.
      ttl-while-changing 60
      ttl-at-rest 3600
      uses-old-host the gateway of the branch
      uses-old-host crm.example.org
      stage old-host-idle
      origin-zone unsigned
      origin-mx 10 mx.example.org.
      origin-tlsa _25._tcp.mx.example.org. TLSA 600 signed: 3 1 1 00 | 3 1 1 abababababababababababababababababababababababababababababababab
      origin-tlsa _25._tcp.old.example.org. TLSA 600 signed: none
      last-look 2030-01-01T00:00:00Z
      held example.org. MX 3600 signed until 2030-01-01T01:00:00Z: 10 mx.example.org. | 20 b.example.org.
      held _25._tcp.mx.example.org. TLSA 60 unsigned served: none
      """;

  @Test
  void state_isWrittenForAPerson_andReadBack() throws StateFormatException {
    assertThat(StateText.write(STATE)).isEqualTo(TEXT);
    assertThat(StateText.read(TEXT)).isEqualTo(STATE);
  }

  /** Version 1 does not know what stood at the TLSA names. */
  @Test
  void stateOfVersion1_isRead() throws StateFormatException {
    EnablementState state =
        StateText.read(
            TEXT.replace("version 2", "version 1").replaceAll("(?m)^origin-tlsa .*\\n", ""));
    assertThat(state.origin().orElseThrow().mx()).isEqualTo(STATE.origin().orElseThrow().mx());
    assertThat(state.origin().orElseThrow().tlsa()).isEmpty();
    assertThat(state.held()).isEqualTo(STATE.held());
    assertThat(StateText.write(state)).startsWith(StateText.FIRST_LINE + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version 2     | version 3          | does not begin with
          port 25       | port 0             | port from 1 to 65535
          port 25       | port x             | port: 'x' makes no sense
          port 25       | port 99999999999   | port: '99999999999' makes no sense
          port 25       | color red          | line 3: unknown field 'color'
          port 25       | domain example.org.| line 3: a second domain
          port 25       | stage              | line 3: no value for stage
          stage old-host-idle | stage done.  | stage: 'done.' makes no sense
          stage old-host-idle | uses-old-host x | there is no stage
          domain example.org. | domain example.org | domain: 'example.org' makes no sense
          target provider | target lottery   | target: 'lottery
          ttl-at-rest 3600 | ttl-at-rest 30  | not 60 and 30
          origin-zone unsigned | origin-zone maybe | origin-zone: 'maybe' makes no sense
          origin-zone unsigned | uses-old-host x | origin-mx without origin-zone
          10 mx.example.org. | 10            | is not like '10 mx.example.org.'
          TLSA 600 signed: none | TLSA 600 signed served: none | origin-tlsa:
          TLSA 600 signed: none | MX 600 signed: none | origin-tlsa:
          TLSA 600 signed: none | TLSA 600 none | origin-tlsa:
          origin-tlsa _25._tcp.old | origin-tlsa _25._tcp.mx | is there twice
          last-look 2030 | last-look 20      | last-look: '20-01-01T00:00:00Z' makes no sense
          MX 3600       | XM 3600            | held:
          unsigned served | unsigned         | held:
          signed until  | signed since       | held:
          '| 20 b'      | '|  20 b'          | held:
          '| 20 b.example.org.' | '| '       | held:
          """)
  void anythingElse_isRefusedInOneLine(String wanted, String instead, String message) {
    refuses(wanted, instead, message);
  }

  @Test
  void whatIsNoText_isRefusedInOneLine() {
    refuses("| 20 b", "| \u0085b", "held:");
    refuses("crm.example", "crm\u0007example", "one line of text");
  }

  private static void refuses(String wanted, String instead, String message) {
    assertThat(TEXT).contains(wanted);
    String wrong = TEXT.replace(wanted, instead);
    assertThatThrownBy(() -> StateText.read(wrong))
        .isInstanceOf(StateFormatException.class)
        .hasMessageContaining(message)
        .satisfies(problem -> assertThat(problem.getMessage()).hasLineCount(1));
  }

  @Test
  void fileThatWasCutOff_isRefused() {
    for (int length = 0; length < TEXT.length(); length++) {
      String cut = TEXT.substring(0, length);
      if (!cut.endsWith("\n")) {
        assertThatThrownBy(() -> StateText.read(cut)).isInstanceOf(StateFormatException.class);
      }
    }
  }

  @Property
  void noText_makesTheReaderThrowAnythingElse(@ForAll String garbage) {
    for (String text : List.of(garbage, TEXT + garbage + "\n", TEXT.replace("10 ", garbage))) {
      try {
        EnablementState state = StateText.read(text);
        assertThat(StateText.read(StateText.write(state))).isEqualTo(state);
      } catch (StateFormatException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
