// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Failed;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Fetched;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** When an MTA-STS policy is fetched. */
class ObservedPolicyTest {

  private static Answer secure(ValidationResult verdict) {
    return ((Secure) verdict).answer();
  }

  @Test
  void policy_isFetchedIfThereIsOneRecord() {
    try (Village village =
        Village.with(
            net ->
                net.zone(
                    "r.test",
                    zone ->
                        zone.record("_mta-sts TXT \"v=STSv1; id=1;\"\n_mta-sts TXT \"other\"")
                            .record("_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@r.test\"")),
            host -> {})) {
      Fetched policy = new Fetched("enforce", 86400, List.of("mx.r.test"));
      List<Name> asked = new ArrayList<>();
      DomainFacts facts =
          village.observe(
              village
                  .observer()
                  .policyFetcher(
                      domain -> {
                        asked.add(domain);
                        return policy;
                      })
                  .build());
      assertThat(asked).containsExactly(Name.fromConstantString("r.test."));
      assertThat(facts.policies().mtaStsPolicy()).contains(policy);
      assertThat(secure(facts.policies().mtaStsRecord())).isInstanceOf(Answer.Positive.class);
      assertThat(secure(facts.policies().tlsReporting())).isInstanceOf(Answer.Positive.class);
    }
  }

  @Test
  void withoutPolicyRecord_nothingIsFetched() {
    try (Village village = Village.healthy()) {
      // The fetcher of a village throws.
      assertThat(village.observe().policies().mtaStsPolicy()).isEmpty();
    }
  }

  @Test
  void policyHostInTheObserversOwnHouse_isLeftAlone() {
    assertThat(fetched("mta-sts A 10.0.0.1")).contains("10.0.0.1 is reserved");
    assertThat(fetched("mta-sts A 1.1.1.1\nmta-sts A 127.0.0.1")).contains("reserved");
    assertThat(fetched("mta-sts AAAA ::1")).contains("reserved");
    assertThat(fetched("other A 1.1.1.1")).contains("has no address");
    assertThat(fetched("mta-sts A 1.1.1.1")).isEqualTo("it was fetched");
  }

  private static String fetched(String records) {
    try (Village village =
        Village.with(
            net ->
                net.zone(
                    "r.test", zone -> zone.record("_mta-sts TXT \"v=STSv1; id=1;\"\n" + records)),
            host -> {})) {
      DomainObserver shy =
          DomainObserver.builder(village.dns, SmtpClient.builder(village.dns).build())
              .policyFetcher(domain -> new Failed("it was fetched"))
              .build();
      return ((Failed) village.observe(shy).policies().mtaStsPolicy().orElseThrow()).why();
    }
  }
}
