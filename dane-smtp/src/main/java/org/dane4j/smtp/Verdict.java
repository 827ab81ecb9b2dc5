// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.List;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;

/** What would become of mail to a destination now, in one word. */
public enum Verdict {
  /** It would be delivered to a server that DANE authenticates. */
  DANE_VERIFIED("dane-verified"),

  /**
   * It would be delivered to a server that DANE authenticates, but that anybody may have named: the
   * MX records are insecure (RFC 7672 §2.2.1).
   */
  DANE_HOST_VERIFIED("dane-host-verified"),

  /** It would wait: there are usable TLSA records, and no server matches its own. */
  DANE_MISMATCH("dane-mismatch"),

  /**
   * It would be delivered by TLS to a server that nothing authenticates, as no TLSA record is
   * usable.
   */
  DANE_UNUSABLE_ENCRYPT("dane-unusable-encrypt"),

  /** It would be delivered, by TLS if the server offers it: there are no secure TLSA records. */
  OPPORTUNISTIC("opportunistic"),

  /** It would wait: the DNS fails, no server is there, or TLS is owed and not to be had. */
  DEFER("defer"),

  /** It would be rejected: the domain takes no mail. */
  NULL_MX("null-mx"),

  /** It would be rejected: the domain does not exist. */
  NO_SUCH_DOMAIN("no-such-domain");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** Returns the verdict as one word, such as {@code dane-verified}. */
  @Override
  public String toString() {
    return word;
  }

  /**
   * Returns the verdict on one host.
   *
   * @param attempt what came of turning to it
   * @return the verdict
   */
  public static Verdict of(Attempt attempt) {
    if (attempt.result() instanceof Ready ready) {
      return switch (ready.security()) {
        case DANE -> DANE_VERIFIED;
        case DANE_HOST -> DANE_HOST_VERIFIED;
        case ENCRYPTED -> DANE_UNUSABLE_ENCRYPT;
        case OPPORTUNISTIC_TLS, PLAIN_TEXT, PKIX -> OPPORTUNISTIC;
      };
    }
    boolean mismatch =
        attempt.result() instanceof Failed failed && failed.cause() == Attempt.Cause.DANE_MISMATCH;
    return mismatch ? DANE_MISMATCH : DEFER;
  }

  /**
   * Returns the verdict on a destination: that of the first host that takes mail; if there is none,
   * that of the last one that was tried, since that is what a sender reports.
   *
   * @param attempts what came of turning to its hosts, in the order of preference
   * @return the verdict
   */
  public static Verdict of(List<Attempt> attempts) {
    Verdict last = DEFER;
    for (Attempt attempt : attempts) {
      if (attempt.result() instanceof Ready) {
        return of(attempt);
      }
      boolean tried =
          attempt.result() instanceof Failed failed
              && failed.cause() != Attempt.Cause.ADDRESS_LOOKUP
              && failed.cause() != Attempt.Cause.NO_ADDRESS;
      last = tried ? of(attempt) : last;
    }
    return last;
  }
}
