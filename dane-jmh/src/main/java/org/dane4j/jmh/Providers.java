// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.dane4j.dnssec.AlgorithmPolicy;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Who computes signatures. Native providers are there only in the profile {@code bench}. */
public enum Providers {
  /** Nobody: see {@link NoCryptography}. */
  NONE,
  /** What the library chooses; for peers, what the platform chooses. */
  DEFAULT,
  /** The JDK. */
  JDK,
  /** Bouncy Castle. */
  BC,
  /** Conscrypt: BoringSSL. */
  CONSCRYPT,
  /** Amazon Corretto Crypto Provider: AWS-LC. */
  CORRETTO;

  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private static final List<Integer> ALGORITHMS = List.of(8, 13, 14, 15, 16);

  /** Returns whether the provider is on the class path and runs on this machine. */
  boolean isPresent() {
    try {
      return of(13) != null;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Returns whether the provider has an algorithm. */
  boolean has(String algorithm) {
    int number = SigningAlgorithm.valueOf(algorithm).number();
    try {
      return AlgorithmPolicy.recommended().withProvider(number, of(number)) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns the provider of an algorithm. */
  Provider of(int algorithm) {
    return switch (this) {
      case NONE -> new NoCryptography();
      case DEFAULT -> algorithm == 8 ? JDK.of(algorithm) : BOUNCY_CASTLE;
      case JDK -> Security.getProvider(algorithm == 8 ? "SunRsaSign" : "SunEC");
      case BC -> BOUNCY_CASTLE;
      case CONSCRYPT -> load("org.conscrypt.OpenSSLProvider");
      case CORRETTO -> load("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
    };
  }

  private static Provider load(String name) {
    try {
      return Class.forName(name).asSubclass(Provider.class).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalStateException(name + " is not here", e);
    }
  }

  /** Returns the library's policy with this provider wherever it has the algorithm. */
  AlgorithmPolicy policy() {
    AlgorithmPolicy policy = AlgorithmPolicy.recommended();
    for (int algorithm : this == DEFAULT ? List.<Integer>of() : ALGORITHMS) {
      if (this == JDK && algorithm == 8) {
        // The platform has its parts in several providers, and is the default.
        continue;
      }
      try {
        policy = policy.withProvider(algorithm, of(algorithm));
      } catch (IllegalArgumentException e) {
        // It does not have all of them.
      }
    }
    return policy;
  }

  /** Peers take the platform's first provider, so for them it is made the first. */
  void register(BenchmarkParams params) {
    boolean peer = !params.getBenchmark().endsWith(".ours");
    if (peer && this != DEFAULT && this != JDK) {
      Security.insertProviderAt(of(13), 1);
    }
  }
}
