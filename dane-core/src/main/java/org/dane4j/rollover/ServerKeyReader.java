// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.dane4j.tlsa.Octets;

/**
 * Reads a server's key out of what administrators have: a certificate, a full chain, a certificate
 * signing request, a public or a private key, each in PEM or DER, or PKCS #12.
 *
 * <p>PEM may hold a key and the certificates that go with it. Whatever could mean several things is
 * refused: two server certificates, two keys, a key and a certificate that do not belong together.
 *
 * <p><b>Guarantees.</b> Of a private key nothing is kept but its public half, and nothing of any
 * contents or password gets into a message.
 *
 * <p>A file may be anybody's: its size, the keys' sizes, and how often it wants a password hashed
 * are bounded, and EC keys must name their curve.
 *
 * <p><b>Limitations.</b> Private keys may be encrypted as in PKCS #8, not as in PEM headers of old
 * ({@code Proc-Type}), and a password is of ASCII. The signature of a certificate signing request
 * is not verified.
 *
 * @since 0.1
 */
public final class ServerKeyReader {

  /** No file of a server's key is larger than this: 1 MiB. */
  static final int MAX_OCTETS = 1 << 20;

  private static final String PEM_MARK = "-----BEGIN ";

  private final Optional<Password> password;

  private ServerKeyReader(Optional<Password> password) {
    this.password = password;
  }

  /**
   * Returns a reader for what is not encrypted.
   *
   * @return a reader
   */
  public static ServerKeyReader withoutPassword() {
    return new ServerKeyReader(Optional.empty());
  }

  /**
   * Returns a reader that has a password for what is encrypted.
   *
   * @param password the password, which is copied
   * @return a reader
   */
  public static ServerKeyReader withPassword(char[] password) {
    return new ServerKeyReader(Optional.of(new Password(password)));
  }

  /**
   * Reads a key.
   *
   * @param contents what a file holds
   * @return the key, with its certificates if there are any
   * @throws UnusableKeyException if there is no key, or it is not clear which one is meant
   */
  public ServerKey read(Octets contents) throws UnusableKeyException {
    return material(contents).serverKey();
  }

  /**
   * Reads certificates that may be nobody's chain, such as those of CAs.
   *
   * @param contents what a file holds
   * @return the DER of each, in the order of the file
   * @throws UnusableKeyException if there is none, or something else
   */
  public List<Octets> readCertificates(Octets contents) throws UnusableKeyException {
    return material(contents).onlyCertificates();
  }

  private KeyMaterial material(Octets contents) throws UnusableKeyException {
    if (contents.length() > MAX_OCTETS) {
      throw new UnusableKeyException("it has more than 1 MiB; give a file with the key alone");
    }
    byte[] octets = contents.toByteArray();
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    KeyMaterial material = new KeyMaterial();
    if (text.contains(PEM_MARK)) {
      new PemMaterial(password, material).read(text);
    } else {
      new DerMaterial(password, material).read(octets);
    }
    return material;
  }
}
