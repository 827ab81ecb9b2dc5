// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dane4j.rollover.ServerKey;
import org.dane4j.rollover.ServerKeyReader;
import org.dane4j.rollover.UnusableKeyException;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for reading keys and certificates; a password is none of them. */
final class KeyFiles {

  private static final int MAX_OCTETS = 1 << 20;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "the first line is the password of an encrypted key or PKCS #12")
  private @Nullable Path passwordFile;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "the environment variable that holds the password")
  private @Nullable String passwordVariable;

  @Option(
      names = "--password-prompt",
      interactive = true,
      arity = "0",
      description = "ask for the password")
  private char @Nullable [] typed;

  /** Makes the options, with their defaults. */
  KeyFiles() {}

  ServerKey read(String option, Path file) {
    try {
      return reader().read(contents(option, file));
    } catch (UnusableKeyException e) {
      throw new BadInputException(option + " " + file + ": " + e.getMessage());
    }
  }

  private ServerKeyReader reader() {
    if (typed != null) {
      return ServerKeyReader.withPassword(typed);
    }
    if (passwordVariable != null) {
      String value = System.getenv(passwordVariable);
      if (value == null) {
        throw new BadInputException(
            "--password-env " + passwordVariable + ": there is no such environment variable");
      }
      return ServerKeyReader.withPassword(value.toCharArray());
    }
    return passwordFile == null
        ? ServerKeyReader.withoutPassword()
        : ServerKeyReader.withPassword(firstLine(passwordFile));
  }

  /** Returns the password that a file has. */
  static char[] firstLine(Path file) {
    byte[] octets = contents("--password-file", file).toByteArray();
    String text = new String(octets, StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("").toCharArray();
  }

  static Octets contents(String option, Path file) {
    if (!Files.isRegularFile(file)) {
      // A pipe could keep one waiting, and a device has no end.
      throw new BadInputException(
          option
              + " "
              + file
              + (Files.exists(file)
                  ? ": it is no file, but a folder, a pipe or a device"
                  : ": there is no such file"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        throw new BadInputException(
            option + " " + file + ": more than 1 MiB; give a file with the key alone");
      }
      return Octets.of(octets);
    } catch (IOException e) {
      throw new BadInputException(option + " " + file + ": there is no such file that can be read");
    }
  }
}
