// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which algorithms count, and who computes them. */
class AlgorithmPolicyTest {

  private static final AlgorithmPolicy DEFAULT = AlgorithmPolicy.recommended();
  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private static List<Integer> all(IntPredicate which) {
    return IntStream.range(0, 256).filter(which).boxed().toList();
  }

  @Test
  void recommended_isWhatTheRegistryRecommends() {
    // RFC 9904; RFC 9905 for 5, 7 and digest 1; RFC 9906 for 12
    assertThat(all(DEFAULT::supportsAlgorithm)).containsExactly(8, 10, 13, 14, 15, 16);
    assertThat(all(DEFAULT::supportsDigest)).containsExactly(2, 4);
  }

  @Test
  void dangerousSha1_addsItsNumbersAndNothingElse() {
    AlgorithmPolicy policy = DEFAULT.withDangerousSha1();
    assertThat(all(policy::supportsAlgorithm)).containsExactly(5, 7, 8, 10, 13, 14, 15, 16);
    assertThat(all(policy::supportsDigest)).containsExactly(1, 2, 4);
    assertThat(all(DEFAULT::supportsAlgorithm)).as("the original").doesNotContain(5, 7);
  }

  @Test
  void gost12_addsItsNumbersAndNothingElse() {
    // RFC 9558
    AlgorithmPolicy policy = DEFAULT.withGost12();
    assertThat(all(policy::supportsAlgorithm)).containsExactly(8, 10, 13, 14, 15, 16, 23);
    assertThat(all(policy::supportsDigest)).containsExactly(2, 4, 5);
  }

  @Test
  void sm2_addsItsNumbersAndNothingElse() {
    // RFC 9563
    AlgorithmPolicy policy = DEFAULT.withSm2();
    assertThat(all(policy::supportsAlgorithm)).containsExactly(8, 10, 13, 14, 15, 16, 17);
    assertThat(all(policy::supportsDigest)).containsExactly(2, 4, 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 7, 8, 10, 13, 14, 15, 16, 17, 23})
  void provider_isSetForItsAlgorithmOnly(int algorithm) {
    AlgorithmPolicy before = DEFAULT.withDangerousSha1().withGost12().withSm2();
    Provider provider = FakeProvider.having(BOUNCY_CASTLE, name -> true);
    AlgorithmPolicy after = before.withProvider(algorithm, provider);
    for (int other : all(before::supportsAlgorithm)) {
      if (other == algorithm) {
        assertThat(after.scheme(other)).asString().endsWith(" by Fake");
      } else {
        assertThat(after.scheme(other)).isSameAs(before.scheme(other));
      }
    }
    assertThat(all(after::supportsDigest)).isEqualTo(all(before::supportsDigest));
  }

  @Test
  void jdksOwnCurves_canBeChosen() {
    Provider jdk = Objects.requireNonNull(Security.getProvider("SunEC"));
    AlgorithmPolicy policy = DEFAULT;
    for (int algorithm : List.of(13, 14, 15, 16)) {
      policy = policy.withProvider(algorithm, jdk);
    }
    assertThat(policy)
        .hasToString(
            "algorithms {8=SHA256withRSA by the platform, 10=SHA512withRSA by the platform,"
                + " 13=SHA256withECDSAinP1363Format by SunEC,"
                + " 14=SHA384withECDSAinP1363Format by SunEC,"
                + " 15=Ed25519 by SunEC, 16=Ed448 by SunEC}, DS digests [2, 4]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 6, 7, 12, 17, 23, 200, 253, 254})
  void providerForAnAlgorithmThatDoesNotCount_isRefused(int algorithm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DEFAULT.withProvider(algorithm, BOUNCY_CASTLE))
        .withMessageContaining("algorithm " + algorithm + " does not count");
  }

  @Test
  void providerThatCannotVerify_isRefused() {
    for (Provider provider :
        List.of(
            FakeProvider.having(BOUNCY_CASTLE, name -> false),
            FakeProvider.having(BOUNCY_CASTLE, name -> !name.contains("with")),
            FakeProvider.verifying(BOUNCY_CASTLE, FakeProvider.Behavior.THROWS),
            FakeProvider.verifying(BOUNCY_CASTLE, FakeProvider.Behavior.BELIEVES_EVERYTHING))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DEFAULT.withProvider(AlgorithmPolicy.ECDSAP256SHA256, provider))
          .withMessageStartingWith("Fake cannot verify DNSSEC algorithm 13: ");
    }
  }

  @Test
  void algorithmThatNobodyComputes_doesNotCount() {
    AlgorithmPolicy none = AlgorithmPolicy.of(Map.of(), Set.of());
    Provider broken = FakeProvider.verifying(BOUNCY_CASTLE, FakeProvider.Behavior.THROWS);
    assertThat(all(none.with(8, broken, broken)::supportsAlgorithm)).isEmpty();
    assertThat(all(none.with(8, broken, BOUNCY_CASTLE)::supportsAlgorithm)).containsExactly(8);
    assertThat(all(none.with(8, BOUNCY_CASTLE, broken)::supportsAlgorithm)).containsExactly(8);
  }
}
