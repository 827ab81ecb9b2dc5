// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.match.ChainCertificate;
import org.dane4j.match.PeerChain;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;

/**
 * Finds out what a record that does not match was made of: another part of the certificate, another
 * certificate of the chain, or the file in place of what is in it.
 */
final class WrongObject {

  private final TlsaRecord record;

  private WrongObject(TlsaRecord record) {
    this.record = record;
  }

  /**
   * Returns what a record was made of.
   *
   * @param record a record that does not match
   * @param chain what the server shows
   * @return a sentence, and what follows from it; empty if it cannot be told
   */
  static Optional<String> find(TlsaRecord record, PeerChain chain) {
    return new WrongObject(record).in(chain.certificates());
  }

  private Optional<String> in(List<ChainCertificate> certificates) {
    for (int depth = 0; depth < certificates.size(); depth++) {
      ChainCertificate certificate = certificates.get(depth);
      String whose = depth == 0 ? "the server's own" : "an issuer's";
      for (Map.Entry<String, Octets> object : objects(certificate).entrySet()) {
        if (isOf(object.getValue())) {
          return Optional.of(
              "Its data are those of "
                  + object.getKey()
                  + ", "
                  + whose
                  + ". "
                  + advice(object.getKey(), depth));
        }
      }
    }
    return Optional.empty();
  }

  /** RFC 6698 §2.1.3: the data are the object itself, or a digest of it. */
  private boolean isOf(Octets object) {
    byte[] octets = object.toByteArray();
    return record.associationData().equals(object)
        || record.associationData().equals(digest("SHA-256", octets))
        || record.associationData().equals(digest("SHA-512", octets));
  }

  static Octets digest(String algorithm, byte[] octets) {
    try {
      return Octets.of(MessageDigest.getInstance(algorithm).digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }

  /** What of a certificate people make digests of, by mistake or not. */
  private static Map<String, Octets> objects(ChainCertificate certificate) {
    Map<String, Octets> objects = new LinkedHashMap<>();
    objects.put(CERTIFICATE, certificate.der());
    pem("CERTIFICATE", certificate.der())
        .forEach(
            text -> objects.put("the file of the certificate (PEM" + text.form(), text.octets()));
    certificate
        .subjectPublicKeyInfo()
        .ifPresent(
            key -> {
              objects.put(KEY, key);
              pem("PUBLIC KEY", key)
                  .forEach(
                      text -> objects.put("the file of the key (PEM" + text.form(), text.octets()));
            });
    return objects;
  }

  private static final String CERTIFICATE = "the certificate";
  private static final String KEY = "the key (SPKI)";

  /**
   * A file.
   *
   * @param form what is special about it
   * @param octets its content
   */
  private record PemText(String form, Octets octets) {}

  private static List<PemText> pem(String label, Octets der) {
    List<PemText> texts = new ArrayList<>();
    for (String end : List.of("\n", "\r\n")) {
      Base64.Encoder encoder = Base64.getMimeEncoder(64, end.getBytes(StandardCharsets.US_ASCII));
      String body = encoder.encodeToString(der.toByteArray());
      String text =
          "-----BEGIN " + label + "-----" + end + body + end + "-----END " + label + "-----";
      String form = end.equals("\n") ? "" : ", with CR LF";
      texts.add(new PemText(form + ")", ascii(text + end)));
      texts.add(new PemText(form + ", without the last line's end)", ascii(text)));
    }
    return texts;
  }

  private static Octets ascii(String text) {
    return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String advice(String object, int depth) {
    boolean file = !object.equals(CERTIFICATE) && !object.equals(KEY);
    boolean endEntity =
        record.usage().equals(CertificateUsage.DANE_EE)
            || record.usage().equals(CertificateUsage.PKIX_EE);
    if (file) {
      return "Digests are of the DER in the file and not of its text (RFC 6698 §2.1.2).";
    } else if (depth == 0 && !endEntity) {
      return "A trust anchor is never the server's own certificate: usage 3 is for that (RFC 7671"
          + " §5.1, §5.2).";
    } else if (depth > 0 && endEntity) {
      return "Usage 3 is for the server's own certificate, and usage 2 for an issuer's (RFC 7671"
          + " §5.1, §5.2).";
    } else if (record.selector().equals(Selector.SPKI) == object.equals(CERTIFICATE)) {
      return "Selector 0 is for a certificate, and selector 1 for its key (RFC 6698 §2.1.2).";
    }
    return "";
  }
}
