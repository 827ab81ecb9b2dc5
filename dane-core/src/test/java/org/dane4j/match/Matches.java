// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/** Matches against mx.example.org as tests write them. */
final class Matches {

  static final String MX = "mx.example.org";

  private Matches() {}

  static TlsaRrset rrset(TlsaRecord... records) {
    return TlsaRrset.of(TlsaOwnerName.smtp(MX), records);
  }

  static PeerChain chain(Minted... certificates) {
    return PeerChain.ofDer(Arrays.stream(certificates).map(Minted::der).toList());
  }

  static List<TlsaRecord> records(TlsaRecord... records) {
    return new ArrayList<>(List.of(records));
  }

  static MatchResult match(TlsaRecord record, Minted... certificates) {
    return match(TlsaMatcher.forSmtp(), rrset(record), chain(certificates));
  }

  static MatchResult match(List<TlsaRecord> records, Minted... certificates) {
    return match(
        TlsaMatcher.forSmtp(), rrset(records.toArray(new TlsaRecord[0])), chain(certificates));
  }

  static MatchResult match(TlsaMatcher matcher, TlsaRrset rrset, PeerChain chain) {
    return matcher.match(rrset, chain, ReferenceIdentifiers.of(MX), CertificateMint.NOW);
  }

  static MatchResult.Matched matched(MatchResult result) {
    assertThat(result).as(result.explanation()).isInstanceOf(MatchResult.Matched.class);
    return (MatchResult.Matched) result;
  }

  static Mismatch mismatch(MatchResult result) {
    assertThat(result).as(result.explanation()).isInstanceOf(MatchResult.Unmatched.class);
    return ((MatchResult.Unmatched) result).mismatch();
  }

  static <T extends Mismatch> T mismatch(Class<T> type, MatchResult result) {
    Mismatch mismatch = mismatch(result);
    assertThat(mismatch).as(mismatch.explanation()).isInstanceOf(type);
    return type.cast(mismatch);
  }

  static ChainCertificate certificate(Minted minted) {
    return chain(minted).leaf();
  }
}
