// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/**
 * One TLSA record (RFC 6698 §2.1): a certificate or key, or a digest of one, and what it is for.
 *
 * <p>Any combination of fields can be held, whether or not it makes sense; {@link Usability} tells.
 *
 * @param usage what the association means
 * @param selector which part of the certificate is meant
 * @param matchingType how that part is given
 * @param associationData the part or its digest
 * @since 0.1
 */
public record TlsaRecord(
    CertificateUsage usage, Selector selector, MatchingType matchingType, Octets associationData) {

  /** The octets before the association data (RFC 6698 §2.1). */
  static final int FIXED_OCTETS = 3;

  /**
   * Returns the record to publish for a server's own key: {@code 3 1 1}, which RFC 7672 §3.1.1
   * recommends, since it need not change when the certificate is renewed with the same key.
   *
   * @param certificate the server's certificate
   * @return its DANE-EE record
   * @throws IllegalArgumentException if the certificate has no DER encoding
   */
  public static TlsaRecord daneEe(X509Certificate certificate) {
    return of(CertificateUsage.DANE_EE, Selector.SPKI, MatchingType.SHA2_256, certificate);
  }

  /**
   * Returns a record for the key of an issuing CA: {@code 2 1 1}. The server must send the CA's
   * certificate in every handshake (RFC 7671 §5.2.2). RFC 7672 §3.1.2 prefers {@code 2 0 1}, which
   * pins the CA's constraints too but changes with each reissue of its certificate.
   *
   * @param certificate the CA's certificate
   * @return its DANE-TA record
   * @throws IllegalArgumentException if the certificate has no DER encoding
   */
  public static TlsaRecord daneTa(X509Certificate certificate) {
    return of(CertificateUsage.DANE_TA, Selector.SPKI, MatchingType.SHA2_256, certificate);
  }

  /**
   * Returns the record that a certificate matches.
   *
   * @param usage any usage
   * @param selector {@link Selector#CERT} or {@link Selector#SPKI}
   * @param matchingType {@link MatchingType#FULL}, {@link MatchingType#SHA2_256} or {@link
   *     MatchingType#SHA2_512}
   * @param certificate the certificate
   * @return the record
   * @throws IllegalArgumentException if the selector or matching type is another one, or the
   *     certificate has no DER encoding
   */
  public static TlsaRecord of(
      CertificateUsage usage,
      Selector selector,
      MatchingType matchingType,
      X509Certificate certificate) {
    // RFC 6698 §2.1.4: the data are of the certificate as it stands, never of a re-encoded key.
    DerSlice selected = select(selector, certificate);
    return new TlsaRecord(usage, selector, matchingType, associate(matchingType, selected));
  }

  /**
   * Returns the record that RDATA holds.
   *
   * @param rdata at least three octets
   * @return the record
   * @throws IllegalArgumentException if there are fewer; {@link TlsaRrset#ofRdata} takes what DNS
   *     brings
   */
  public static TlsaRecord ofRdata(Octets rdata) {
    byte[] octets = rdata.toByteArray();
    if (octets.length < FIXED_OCTETS) {
      throw new IllegalArgumentException(
          ("TLSA RDATA begins with three octets, and \"%s\" has only %s;"
                  + " use TlsaRrset.ofRdata for what DNS brings, it keeps such data apart")
              .formatted(rdata, octets.length));
    }
    return new TlsaRecord(
        new CertificateUsage(octets[0] & 0xff),
        new Selector(octets[1] & 0xff),
        new MatchingType(octets[2] & 0xff),
        Octets.of(Arrays.copyOfRange(octets, FIXED_OCTETS, octets.length)));
  }

  /**
   * Returns the record that a zone file holds after {@code TLSA} (RFC 6698 §2.2).
   *
   * @param presentation three fields and the data in hexadecimal, such as {@code 3 1 1 8cb0…};
   *     white space within the data is allowed, and the fields may be RFC 7218 acronyms
   * @return the record
   * @throws IllegalArgumentException if it is not such a record
   */
  public static TlsaRecord parse(String presentation) {
    String[] words = presentation.strip().split("\\s+");
    if (words.length < FIXED_OCTETS) {
      throw new IllegalArgumentException(
          ("\"%s\" is not a TLSA record like \"3 1 1 8cb0fc6c527506a0…\":"
                  + " certificate usage, selector, matching type, data in hexadecimal")
              .formatted(presentation));
    }
    return new TlsaRecord(
        new CertificateUsage(Field.CERTIFICATE_USAGE.parse(words[0], presentation)),
        new Selector(Field.SELECTOR.parse(words[1], presentation)),
        new MatchingType(Field.MATCHING_TYPE.parse(words[2], presentation)),
        parseData(words, presentation));
  }

  /**
   * Returns the record as RDATA.
   *
   * @return the three fields and the association data
   */
  public Octets toRdata() {
    byte[] data = associationData.toByteArray();
    byte[] rdata = new byte[FIXED_OCTETS + data.length];
    rdata[0] = (byte) usage.value();
    rdata[1] = (byte) selector.value();
    rdata[2] = (byte) matchingType.value();
    System.arraycopy(data, 0, rdata, FIXED_OCTETS, data.length);
    return Octets.of(rdata);
  }

  /** Returns the record as a zone file has it: {@code 3 1 1 8cb0…}. */
  @Override
  public String toString() {
    return (usage.value()
            + " "
            + selector.value()
            + " "
            + matchingType.value()
            + " "
            + associationData.toHex())
        .strip();
  }

  private static Octets parseData(String[] words, String presentation) {
    String hex = String.join("", List.of(words).subList(FIXED_OCTETS, words.length));
    try {
      return Octets.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the data of \"%s\" are not hexadecimal, two digits for each octet"
              .formatted(presentation),
          e);
    }
  }

  private static DerSlice select(Selector selector, X509Certificate certificate) {
    try {
      CertificateSlices slices = CertificateSlices.of(DerSlice.owning(certificate.getEncoded()));
      if (selector.equals(Selector.CERT)) {
        return slices.certificate();
      }
      if (selector.equals(Selector.SPKI)) {
        return slices.subjectPublicKeyInfo();
      }
    } catch (CertificateEncodingException | MalformedDerException e) {
      throw new IllegalArgumentException("the certificate has no DER encoding: " + e, e);
    }
    throw new IllegalArgumentException(
        selector + " selects nothing that is known; use Selector.CERT or Selector.SPKI");
  }

  private static Octets associate(MatchingType matchingType, DerSlice selected) {
    if (matchingType.equals(MatchingType.FULL)) {
      return Octets.of(selected.toByteArray());
    }
    if (matchingType.equals(MatchingType.SHA2_256)) {
      return digest("SHA-256", selected);
    }
    if (matchingType.equals(MatchingType.SHA2_512)) {
      return digest("SHA-512", selected);
    }
    throw new IllegalArgumentException(
        matchingType + " is no known digest; use MatchingType.SHA2_256, SHA2_512 or FULL");
  }

  private static Octets digest(String algorithm, DerSlice selected) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      selected.updateDigest(digest);
      return Octets.of(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform of today has " + algorithm, e);
    }
  }
}
