// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A JCA provider that has less than another one, or has it by name only. */
public final class FakeProvider extends Provider {

  private static final long serialVersionUID = 1;

  /** What verifying a signature comes to. */
  public enum Behavior {
    /** What the real provider finds. */
    REAL,
    /** It throws, as a module of certified algorithms does for all others. */
    THROWS,
    /** Every signature is good. */
    BELIEVES_EVERYTHING
  }

  private final transient Provider real;
  private final transient Predicate<String> has;
  private final Behavior behavior;

  private FakeProvider(Provider real, Predicate<String> has, Behavior behavior) {
    super("Fake", "1", "for tests");
    this.real = real;
    this.has = has;
    this.behavior = behavior;
  }

  /** Returns a provider that has only the algorithms whose names a predicate takes. */
  public static Provider having(Provider real, Predicate<String> names) {
    return new FakeProvider(real, names, Behavior.REAL);
  }

  /** Returns a provider that has all keys, and signatures that come to something else. */
  public static Provider verifying(Provider real, Behavior behavior) {
    return new FakeProvider(real, name -> true, behavior);
  }

  @Override
  public synchronized @Nullable Service getService(String type, String algorithm) {
    Service service = has.test(algorithm) ? real.getService(type, algorithm) : null;
    if (service == null || behavior == Behavior.REAL || !type.equals("Signature")) {
      return service;
    }
    return new Service(this, type, algorithm, Spi.class.getName(), null, Map.of()) {
      @Override
      public Object newInstance(@Nullable Object parameter) {
        return new Spi(behavior);
      }
    };
  }

  /** A signature that is not computed. */
  @SuppressWarnings("deprecation")
  private static final class Spi extends SignatureSpi {

    private final Behavior behavior;

    private Spi(Behavior behavior) {
      this.behavior = behavior;
    }

    @Override
    protected void engineInitVerify(PublicKey key) {
      if (behavior == Behavior.THROWS) {
        throw new ProviderException("not allowed here");
      }
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return true;
    }

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {}

    @Override
    protected void engineInitSign(PrivateKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineSign() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
