// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which records shall stand there when the rollover is done, each for every key.
 *
 * @param forms the forms, each once
 * @since 0.1
 */
public record RolloverScheme(List<TlsaForm> forms) {

  /**
   * {@code 3 1 1} of the current key, and before each change {@code 3 1 1} of the next one. It
   * needs nothing of a CA.
   */
  public static final RolloverScheme CURRENT_AND_NEXT = of(TlsaForm.DANE_EE);

  /**
   * {@code 3 1 1} of the current key, and {@code 2 1 1} of the CA that issues the next certificate
   * too. A certificate with a new key can be deployed at once, as long as the CA is the same; the
   * server must send the CA's certificate, and its own must have the right name.
   *
   * <p>While the new key is deployed and its {@code 3 1 1} not yet published, a sender that knows
   * nothing but DANE-EE, or asks for a raw public key, does not match (RFC 7671 §8).
   */
  public static final RolloverScheme CURRENT_AND_ISSUER = of(TlsaForm.DANE_EE, TlsaForm.DANE_TA);

  /**
   * Copies the list.
   *
   * @param forms the forms, at least one; usages of PKIX are not for mail
   * @throws IllegalArgumentException if there is none, or one is not for mail servers
   */
  public RolloverScheme {
    forms = List.copyOf(new LinkedHashSet<>(forms));
    if (forms.isEmpty()) {
      throw new IllegalArgumentException(
          "a scheme has a form; use RolloverScheme.CURRENT_AND_NEXT");
    }
    for (TlsaForm form : forms) {
      if (form.isPkix() || !form.isKnown()) {
        throw new IllegalArgumentException(
            form + " is of no use with mail servers (RFC 7672 §3.1.3); use 3 1 1 or 2 1 1");
      }
    }
  }

  /**
   * Returns the scheme of some forms.
   *
   * @param forms at least one
   * @return the scheme
   * @throws IllegalArgumentException if there is none, or one is not for mail servers
   */
  public static RolloverScheme of(TlsaForm... forms) {
    return new RolloverScheme(List.of(forms));
  }

  /** Whether one matching record is enough to deploy, and not one of each combination. */
  boolean reliesOnIssuer() {
    return forms.stream().anyMatch(TlsaForm::isTrustAnchor)
        && !forms.stream().allMatch(TlsaForm::isTrustAnchor);
  }
}
