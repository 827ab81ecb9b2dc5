// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.dane4j.tlsa.Octets;

/**
 * Jazzer edits files with a server's key, and looks for an exception other than the one that is
 * promised. Not among the default tests: the Maven profile {@code fuzz} runs it.
 */
class ServerKeyReaderFuzz {

  private static final List<byte[]> FILES = files();

  private static final List<ServerKeyReader> READERS =
      List.of(
          ServerKeyReader.withoutPassword(),
          ServerKeyReader.withPassword("correct horse".toCharArray()));

  private static List<byte[]> files() {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
      byte[] pkcs8 = keys.getPrivate().getEncoded();
      byte[] spki = keys.getPublic().getEncoded();
      return List.of(pkcs8, spki, pem("PRIVATE KEY", pkcs8), pem("PUBLIC KEY", spki));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder().encodeToString(der);
    return ("-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @FuzzTest
  void anyFile_isReadOrRefusedWithAdvice(FuzzedDataProvider data) {
    ServerKeyReader reader = data.pickValue(READERS);
    byte[] file = data.consumeBoolean() ? data.pickValue(FILES) : new byte[0];
    while (data.remainingBytes() > 0) {
      file = edited(file, data);
    }
    try {
      if (reader.read(Octets.of(file)).subjectPublicKeyInfo().length() == 0) {
        throw new AssertionError("a key has octets");
      }
    } catch (UnusableKeyException e) {
      if (e.getMessage() == null || e.getCause() != null) {
        throw new AssertionError("a refusal says what is wrong, and nothing of the contents", e);
      }
    }
  }

  private static byte[] edited(byte[] file, FuzzedDataProvider data) {
    int from = data.consumeInt(0, file.length);
    int to = Math.min(file.length, from + data.consumeInt(0, 20));
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    edited.writeBytes(Arrays.copyOf(file, from));
    edited.writeBytes(data.consumeBytes(data.consumeInt(0, 60)));
    edited.writeBytes(Arrays.copyOfRange(file, to, file.length));
    return edited.toByteArray();
  }
}
