// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.util.Arrays;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** A verified NSEC3 record (RFC 5155 §3). Immutable. */
final class Nsec3 implements DenialRecord {

  private static final int SHA1 = 1;
  private static final int SHA1_LENGTH = 20;
  private static final int OPT_OUT = 1;
  private static final int BASE32_LENGTH = 32;

  private final Name owner;
  private final byte[] hash;
  private final byte[] next;
  private final Parameters parameters;
  private final boolean optOut;
  private final TypeBitmap types;

  /** Takes the flags and the next hash from the RDATA, and the rest as it was read from there. */
  private Nsec3(Name owner, byte[] hash, byte[] rdata, Parameters parameters, TypeBitmap types) {
    int nextOffset = 6 + parameters.salt().length();
    this.owner = owner;
    this.hash = hash;
    this.next = Arrays.copyOfRange(rdata, nextOffset, nextOffset + SHA1_LENGTH);
    this.parameters = parameters;
    this.optOut = rdata[1] == OPT_OUT;
    this.types = types;
  }

  /**
   * How a zone hashes its names.
   *
   * @param iterations the number of additional iterations
   * @param salt the salt
   */
  record Parameters(int iterations, Octets salt) {}

  /** Reads a record of a zone; null if it is malformed, or of a kind that must be ignored. */
  static @Nullable Nsec3 read(Name owner, byte[] rdata, Name zone) {
    if (rdata.length < 6 || owner.labels() != zone.labels() + 1 || !owner.subdomain(zone)) {
      return null;
    }
    int flags = rdata[1] & 0xff;
    // RFC 5155 §8.1, §8.2: unknown hash algorithms and flags are ignored.
    if ((rdata[0] & 0xff) != SHA1 || (flags & ~OPT_OUT) != 0) {
      return null;
    }
    int iterations = (rdata[2] & 0xff) << 8 | (rdata[3] & 0xff);
    int saltEnd = 5 + (rdata[4] & 0xff);
    int nextEnd = saltEnd + 1 + SHA1_LENGTH;
    if (rdata.length < nextEnd || rdata[saltEnd] != SHA1_LENGTH) {
      return null;
    }
    byte[] hash = base32Hex(owner.getLabel(0));
    TypeBitmap types = TypeBitmap.read(rdata, nextEnd);
    if (hash == null || types == null) {
      return null;
    }
    Octets salt = Octets.of(Arrays.copyOfRange(rdata, 5, saltEnd));
    return new Nsec3(owner, hash, rdata, new Parameters(iterations, salt), types);
  }

  @Override
  public Name owner() {
    return owner;
  }

  Parameters parameters() {
    return parameters;
  }

  /** Whether the Opt-Out flag is set. */
  boolean optOut() {
    return optOut;
  }

  /** The types at the name. */
  TypeBitmap types() {
    return types;
  }

  /** Whether the record is about the name with a hash (RFC 5155 §1.3 "match"). */
  boolean matches(byte[] other) {
    return Arrays.equals(hash, other);
  }

  /**
   * Whether a hash is strictly between this record's and the next one's (RFC 5155 §1.3 "cover").
   */
  boolean covers(byte[] other) {
    boolean afterOwner = Arrays.compareUnsigned(hash, other) < 0;
    boolean beforeNext = Arrays.compareUnsigned(other, next) < 0;
    int order = Arrays.compareUnsigned(hash, next);
    if (order == 0) {
      return !Arrays.equals(hash, other);
    }
    return order < 0 ? (afterOwner && beforeNext) : (afterOwner || beforeNext);
  }

  /** Decodes the label of an owner's name (RFC 4648 §7, no padding); null if it is not one. */
  private static byte @Nullable [] base32Hex(byte[] label) {
    // The label comes with its length octet.
    if (label.length != BASE32_LENGTH + 1) {
      return null;
    }
    byte[] result = new byte[SHA1_LENGTH];
    for (int i = 0; i < BASE32_LENGTH; i++) {
      int digit = Character.digit(label[i + 1], 32);
      if (digit < 0) {
        return null;
      }
      int bit = i * 5;
      int shifted = digit << (11 - bit % 8);
      result[bit / 8] |= (byte) (shifted >>> 8);
      if (bit / 8 + 1 < SHA1_LENGTH) {
        result[bit / 8 + 1] |= (byte) shifted;
      }
    }
    return result;
  }

  @Override
  public String toString() {
    return owner + " NSEC3 " + (optOut ? "opt-out " : "") + types;
  }
}
