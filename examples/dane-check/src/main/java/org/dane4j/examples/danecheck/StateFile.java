// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file of {@code --state}, in which a command remembers something until its next run. What is
 * written replaces what was read, and nothing that somebody else wrote in between.
 */
final class StateFile {

  /** Far more than any domain needs. */
  private static final int MAX_OCTETS = 1 << 20;

  private final Path path;
  private Optional<String> known;

  private StateFile(Path path, Optional<String> known) {
    this.path = path;
    this.known = known;
  }

  static StateFile at(Path path) {
    return new StateFile(path, read(path));
  }

  private static Optional<String> read(Path path) {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(path)) {
      // A pipe could keep one waiting, and a device has no end.
      throw new BadInputException(
          "--state " + path + ": it is no file, but a folder, a pipe or a device");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        throw new BadInputException(
            "--state " + path + ": it has more than " + MAX_OCTETS + " octets, which none has");
      }
      return Optional.of(new String(octets, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BadInputException("--state " + path + ": there is no such file that can be read");
    }
  }

  /** Returns what was read; empty if there was no file. */
  Optional<String> text() {
    return known;
  }

  /** Writes all of the file or nothing. */
  void write(String text) {
    if (!read(path).equals(known)) {
      throw new BadInputException(
          "--state " + path + " was changed meanwhile, perhaps by another run: look again");
    }
    try {
      // A link stays one, and what it leads to is replaced.
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path fresh = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".new");
      try {
        Files.writeString(fresh, text);
        Files.move(
            fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new BadInputException(
          "--state " + path + ": give a file that can be written, in a folder that exists");
    }
    known = Optional.of(text);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
