// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.dane4j.smtp.enable.EnablementState;
import org.dane4j.smtp.enable.StateFormatException;
import org.dane4j.smtp.enable.StateText;
import org.xbill.DNS.Name;

/**
 * The file that remembers how far a domain is. What is written replaces what was read, and nothing
 * that somebody else wrote in between.
 */
final class EnablementFile {

  /** Far more than any domain needs. */
  private static final int MAX_OCTETS = 1 << 20;

  private final Path file;
  private Optional<String> known;

  private EnablementFile(Path file, Optional<String> known) {
    this.file = file;
    this.known = known;
  }

  static EnablementFile at(Path file) {
    return new EnablementFile(file, text(file));
  }

  private static Optional<String> text(Path file) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_OCTETS + 1);
      if (octets.length > MAX_OCTETS) {
        throw new BadInputException(
            "--state "
                + file
                + " is not what 'enable' wrote: it has more than "
                + MAX_OCTETS
                + " octets");
      }
      return Optional.of(new String(octets, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BadInputException("--state " + file + ": there is no such file that can be read");
    }
  }

  /** Returns what is remembered of a domain; empty if there is no file yet. */
  Optional<EnablementState> state(Name domain) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    EnablementState state;
    try {
      state = StateText.read(known.get());
    } catch (StateFormatException e) {
      throw new BadInputException(
          "--state " + file + " is not what 'enable' wrote, or was changed: " + e.getMessage());
    }
    if (!state.plan().domain().equals(domain)) {
      throw new BadInputException(
          "--state "
              + file
              + ": it is of "
              + state.plan().domain().toString(true)
              + ", not of "
              + domain.toString(true)
              + "; each domain has a file of its own");
    }
    return Optional.of(state);
  }

  /** Writes all of the file or nothing. */
  void write(EnablementState state) {
    if (!text(file).equals(known)) {
      throw new BadInputException(
          "--state " + file + " was changed meanwhile, perhaps by another run: look again");
    }
    String text = StateText.write(state);
    try {
      // A link stays one, and what it leads to is replaced.
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
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
          "--state " + file + ": give a file that can be written, in a folder that exists");
    }
    known = Optional.of(text);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
