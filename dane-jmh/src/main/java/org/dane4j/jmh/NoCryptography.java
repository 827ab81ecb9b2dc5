// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.KeySpec;

/**
 * ECDSA without the mathematics: signatures are good for the asking, except the obvious nonsense by
 * which a validator finds out whether a provider can be trusted. With it, a benchmark shows what
 * everything else costs.
 */
public final class NoCryptography extends Provider {

  private static final long serialVersionUID = 1;

  /** Makes the provider. */
  public NoCryptography() {
    super("NoCryptography", "1", "for benchmarks: believes every signature");
    put("KeyFactory.EC", Keys.class.getName());
    put("Signature.SHA256withECDSA", Believer.class.getName());
    put("Signature.SHA256withECDSAinP1363Format", Believer.class.getName());
  }

  /** A key without content, but with the length of one: dnsjava asks for it. */
  private static final class Stub implements ECPublicKey {
    private static final long serialVersionUID = 1;
    private static final ECParameterSpec P256 = p256();

    private static ECParameterSpec p256() {
      try {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public ECPoint getW() {
      return ECPoint.POINT_INFINITY;
    }

    @Override
    public ECParameterSpec getParams() {
      return P256;
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }

  /** Makes keys without content. */
  public static final class Keys extends KeyFactorySpi {

    /** Makes the factory. */
    public Keys() {}

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) {
      return new Stub();
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected Key engineTranslateKey(Key key) {
      return key;
    }
  }

  /** Believes. */
  public static final class Believer extends SignatureSpi {

    /** Makes the verifier. */
    public Believer() {}

    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {}

    @Override
    protected boolean engineVerify(byte[] signature) {
      // The nonsense consists of zeros and ones.
      int sum = 0;
      for (byte octet : signature) {
        sum |= octet;
      }
      return (sum & ~1) != 0;
    }

    @Override
    protected void engineInitSign(PrivateKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineSign() {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
