// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.cert.X509CertificateHolder;

/** TLSA data for a certificate (RFC 6698 §2.1), computed apart from the code under test. */
public final class Tlsa {

  private Tlsa() {}

  /**
   * Returns the data of the TLSA record that matches a certificate.
   *
   * <p>Numbers that nobody has assigned are taken: such a selector selects the certificate, and
   * such a matching type hashes with SHA-256. That makes records that are well-formed and unusable.
   *
   * @param usage the certificate usage: 3 for DANE-EE, 2 for DANE-TA
   * @param selector 0 for the certificate, 1 for its public key
   * @param matchingType 0 for the whole, 1 for SHA-256, 2 for SHA-512
   * @param certificate the certificate of the server or of its authority
   * @return the data in zone-file form, such as {@code "3 1 1 8d02536c..."}
   */
  public static String rdata(
      int usage, int selector, int matchingType, X509Certificate certificate) {
    byte[] data = matched(matchingType, selected(selector, certificate));
    return usage + " " + selector + " " + matchingType + " " + HexFormat.of().formatHex(data);
  }

  // RFC 6698 §2.1.2
  private static byte[] selected(int selector, X509Certificate certificate) {
    try {
      byte[] der = certificate.getEncoded();
      // The octets that stand in the certificate; the JDK would encode the key anew.
      return selector == 1
          ? new X509CertificateHolder(der).getSubjectPublicKeyInfo().getEncoded()
          : der;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("not a certificate", e);
    }
  }

  // RFC 6698 §2.1.3
  private static byte[] matched(int matchingType, byte[] selected) {
    try {
      return switch (matchingType) {
        case 0 -> selected;
        case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
        default -> MessageDigest.getInstance("SHA-256").digest(selected);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
