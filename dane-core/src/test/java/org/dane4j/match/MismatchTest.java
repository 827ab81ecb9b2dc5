// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Usability;
import org.junit.jupiter.api.Test;

class MismatchTest {

  private final ChainCertificate server =
      Matches.certificate(CertificateMint.server("mx.example.org").mint());
  private final ChainCertificate ca = Matches.certificate(CertificateMint.ca("CA").mint());
  private final Octets octets = Octets.ofHex("abcd");
  private final Instant then = Instant.parse("2026-01-01T00:00:00Z");
  private final Instant now = Instant.parse("2026-06-01T00:00:00Z");

  private final List<Mismatch> oneOfEach =
      List.of(
          new AssociationMismatch.Shadowed(MatchingType.SHA2_512),
          new AssociationMismatch.DataDiffers(octets, octets, server),
          new AssociationMismatch.NoAnchorInChain(octets, List.of(octets)),
          new AssociationMismatch.CaNotFound(octets, List.of(octets)),
          new AssociationMismatch.RawPublicKey(server),
          new AssociationMismatch.ShadowedMatch(MatchingType.SHA2_512, server),
          new TrustPathMismatch.NoPath(server, ca),
          new TrustPathMismatch.NoPkixPath(server, ca),
          new TrustPathMismatch.BadSignature(server, ca),
          new TrustPathMismatch.SearchBudgetSpent("100 signatures were verified"),
          new CertificateMismatch.Malformed(ca, "it is"),
          new CertificateMismatch.UnsupportedAlgorithm(ca, "GOST"),
          new CertificateMismatch.WeakSignature(ca, "MD5 with RSA"),
          new CertificateMismatch.WeakKey(ca, "RSA-512", "RSA-1024"),
          new CertificateMismatch.UnknownCriticalExtension(ca, "1.2.3"),
          new CertificateMismatch.NotCa(ca),
          new CertificateMismatch.PathLengthExceeded(ca, 0, 1),
          new CertificateMismatch.KeyUsageForbids(ca, "keyCertSign"),
          new CertificateMismatch.ExtendedKeyUsageForbids(ca, List.of("1.2.3")),
          new CertificateMismatch.NameConstraintViolated(server, ca, "mx.example.org"),
          new CertificateMismatch.NotYetValid(ca, now, then),
          new CertificateMismatch.Expired(ca, then, now),
          new NameMismatch(
              ReferenceIdentifiers.of("mx.example.org"),
              List.of("other.example"),
              List.of(server)));

  @Test
  void oneOfEachIsTestedAndTheyAreInOrderOfRank() {
    assertThat(oneOfEach.stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(leaves(Mismatch.class).collect(Collectors.toSet()));
    assertThat(oneOfEach).isSortedAccordingTo((a, b) -> a.rank().compareTo(b.rank()));
    assertThat(oneOfEach.stream().map(Mismatch::rank).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Mismatch.Rank.values());
  }

  @Test
  void everyExplanationIsSomeSentencesThatSayWhatToDo() {
    for (Mismatch mismatch : oneOfEach) {
      assertThat(mismatch.explanation()).endsWith(".").doesNotContain("%");
      if (!(mismatch instanceof TrustPathMismatch.SearchBudgetSpent)
          && !(mismatch instanceof CertificateMismatch.UnsupportedAlgorithm)) {
        assertThat(mismatch.explanation()).contains("RFC ");
      }
    }
  }

  @Test
  void certificatesAreNamedWithSubjectSerialAndKey() {
    assertThat(new CertificateMismatch.NotCa(ca).explanation())
        .contains("CN=CA", "serial ", "SPKI SHA-256 " + ca.spkiSha256().orElseThrow());
  }

  @Test
  void theMostSpecificIsKeptAndTheFirstOfEquals() {
    MostSpecific failures = new MostSpecific(oneOfEach.get(1));
    failures.add(oneOfEach.get(0));
    assertThat(failures.get()).isEqualTo(oneOfEach.get(1));
    failures.add(oneOfEach.get(2));
    assertThat(failures.get()).isEqualTo(oneOfEach.get(1));
    failures.add(oneOfEach.get(oneOfEach.size() - 1));
    failures.add(oneOfEach.get(oneOfEach.size() - 2));
    assertThat(failures.get()).isInstanceOf(NameMismatch.class);
  }

  @Test
  void resultTypesAreThoseOfRfc8460() {
    assertThat(Stream.of(TlsrptResultType.values()).map(TlsrptResultType::toString))
        .containsExactly(
            "starttls-not-supported",
            "certificate-host-mismatch",
            "certificate-expired",
            "certificate-not-trusted",
            "validation-failure",
            "tlsa-invalid",
            "dnssec-invalid",
            "dane-required");
  }

  // Whoever adds a result has to look at all who tell results apart.
  @Test
  void resultsAreTheseAndNoOthers() {
    assertThat(leaves(MatchResult.class))
        .containsExactlyInAnyOrder(
            MatchResult.Matched.class,
            MatchResult.Unmatched.class,
            MatchResult.NoUsableRecord.class);
    assertThat(leaves(RecordOutcome.class))
        .containsExactlyInAnyOrder(
            RecordOutcome.Accepted.class,
            RecordOutcome.Refused.class,
            RecordOutcome.Unusable.class,
            RecordOutcome.NotTried.class);
    assertThat(leaves(Authentication.class))
        .containsExactlyInAnyOrder(
            Authentication.ByEndEntity.class,
            Authentication.ByTrustAnchor.class,
            Authentication.ByTrustAnchorKey.class,
            Authentication.ByPkixEndEntity.class,
            Authentication.ByPkixTrustAnchor.class);
    assertThat(leaves(Usability.class))
        .containsExactlyInAnyOrder(Usability.Usable.class, Usability.Unusable.class);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(MismatchTest::leaves)
        : Set.<Class<?>>of(type).stream();
  }
}
