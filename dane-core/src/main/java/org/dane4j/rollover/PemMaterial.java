// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads the blocks of a PEM text (RFC 7468). */
final class PemMaterial {

  private static final Pattern BEGIN = Pattern.compile("-----BEGIN [^-\\r\\n]*-----");

  /** U+FEFF in UTF-8, which some editors put first. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private static final int MAX_BLOCKS = 200;

  private final Optional<Password> password;
  private final KeyMaterial material;

  PemMaterial(Optional<Password> password, KeyMaterial material) {
    this.password = password;
    this.material = material;
  }

  /** Takes the text octet by octet, as ISO 8859-1. */
  void read(String contents) throws UnusableKeyException {
    String text = contents.startsWith(BYTE_ORDER_MARK) ? contents.substring(3) : contents;
    int blocks = 0;
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        if (++blocks > MAX_BLOCKS) {
          throw new UnusableKeyException("it has more than 200 PEM blocks; give the server's own");
        }
        take(block);
      }
    } catch (IOException | RuntimeException e) {
      // What it says could be of the contents, so it is not passed on.
      throw new UnusableKeyException(
          "PEM block %s of it is damaged; copy the file anew".formatted(blocks + 1));
    }
    Matcher begins = BEGIN.matcher(text);
    if (blocks == 0 || blocks != begins.results().count()) {
      throw new UnusableKeyException(
          "a PEM block of it has no end or no beginning; copy the file anew");
    }
  }

  private void take(PemObject block) throws UnusableKeyException {
    byte[] der = block.getContent();
    if (!block.getHeaders().isEmpty()) {
      throw new UnusableKeyException(
          "its private key is encrypted in a way of old; convert it by 'openssl pkey', or give the"
              + " certificate");
    }
    DerMaterial objects = new DerMaterial(password, material);
    switch (block.getType()) {
      case "CERTIFICATE", "X509 CERTIFICATE" -> objects.certificate(der);
      case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" -> objects.request(der);
      case "PUBLIC KEY" -> objects.publicKey(der);
      case "RSA PUBLIC KEY" -> material.addKey(PublicHalf.ofPkcs1Public(der));
      case "PRIVATE KEY" -> material.addKey(PublicHalf.ofPkcs8(der));
      case "ENCRYPTED PRIVATE KEY" -> objects.encryptedPkcs8(der);
      case "RSA PRIVATE KEY" -> material.addKey(PublicHalf.ofPkcs1(der));
      case "EC PRIVATE KEY" -> material.addKey(PublicHalf.ofSec1(der));
      case "EC PARAMETERS", "DH PARAMETERS", "X9.42 DH PARAMETERS" -> {}
      default ->
          throw new UnusableKeyException(
              "it has a PEM block of another kind than certificates, requests and keys of TLS; take"
                  + " that block out");
    }
  }
}
