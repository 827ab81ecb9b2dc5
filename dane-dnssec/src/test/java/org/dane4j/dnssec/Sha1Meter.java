// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the blocks of 64 octets that are hashed with SHA-1 (RFC 3174 §4) while it is open. */
final class Sha1Meter implements AutoCloseable {

  private static final String SHA1 = "SHA-1";

  private final AtomicLong blocks = new AtomicLong();
  private final Provider provider;

  Sha1Meter() throws GeneralSecurityException {
    Provider real = MessageDigest.getInstance(SHA1).getProvider();
    this.provider = new Metering(() -> new Spi(MessageDigest.getInstance(SHA1, real), blocks));
    Security.insertProviderAt(provider, 1);
  }

  /** Returns how many blocks were hashed so far. */
  long blocks() {
    return blocks.get();
  }

  @Override
  public void close() {
    Security.removeProvider(provider.getName());
  }

  private interface Maker {
    MessageDigestSpi make() throws GeneralSecurityException;
  }

  private static final class Metering extends Provider {

    private static final long serialVersionUID = 1;

    Metering(Maker maker) {
      super("Sha1Meter", "1", "counts what is hashed");
      putService(
          new Service(this, "MessageDigest", SHA1, Spi.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
              try {
                return maker.make();
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
              }
            }
          });
    }
  }

  private static final class Spi extends MessageDigestSpi {

    private final MessageDigest real;
    private final AtomicLong blocks;
    private long octets;

    Spi(MessageDigest real, AtomicLong blocks) {
      this.real = real;
      this.blocks = blocks;
    }

    @Override
    protected void engineUpdate(byte input) {
      octets++;
      real.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      octets += length;
      real.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
      // RFC 3174 §4: a one bit and eight octets of length, and zeros to the end of a block.
      blocks.addAndGet((octets + 9 + 63) / 64);
      octets = 0;
      return real.digest();
    }

    @Override
    protected void engineReset() {
      octets = 0;
      real.reset();
    }

    @Override
    protected int engineGetDigestLength() {
      return real.getDigestLength();
    }
  }
}
