// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.OptionalInt;
import org.dane4j.dnssec.Observation.Failed;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What the validator found out about one thing on its way: the thing with its proof, or why there
 * is none. The four cases are those of RFC 4033 §5.
 *
 * @param <T> what is there if it is proven
 */
sealed interface Finding<T> {

  /** Proven from a trust anchor down. */
  record Secure<T>(T value) implements Finding<T> {}

  /** Proven to be unsigned, from a zone on. */
  record Insecure<T>(InsecureReason reason, Name zone, Proof proof) implements Finding<T> {}

  /** Contradicts what is proven. */
  record Bogus<T>(BogusReason reason, String detail) implements Finding<T> {}

  /** Not known: evidence is missing (null), or could not be had. */
  record Unknown<T>(@Nullable Trouble trouble) implements Finding<T> {}

  /** A question without a usable response. */
  record Trouble(Question question, Failed failed) {
    /** RFC 8914 §4.10: whatever keeps a zone's keys away, they are missing. */
    OptionalInt extendedError() {
      return question.type() == Type.DNSKEY
          ? OptionalInt.of(DNSKEY_MISSING)
          : failed.failure().extendedError();
    }

    private static final int DNSKEY_MISSING = 9;
  }

  /** The same case for something else. Of no use for {@link Secure}, which has a value. */
  default <R> Finding<R> as() {
    if (this instanceof Insecure<T> insecure) {
      return new Insecure<>(insecure.reason, insecure.zone, insecure.proof);
    }
    if (this instanceof Bogus<T> bogus) {
      return new Bogus<>(bogus.reason, bogus.detail);
    }
    if (this instanceof Unknown<T> unknown) {
      return new Unknown<>(unknown.trouble);
    }
    throw new AssertionError(this);
  }
}
