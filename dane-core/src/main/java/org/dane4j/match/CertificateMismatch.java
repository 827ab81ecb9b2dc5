// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.time.Instant;
import java.util.List;

/**
 * One certificate is in the way: it is malformed, too weak, out of its validity, or must not be
 * used like that.
 *
 * @since 0.1
 */
public sealed interface CertificateMismatch extends Mismatch {

  /**
   * Returns the certificate that is in the way.
   *
   * @return the certificate
   */
  ChainCertificate certificate();

  /** Returns {@code certificate-not-trusted}, unless it is about dates. */
  @Override
  default TlsrptResultType tlsrptResultType() {
    return TlsrptResultType.CERTIFICATE_NOT_TRUSTED;
  }

  /** Returns {@link Mismatch.Rank#CONSTRAINT}, unless it is about something else. */
  @Override
  default Rank rank() {
    return Rank.CONSTRAINT;
  }

  /**
   * A certificate cannot be read.
   *
   * @param certificate the certificate
   * @param problem what is wrong with it
   */
  record Malformed(ChainCertificate certificate, String problem) implements CertificateMismatch {

    @Override
    public Rank rank() {
      return Rank.MALFORMED;
    }

    @Override
    public String explanation() {
      return "the certificate %s is malformed: %s (RFC 5280 §4). Have it reissued."
          .formatted(certificate, Wording.printable(problem));
    }
  }

  /**
   * A certificate is signed in a way that cannot be verified here.
   *
   * @param certificate the certificate
   * @param algorithm how it is signed, and with what key
   */
  record UnsupportedAlgorithm(ChainCertificate certificate, String algorithm)
      implements CertificateMismatch {

    @Override
    public Rank rank() {
      return Rank.ALGORITHM;
    }

    @Override
    public String explanation() {
      return ("the certificate %s is signed in a way that is not supported: %s. Have it signed with"
              + " RSA, ECDSA or EdDSA and SHA-256 or better.")
          .formatted(certificate, algorithm);
    }
  }

  /**
   * A certificate is signed with a digest that is broken.
   *
   * @param certificate the certificate
   * @param algorithm how it is signed
   */
  record WeakSignature(ChainCertificate certificate, String algorithm)
      implements CertificateMismatch {

    @Override
    public Rank rank() {
      return Rank.ALGORITHM;
    }

    @Override
    public String explanation() {
      return ("the certificate %s is signed with a broken digest: %s (RFC 9325 §4.5). Have it"
              + " signed with SHA-256 or better.")
          .formatted(certificate, algorithm);
    }
  }

  /**
   * A certificate's key is too weak.
   *
   * @param certificate the certificate
   * @param key what key it has
   * @param minimum what it would need
   */
  record WeakKey(ChainCertificate certificate, String key, String minimum)
      implements CertificateMismatch {

    @Override
    public Rank rank() {
      return Rank.ALGORITHM;
    }

    @Override
    public String explanation() {
      return ("the key of %s is %s, and local policy asks for %s at least: who can compute it can be"
              + " the server. Replace it; RFC 9325 §4.5 asks for RSA-2048 or EC-224.")
          .formatted(certificate, key, minimum);
    }
  }

  /**
   * A certificate has a critical extension that is not processed.
   *
   * @param certificate the certificate
   * @param oid the extension's object identifier
   */
  record UnknownCriticalExtension(ChainCertificate certificate, String oid)
      implements CertificateMismatch {

    @Override
    public String explanation() {
      return ("the certificate %s has the critical extension %s, which is not processed here (RFC"
              + " 5280 §4.2, §6.1.4(o)). Have it issued without.")
          .formatted(certificate, oid);
    }
  }

  /**
   * An issuer is no CA.
   *
   * @param certificate the issuer's certificate
   */
  record NotCa(ChainCertificate certificate) implements CertificateMismatch {

    @Override
    public String explanation() {
      return ("the certificate %s issued another one, but its basicConstraints do not say that it is"
              + " a CA (RFC 5280 §6.1.4(k)). Have it reissued with cA TRUE.")
          .formatted(certificate);
    }
  }

  /**
   * More intermediates follow a CA than it allows.
   *
   * @param certificate the CA's certificate
   * @param allowed its pathLenConstraint
   * @param actual how many that are not self-issued follow
   */
  record PathLengthExceeded(ChainCertificate certificate, int allowed, int actual)
      implements CertificateMismatch {

    @Override
    public String explanation() {
      return ("the CA %s allows %s intermediates below it, and there are %s (RFC 5280 §4.2.1.9, RFC"
              + " 7672 §3.1.2). Have the server's certificate issued further up.")
          .formatted(certificate, allowed, actual);
    }
  }

  /**
   * A key is used for something else than its keyUsage says.
   *
   * @param certificate the certificate
   * @param required the bit that is missing
   */
  record KeyUsageForbids(ChainCertificate certificate, String required)
      implements CertificateMismatch {

    @Override
    public String explanation() {
      return "the keyUsage of %s lacks %s (RFC 5280 §4.2.1.3, §6.1.4(n)). Have it reissued with it."
          .formatted(certificate, required);
    }
  }

  /**
   * A certificate is not for TLS servers.
   *
   * @param certificate the certificate
   * @param purposes what it is for, as object identifiers
   */
  record ExtendedKeyUsageForbids(ChainCertificate certificate, List<String> purposes)
      implements CertificateMismatch {

    /**
     * Copies the list.
     *
     * @param certificate the certificate
     * @param purposes what it is for, as object identifiers
     */
    public ExtendedKeyUsageForbids {
      purposes = List.copyOf(purposes);
    }

    @Override
    public String explanation() {
      return ("the extendedKeyUsage of %s is %s, without serverAuth (RFC 5280 §4.2.1.12). Have it"
              + " reissued for TLS servers.")
          .formatted(certificate, Wording.names(purposes));
    }
  }

  /**
   * A CA's name constraints do not allow a name below it.
   *
   * @param certificate the certificate with the name
   * @param constraining the CA's certificate
   * @param name the name
   */
  record NameConstraintViolated(
      ChainCertificate certificate, ChainCertificate constraining, String name)
      implements CertificateMismatch {

    @Override
    public String explanation() {
      return ("the CA %s may not issue for %s, the name of %s (RFC 5280 §4.2.1.10, §6.1.3(b)(c)). Have"
              + " the certificate issued by another CA.")
          .formatted(constraining, Wording.printable(name), certificate);
    }
  }

  /**
   * A certificate is no longer valid.
   *
   * @param certificate the certificate
   * @param notAfter the last instant of its validity
   * @param at the instant of the match
   */
  record Expired(ChainCertificate certificate, Instant notAfter, Instant at)
      implements CertificateMismatch {

    @Override
    public Rank rank() {
      return Rank.VALIDITY;
    }

    @Override
    public TlsrptResultType tlsrptResultType() {
      return TlsrptResultType.CERTIFICATE_EXPIRED;
    }

    @Override
    public String explanation() {
      return "the certificate %s expired at %s, and it is %s; %s. Renew it, %s"
          .formatted(certificate, notAfter, at, Wording.DATES_COUNT, Wording.OR_IGNORE_DATES);
    }
  }

  /**
   * A certificate is not valid yet.
   *
   * @param certificate the certificate
   * @param notBefore the first instant of its validity
   * @param at the instant of the match
   */
  record NotYetValid(ChainCertificate certificate, Instant notBefore, Instant at)
      implements CertificateMismatch {

    @Override
    public Rank rank() {
      return Rank.VALIDITY;
    }

    /** Returns {@code certificate-expired}, the only result type that is about dates. */
    @Override
    public TlsrptResultType tlsrptResultType() {
      return TlsrptResultType.CERTIFICATE_EXPIRED;
    }

    @Override
    public String explanation() {
      return "the certificate %s is valid from %s, and it is %s; %s. Wait until then, check the clocks, %s"
          .formatted(certificate, notBefore, at, Wording.DATES_COUNT, Wording.OR_IGNORE_DATES);
    }
  }
}
