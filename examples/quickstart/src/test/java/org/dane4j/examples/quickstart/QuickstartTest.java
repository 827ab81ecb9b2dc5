// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuickstartTest {

  @Test
  void mailIsDelivered_andEveryAttackIsRefused() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(octets, true, StandardCharsets.UTF_8);
    boolean good = Quickstart.run(out, Instant.parse("2026-05-01T12:00:00Z"));
    String text = octets.toString(StandardCharsets.UTF_8);
    assertThat(good).as(text).isTrue();
    assertThat(text.lines().filter(line -> line.contains("DELIVERED"))).hasSize(1);
    assertThat(text.lines().filter(line -> line.contains("REFUSED")))
        .hasSize(Attack.all().size())
        .hasSizeGreaterThanOrEqualTo(6);
  }
}
