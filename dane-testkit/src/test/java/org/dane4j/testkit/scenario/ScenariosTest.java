// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue, held against a client that follows RFC 7672 plainly. */
class ScenariosTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final TestInternet INTERNET = TestInternet.start(Scenarios.all(), AT);

  private static final ReferenceClient CLIENT = new ReferenceClient(INTERNET);

  @BeforeAll
  static void silenceIsShort() {
    INTERNET
        .mailServer("mx.starttls-silence.example")
        .change(server -> server.patience(Duration.ofMillis(100)));
  }

  @AfterAll
  static void close() {
    INTERNET.close();
  }

  static List<Scenario> all() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void scenario_endsAsItSays(Scenario scenario) {
    Outcome outcome = CLIENT.deliverTo(scenario.domain());

    assertThat(outcome)
        .as("%s (%s)", scenario, scenario.section())
        .satisfies(actual -> assertThat(scenario.allows(actual)).isTrue());
  }

  @Test
  void catalogue_hasDistinctIdsAndDomains() {
    assertThat(Scenarios.all()).hasSizeGreaterThan(120);
    assertThat(Scenarios.all()).extracting(Scenario::id).doesNotHaveDuplicates();
    assertThat(Scenarios.all()).extracting(Scenario::domain).doesNotHaveDuplicates();
  }

  @Test
  void catalogue_hasEveryOutcome() {
    assertThat(Scenarios.all())
        .extracting(Scenario::outcome)
        .containsAll(EnumSet.allOf(Outcome.class));
  }

  @Test
  void section_namesAnRfc() {
    assertThat(Scenarios.all())
        .extracting(Scenario::section)
        .allMatch(section -> section.matches("RFC \\d{4} §\\d+(\\.\\d+)*"));
  }

  @Test
  void allowedOutcomes_areTheOneAskedForAndTheOnesLeftOpen() {
    Scenario scenario = Scenarios.byId("insecure-mx");

    assertThat(EnumSet.allOf(Outcome.class))
        .filteredOn(scenario::allows)
        .containsExactly(Outcome.DANE_VERIFIED, Outcome.OPPORTUNISTIC);
  }

  @Test
  void unknownId_isRefused() {
    assertThatThrownBy(() -> Scenarios.byId("nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scenarioAlone_isAnInternetToo() {
    for (String id : List.of("ee-311", "alias-insecure-target", "bogus-stripped", "null-mx")) {
      Scenario scenario = Scenarios.byId(id);
      try (TestInternet internet = TestInternet.start(scenario, AT)) {
        Outcome outcome = new ReferenceClient(internet).deliverTo(scenario.domain());
        assertThat(scenario.allows(outcome)).as(id).isTrue();
      }
    }
  }
}
