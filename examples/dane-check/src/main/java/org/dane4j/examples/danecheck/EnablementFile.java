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

/** The file that remembers how far a domain is. */
final class EnablementFile {

  /** Far more than any domain needs. */
  private static final int MAX_OCTETS = 1 << 20;

  private EnablementFile() {}

  /** Returns what is remembered of a domain; empty if there is no file yet. */
  static Optional<EnablementState> read(Path file, Name domain) {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    EnablementState state;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MAX_OCTETS);
      state = StateText.read(new String(octets, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BadInputException("--state " + file + ": there is no such file that can be read");
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
  static void write(Path file, EnablementState state) {
    Path target = file.toAbsolutePath();
    try {
      Path fresh = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".new");
      try {
        Files.writeString(fresh, StateText.write(state));
        Files.move(
            fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new BadInputException(
          "--state " + file + ": give a file that can be written, in a folder that exists");
    }
  }
}
