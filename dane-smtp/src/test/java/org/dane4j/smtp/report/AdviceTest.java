// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.ChannelSecurity;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.PkixNames;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Nobody is told to publish what is published. */
class AdviceTest {

  private static final String HOST = "mx.example.test";

  private static final TlsaRrset RECORDS =
      new TlsaRrset(
          TlsaOwnerName.smtp(HOST),
          List.of(TlsaRecord.parse("3 1 1 " + "aa".repeat(32))),
          List.of());

  private static final TlsRequirement DANE =
      new TlsRequirement.Dane(
          RECORDS, ReferenceIdentifiers.of(HOST), MxSecurity.SECURE, "there are records");

  private static String on(TlsRequirement requirement) {
    ValidationResult lookup =
        ValidationResult.Indeterminate.because(Question.of(HOST, Type.A), FetchFailure.TIMEOUT);
    MxHost host =
        new MxHost(
            new Endpoint(HOST, 25, TlsMode.STARTTLS),
            0,
            0,
            List.of(),
            requirement,
            List.of(lookup));
    Attempt.Result ready =
        new Attempt.Result.Ready(ChannelSecurity.OPPORTUNISTIC_TLS, Optional.empty());
    return Advice.on(new Attempt(host, Optional.empty(), ready));
  }

  private static TlsRequirement opportunistic(Optional<TlsRequirement> audited) {
    return new TlsRequirement.Opportunistic("why", audited);
  }

  private static TlsRequirement pkix(Optional<TlsRequirement> audited) {
    return new TlsRequirement.Pkix(new PkixNames(HOST, Optional.empty()), "why", audited);
  }

  @Test
  void recordsThatAreOnlyAudited_areNotMissing() {
    assertThat(on(opportunistic(Optional.of(DANE)))).isEmpty();
    assertThat(on(pkix(Optional.of(DANE)))).isEmpty();
    assertThat(on(opportunistic(Optional.empty()))).contains("publish TLSA records");
    assertThat(on(pkix(Optional.empty()))).contains("publish TLSA records");
  }

  @Test
  void recordsThatNoSenderCanUse_areToBeReplaced_thoughOnlyAudited() {
    TlsaRrset unusable =
        new TlsaRrset(
            TlsaOwnerName.smtp(HOST),
            List.of(TlsaRecord.parse("1 1 1 " + "aa".repeat(32))),
            List.of());
    TlsRequirement encrypt = new TlsRequirement.Encrypt(unusable, "none is usable");
    assertThat(on(opportunistic(Optional.of(encrypt)))).contains("Publish a usable TLSA record");
  }
}
