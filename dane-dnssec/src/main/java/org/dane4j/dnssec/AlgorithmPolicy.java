// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.crypto.EcdsaScheme;
import org.dane4j.dnssec.crypto.EddsaScheme;
import org.dane4j.dnssec.crypto.GostScheme;
import org.dane4j.dnssec.crypto.Probe;
import org.dane4j.dnssec.crypto.RsaScheme;
import org.dane4j.dnssec.crypto.SignatureScheme;
import org.jspecify.annotations.Nullable;

/**
 * Which DNSSEC algorithms count, and who computes them.
 *
 * <p>A zone whose DS records name only algorithms or digest types that do not count is insecure, as
 * if it were not signed (RFC 4035 §5.2). Supported by default are those that IANA's registry
 * recommends for validation: RSA/SHA-256 (8), RSA/SHA-512 (10), ECDSA P-256 (13) and P-384 (14),
 * Ed25519 (15), Ed448 (16), and the DS digests SHA-256 (2) and SHA-384 (4). SHA-1 does not count,
 * neither for signatures (5, 7) nor for DS digests (1): RFC 9905 asks operators to treat it so. The
 * national algorithms GOST (23) and SM2 (17) count where they are asked for. Everything else,
 * retired algorithms such as 1, 3, 6 and 12 included (RFC 9906), cannot be made to count.
 *
 * <p>By default elliptic curves are computed by Bouncy Castle, which is several times faster at it
 * than the JDK, and RSA by the platform's first provider. Each algorithm is tried out when a policy
 * is made: one that no provider here can compute does not count, as if nobody had ever implemented
 * it; {@link #toString} shows what is left. Immutable and thread-safe.
 */
public final class AlgorithmPolicy {

  /** RSA/SHA-1 (RFC 3110): off by default. */
  public static final int RSASHA1 = 5;

  /** RSA/SHA-1 in zones with NSEC3 (RFC 5155): off by default. */
  public static final int RSASHA1_NSEC3_SHA1 = 7;

  /** RSA/SHA-256 (RFC 5702). */
  public static final int RSASHA256 = 8;

  /** RSA/SHA-512 (RFC 5702). */
  public static final int RSASHA512 = 10;

  /** ECDSA on P-256 with SHA-256 (RFC 6605). */
  public static final int ECDSAP256SHA256 = 13;

  /** ECDSA on P-384 with SHA-384 (RFC 6605). */
  public static final int ECDSAP384SHA384 = 14;

  /** Ed25519 (RFC 8080). */
  public static final int ED25519 = 15;

  /** Ed448 (RFC 8080). */
  public static final int ED448 = 16;

  /** SM2 with SM3 (RFC 9563): off by default. */
  public static final int SM2SM3 = 17;

  /** GOST R 34.10-2012 with 256 bits (RFC 9558): off by default. */
  public static final int ECC_GOST12 = 23;

  private final Map<Integer, SignatureScheme> schemes;
  private final Set<Integer> digests;
  private final Completeness completeness;

  private AlgorithmPolicy(
      Map<Integer, SignatureScheme> schemes, Set<Integer> digests, Completeness completeness) {
    this.schemes = Map.copyOf(schemes);
    this.digests = Set.copyOf(digests);
    this.completeness = completeness;
  }

  /** How many of a zone's algorithms must have signed its data (RFC 6840 §5.11). */
  enum Completeness {
    /** Any one: what validators should be content with. */
    ANY_ALGORITHM,
    /** Every one that a DS record or trust anchor names: the option for troubleshooting. */
    EVERY_ALGORITHM
  }

  /**
   * Returns the policy described above.
   *
   * @return the recommended policy
   */
  public static AlgorithmPolicy recommended() {
    return Recommended.POLICY;
  }

  /** Made once: a provider is large, and has no state. */
  private static final class Recommended {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private static final AlgorithmPolicy POLICY =
        AlgorithmPolicy.of(Map.of(), Set.of(Ds.SHA256, Ds.SHA384))
            .with(RSASHA256, null, BOUNCY_CASTLE)
            .with(RSASHA512, null, BOUNCY_CASTLE)
            .with(ECDSAP256SHA256, BOUNCY_CASTLE, null)
            .with(ECDSAP384SHA384, BOUNCY_CASTLE, null)
            .with(ED25519, BOUNCY_CASTLE, null)
            .with(ED448, BOUNCY_CASTLE, null);
  }

  /** Returns a policy of given schemes: for tests with algorithms that nobody should use. */
  static AlgorithmPolicy of(Map<Integer, SignatureScheme> schemes, Set<Integer> digests) {
    return new AlgorithmPolicy(schemes, digests, Completeness.ANY_ALGORITHM);
  }

  /**
   * Returns this policy with SHA-1 believed: RSA/SHA-1 signatures (5, 7), and SHA-1 DS digests (1)
   * where no stronger digest stands beside them (RFC 4509 §3).
   *
   * <p>Whoever can choose part of a zone's data can make two RRsets with the same SHA-1 digest, and
   * then the signature of one is good for the other. Zones that still use SHA-1 count as unsigned
   * without this (RFC 9905), which is no worse than that.
   *
   * @return the new policy
   */
  public AlgorithmPolicy withDangerousSha1() {
    return with(RSASHA1, null, Recommended.BOUNCY_CASTLE)
        .with(RSASHA1_NSEC3_SHA1, null, Recommended.BOUNCY_CASTLE)
        .withDigest(Ds.SHA1);
  }

  /**
   * Returns this policy with GOST R 34.10-2012 signatures (23) and GOST R 34.11-2012 DS digests (5)
   * as in RFC 9558, computed by Bouncy Castle.
   *
   * @return the new policy
   */
  public AlgorithmPolicy withGost12() {
    return with(ECC_GOST12, Recommended.BOUNCY_CASTLE, null).withDigest(Ds.GOST12);
  }

  /**
   * Returns this policy with SM2 signatures (17) and SM3 DS digests (6) as in RFC 9563, computed by
   * Bouncy Castle.
   *
   * @return the new policy
   */
  public AlgorithmPolicy withSm2() {
    return with(SM2SM3, Recommended.BOUNCY_CASTLE, null).withDigest(Ds.SM3);
  }

  /**
   * Returns this policy with the signature completeness test: every algorithm that a DS record or
   * trust anchor of a zone names must have signed all data of the zone. By default one valid
   * signature is enough. RFC 6840 §5.11 allows the test as an option for troubleshooting: a
   * rollover of algorithms that validators may accept fails it.
   *
   * @return the new policy
   */
  public AlgorithmPolicy requiringEveryAlgorithm() {
    return new AlgorithmPolicy(schemes, digests, Completeness.EVERY_ALGORITHM);
  }

  Completeness completeness() {
    return completeness;
  }

  /**
   * Returns this policy with one algorithm computed by another provider.
   *
   * @param algorithm the algorithm number, one that this policy supports
   * @param provider the JCA provider; it need not be registered
   * @return the new policy
   * @throws IllegalArgumentException if the policy does not support the algorithm, or the provider
   *     cannot compute it
   */
  public AlgorithmPolicy withProvider(int algorithm, Provider provider) {
    Objects.requireNonNull(provider, "provider");
    if (!supportsAlgorithm(algorithm)) {
      throw new IllegalArgumentException(
          "DNSSEC algorithm " + algorithm + " does not count here, so nobody computes it: " + this);
    }
    try {
      return with(algorithm, tried(algorithm, provider));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          provider.getName()
              + " cannot verify DNSSEC algorithm "
              + algorithm
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Adds an algorithm, if one of two providers can compute it (null: the platform's first). */
  AlgorithmPolicy with(int algorithm, @Nullable Provider first, @Nullable Provider second) {
    try {
      return with(algorithm, tried(algorithm, first));
    } catch (GeneralSecurityException | RuntimeException e) {
      return withIfPossible(algorithm, second);
    }
  }

  private AlgorithmPolicy withIfPossible(int algorithm, @Nullable Provider provider) {
    try {
      return with(algorithm, tried(algorithm, provider));
    } catch (GeneralSecurityException | RuntimeException e) {
      // RFC 4035 §5.2: what cannot be verified at all is unsupported. It is not forged.
      return this;
    }
  }

  private AlgorithmPolicy with(int algorithm, SignatureScheme scheme) {
    Map<Integer, SignatureScheme> changed = new HashMap<>(schemes);
    changed.put(algorithm, scheme);
    return new AlgorithmPolicy(changed, digests, completeness);
  }

  private AlgorithmPolicy withDigest(int digestType) {
    Set<Integer> changed = new HashSet<>(digests);
    changed.add(digestType);
    return new AlgorithmPolicy(schemes, changed, completeness);
  }

  private static SignatureScheme tried(int algorithm, @Nullable Provider provider)
      throws GeneralSecurityException {
    SignatureScheme scheme = scheme(algorithm, provider);
    Probe.run(algorithm, scheme);
    return scheme;
  }

  private static SignatureScheme scheme(int algorithm, @Nullable Provider provider)
      throws GeneralSecurityException {
    return switch (algorithm) {
      case RSASHA1, RSASHA1_NSEC3_SHA1 -> RsaScheme.of("SHA1withRSA", provider);
      case RSASHA256 -> RsaScheme.of("SHA256withRSA", provider);
      case RSASHA512 -> RsaScheme.of("SHA512withRSA", provider);
      case ECDSAP256SHA256 -> EcdsaScheme.p256(provider);
      case ECDSAP384SHA384 -> EcdsaScheme.p384(provider);
      case ED25519 -> EddsaScheme.ed25519(provider);
      case ED448 -> EddsaScheme.ed448(provider);
      case SM2SM3 -> EcdsaScheme.sm2(provider);
      case ECC_GOST12 -> GostScheme.of(provider);
      default -> throw new IllegalArgumentException("no scheme for algorithm " + algorithm);
    };
  }

  /** Everything that can be made to count. Made when it is needed. */
  private static final class Everything {
    private static final AlgorithmPolicy POLICY =
        recommended().withDangerousSha1().withGost12().withSm2();
  }

  /** Returns the policy by which these algorithms and digests count and no others. */
  static AlgorithmPolicy counting(Set<Integer> algorithms, Set<Integer> digests) {
    AlgorithmPolicy all = Everything.POLICY;
    if (!all.algorithms().containsAll(algorithms) || !all.digests().containsAll(digests)) {
      throw new IllegalArgumentException(
          "not all of the algorithms %s and the DS digests %s can be computed here: %s"
              .formatted(algorithms, digests, all));
    }
    Map<Integer, SignatureScheme> schemes = new HashMap<>(all.schemes);
    schemes.keySet().retainAll(algorithms);
    return AlgorithmPolicy.of(schemes, digests);
  }

  /** Returns the numbers of the algorithms that count. */
  SortedSet<Integer> algorithms() {
    return new TreeSet<>(schemes.keySet());
  }

  /** Returns the numbers of the DS digests that count. */
  SortedSet<Integer> digests() {
    SortedSet<Integer> counting = new TreeSet<>(digests);
    counting.removeIf(digest -> !supportsDigest(digest));
    return counting;
  }

  @Nullable SignatureScheme scheme(int algorithm) {
    return schemes.get(algorithm);
  }

  /**
   * Returns whether signatures of an algorithm count.
   *
   * @param algorithm a DNSSEC algorithm number
   * @return whether it is supported
   */
  public boolean supportsAlgorithm(int algorithm) {
    return schemes.containsKey(algorithm);
  }

  /**
   * Returns whether DS records with a digest type count.
   *
   * @param digestType a DS digest type
   * @return whether it is supported
   */
  public boolean supportsDigest(int digestType) {
    return digests.contains(digestType) && Ds.supportsDigest(digestType);
  }

  /** Returns the numbers of algorithms and DS digests that count, and who computes them. */
  @Override
  public String toString() {
    String all = completeness == Completeness.EVERY_ALGORITHM ? ", all of which must sign" : "";
    return "algorithms " + new TreeMap<>(schemes) + all + ", DS digests " + new TreeSet<>(digests);
  }
}
