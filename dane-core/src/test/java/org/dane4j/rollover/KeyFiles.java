// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;

/** Files as administrators have them. */
final class KeyFiles {

  private KeyFiles() {}

  static String pem(String type, byte[] der) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static String pem(Minted... certificates) {
    return Stream.of(certificates)
        .map(minted -> pem("CERTIFICATE", minted.der().toByteArray()))
        .collect(Collectors.joining());
  }

  static String privateKey(KeyPair keys) {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  static Octets octets(String text) {
    return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  static ServerKey read(String text) throws UnusableKeyException {
    return ServerKeyReader.withoutPassword().read(octets(text));
  }

  static Octets publicKey(KeyPair keys) {
    return Octets.of(keys.getPublic().getEncoded());
  }

  static ServerKey chain(Minted... certificates) {
    return ServerKey.ofChain(Stream.of(certificates).map(Minted::der).toList());
  }
}
