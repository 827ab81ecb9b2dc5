// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;

class HostOrderTest {

  private static final TlsRequirement NOTHING =
      new TlsRequirement.Opportunistic("for a test", Optional.empty());

  private static final TlsRequirement DANE =
      new TlsRequirement.Dane(
          TlsaRrset.of(
              TlsaOwnerName.smtp("mx.example"), TlsaRecord.parse("3 1 1 " + "ab".repeat(32))),
          ReferenceIdentifiers.of("mx.example"),
          MxSecurity.SECURE,
          "for a test");

  private static MxHost host(String name, int preference, TlsRequirement requirement) {
    return new MxHost(
        new Endpoint(name, 25, TlsMode.STARTTLS), preference, 0, List.of(), requirement, List.of());
  }

  private static Set<String> orders(MxHost... hosts) {
    return IntStream.range(0, 200)
        .mapToObj(seed -> HostOrder.of(List.of(hosts), new Random(seed)))
        .map(order -> order.stream().map(MxHost::name).collect(Collectors.joining(" ")))
        .collect(Collectors.toSet());
  }

  @Test
  void preference_comesBeforeSecurity() {
    // RFC 7672 §2.2.1: "MUST NOT preempt"
    assertThat(orders(host("with", 20, DANE), host("without", 10, NOTHING)))
        .containsExactly("without with");
  }

  @Test
  void equals_areTriedInRandomOrder_whateverTheirRecords() {
    // RFC 5321 §5.1
    assertThat(orders(host("a", 10, DANE), host("b", 10, NOTHING), host("c", 5, NOTHING)))
        .containsExactlyInAnyOrder("c a b", "c b a");
    assertThat(
            orders(
                Stream.of("x", "y", "z")
                    .map(name -> host(name, 10, NOTHING))
                    .toArray(MxHost[]::new)))
        .hasSize(6);
  }
}
