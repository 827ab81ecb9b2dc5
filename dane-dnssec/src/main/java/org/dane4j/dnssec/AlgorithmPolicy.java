// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.crypto.EcdsaScheme;
import org.dane4j.dnssec.crypto.EddsaScheme;
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
 * neither for signatures (5, 7) nor for DS digests (1): RFC 9905 asks operators to treat it so.
 *
 * <p>By default elliptic curves are computed by Bouncy Castle, which is several times faster at it
 * than the JDK, and RSA by the platform's first provider. Immutable and thread-safe.
 */
public final class AlgorithmPolicy {

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

  private static final Set<Integer> RECOMMENDED_DIGESTS = Set.of(Ds.SHA256, Ds.SHA384);

  private final Map<Integer, SignatureScheme> schemes;
  private final Set<Integer> digests;

  private AlgorithmPolicy(Map<Integer, SignatureScheme> schemes, Set<Integer> digests) {
    this.schemes = Map.copyOf(schemes);
    this.digests = Set.copyOf(digests);
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
    private static final AlgorithmPolicy POLICY = make();

    private static AlgorithmPolicy make() {
      Provider bouncyCastle = new BouncyCastleProvider();
      Map<Integer, SignatureScheme> schemes = new HashMap<>();
      try {
        for (int algorithm : new int[] {RSASHA256, RSASHA512}) {
          schemes.put(algorithm, scheme(algorithm, null));
        }
        for (int algorithm : new int[] {ECDSAP256SHA256, ECDSAP384SHA384, ED25519, ED448}) {
          schemes.put(algorithm, scheme(algorithm, bouncyCastle));
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a cryptographic provider lacks a standard algorithm", e);
      }
      return new AlgorithmPolicy(schemes, RECOMMENDED_DIGESTS);
    }
  }

  /** Returns a policy of given schemes: for tests with algorithms that nobody should use. */
  static AlgorithmPolicy of(Map<Integer, SignatureScheme> schemes, Set<Integer> digests) {
    return new AlgorithmPolicy(schemes, digests);
  }

  /**
   * Returns this policy with one algorithm computed by another provider.
   *
   * @param algorithm the algorithm number, one of the constants here
   * @param provider the JCA provider; it need not be registered
   * @return the new policy
   * @throws IllegalArgumentException if the number is none of the constants, or the provider does
   *     not have the algorithm
   */
  public AlgorithmPolicy withProvider(int algorithm, Provider provider) {
    Objects.requireNonNull(provider, "provider");
    Map<Integer, SignatureScheme> changed = new HashMap<>(schemes);
    try {
      changed.put(algorithm, scheme(algorithm, provider));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          provider.getName()
              + " cannot verify DNSSEC algorithm "
              + algorithm
              + ": "
              + e.getMessage(),
          e);
    }
    return new AlgorithmPolicy(changed, digests);
  }

  private static SignatureScheme scheme(int algorithm, @Nullable Provider provider)
      throws GeneralSecurityException {
    return switch (algorithm) {
      case RSASHA256 -> RsaScheme.of("SHA256withRSA", provider);
      case RSASHA512 -> RsaScheme.of("SHA512withRSA", provider);
      case ECDSAP256SHA256 -> EcdsaScheme.p256(provider);
      case ECDSAP384SHA384 -> EcdsaScheme.p384(provider);
      case ED25519 -> EddsaScheme.ed25519(provider);
      case ED448 -> EddsaScheme.ed448(provider);
      default ->
          throw new IllegalArgumentException(
              "DNSSEC algorithm " + algorithm + " is none of 8, 10, 13, 14, 15, 16");
    };
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

  @Override
  public String toString() {
    return "algorithms "
        + new TreeSet<>(schemes.keySet())
        + ", DS digests "
        + new TreeSet<>(digests);
  }
}
