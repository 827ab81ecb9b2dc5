// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import java.util.Optional;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.tlsa.TlsaRrset;

/** What TLS a mail host is owed. */
public sealed interface TlsRequirement {

  /**
   * Returns the reason.
   *
   * @return a sentence
   */
  String explanation();

  /**
   * The server must offer TLS and be authenticated by TLSA records, or the mail goes elsewhere.
   *
   * @param tlsa the records, at least one of them usable
   * @param referenceIdentifiers the names that the server may be known by
   * @param mx how the host's name was found; if in insecure MX records, who it belongs to is open
   *     (RFC 7672 §2.2.1)
   * @param explanation the reason
   */
  record Dane(
      TlsaRrset tlsa, ReferenceIdentifiers referenceIdentifiers, MxSecurity mx, String explanation)
      implements TlsRequirement {}

  /**
   * The server must offer TLS, or the mail goes elsewhere; who the server is cannot be told.
   *
   * @param tlsa the records: none of them is usable, or an insecure MX record names the host and
   *     {@link InsecureMxPolicy#ENCRYPT} is chosen
   * @param explanation the reason
   */
  record Encrypt(TlsaRrset tlsa, String explanation) implements TlsRequirement {}

  /**
   * The server must offer TLS, and the web's certification authorities must vouch for it, or the
   * mail goes elsewhere.
   *
   * @param names the names that its certificate may have
   * @param explanation why DANE does not apply
   * @param audited what DANE would require, where it is audited and not enforced: {@link Dane},
   *     {@link Encrypt} or {@link Avoid}
   */
  record Pkix(PkixNames names, String explanation, Optional<TlsRequirement> audited)
      implements TlsRequirement {

    /**
     * Makes the requirement where nothing is audited.
     *
     * @param names the names that its certificate may have
     * @param explanation why DANE does not apply
     */
    public Pkix(PkixNames names, String explanation) {
      this(names, explanation, Optional.empty());
    }

    /** Checks what is audited. */
    public Pkix {
      requireDane(audited);
    }
  }

  /**
   * TLS if the server offers it, else plain text.
   *
   * @param explanation the reason
   * @param audited what DANE would require, where it is audited and not enforced: {@link Dane},
   *     {@link Encrypt} or {@link Avoid}
   */
  record Opportunistic(String explanation, Optional<TlsRequirement> audited)
      implements TlsRequirement {

    /**
     * Makes the requirement where nothing is audited.
     *
     * @param explanation the reason
     */
    public Opportunistic(String explanation) {
      this(explanation, Optional.empty());
    }

    /** Checks what is audited. */
    public Opportunistic {
      requireDane(audited);
    }
  }

  private static void requireDane(Optional<TlsRequirement> audited) {
    if (audited.filter(it -> it instanceof Opportunistic || it instanceof Pkix).isPresent()) {
      throw new IllegalArgumentException(
          "where DANE would require nothing of its own, nothing is audited");
    }
  }

  /**
   * The host must not be used now.
   *
   * @param cause the kind of reason
   * @param explanation the reason
   */
  record Avoid(Cause cause, String explanation) implements TlsRequirement {}

  /**
   * Returns the TLSA records that a server's certificate is held against, and the names it may
   * have, whether a mismatch is refused or only recorded.
   *
   * @return this requirement or the audited one, if it is {@link Dane}
   */
  default Optional<Dane> dane() {
    return this instanceof Dane dane ? Optional.of(dane) : audited().flatMap(TlsRequirement::dane);
  }

  /**
   * Returns what DANE would require, where it is audited and not enforced.
   *
   * @return the requirement; empty if DANE is enforced or would require nothing of its own
   */
  default Optional<TlsRequirement> audited() {
    return Optional.empty();
  }

  /** Why a host must not be used. */
  enum Cause {
    /** Its addresses could not be found out. */
    ADDRESS_LOOKUP,
    /** It has no addresses. */
    NO_ADDRESS,
    /** Whether it has TLSA records could not be found out (RFC 7672 §2.1.2). */
    TLSA_LOOKUP,
    /** DANE is mandatory, and the host cannot do it (RFC 7672 §6). */
    DANE_MANDATORY
  }
}
