// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DanePoliciesTest {

  private final DanePolicies policies =
      DanePolicies.of(DanePolicy.opportunistic())
          .with("bank.example", DanePolicy.mandatory())
          .with("*.bank.example", DanePolicy.audit())
          .with("*.branch.bank.example", DanePolicy.off())
          .with("[relay.example]", DanePolicy.mandatory())
          .with("[relay.example]:587", DanePolicy.audit())
          .with("relay.example", DanePolicy.off())
          .with("[192.0.2.1]", DanePolicy.off());

  @ParameterizedTest
  @CsvSource({
    "bank.example, MANDATORY",
    "BANK.example., MANDATORY",
    "a.bank.example, AUDIT",
    "b.a.bank.example, AUDIT",
    "branch.bank.example, AUDIT",
    "x.branch.bank.example, OFF",
    "relay.example, OFF",
    "savingsbank.example, OPPORTUNISTIC",
    "example, OPPORTUNISTIC"
  })
  void domain_hasItsMostSpecificPolicy(String domain, DaneMode mode) {
    assertThat(policies.forDomain(domain).mode()).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example, 25, MANDATORY",
    "Relay.Example., 587, AUDIT",
    "192.0.2.1, 25, OFF",
    "bank.example, 25, OPPORTUNISTIC",
    "x.bank.example, 25, OPPORTUNISTIC"
  })
  void configuredHost_hasAPolicyOfItsOwn_notThatOfItsDomain(String host, int port, DaneMode mode) {
    assertThat(policies.forHost(host, port).mode()).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[2001:db8::1]",
        "[2001:DB8:0::0:1]",
        "[IPv6:2001:db8::1]",
        "[2001:db8:0:0:0:0:0:1]:25"
      })
  void ipv6Address_isTheSameInEachWayOfWriting(String pattern) {
    DanePolicies exception = policies.with(pattern, DanePolicy.mandatory());
    // As InetAddress writes it, and as people do (RFC 5952).
    assertThat(exception.forHost("2001:db8:0:0:0:0:0:1", 25).mode()).isEqualTo(DaneMode.MANDATORY);
    assertThat(exception.forHost("2001:db8::1", 25).mode()).isEqualTo(DaneMode.MANDATORY);
    assertThat(exception.forHost("2001:db8::2", 25).mode()).isEqualTo(DaneMode.OPPORTUNISTIC);
  }

  @Test
  void laterPolicy_replacesAnEarlierOne_andLeavesTheOriginalAlone() {
    DanePolicies changed = policies.with("Bank.Example.", DanePolicy.off());
    assertThat(changed.forDomain("bank.example").mode()).isEqualTo(DaneMode.OFF);
    assertThat(policies.forDomain("bank.example").mode()).isEqualTo(DaneMode.MANDATORY);
    assertThat(DanePolicies.of(DanePolicy.off()).with("a.example", DanePolicy.mandatory()))
        .hasToString("a.example MANDATORY, all others OFF");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a*.example",
        "*.*.example",
        "[relay.example",
        "relay.example:587",
        "a..b",
        "m\u00fc.example",
        "[a]:0",
        "[relay.example]:65536",
        "[2001:db8]",
        "[1:::2]"
      })
  void otherPatterns_areRefused(String pattern) {
    assertThatThrownBy(() -> policies.with(pattern, DanePolicy.off()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + pattern + "'")
        .hasMessageContaining("*.bank.example");
  }
}
