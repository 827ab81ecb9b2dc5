// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.smtp.CheckEvidence;

/** Files with the evidence of a check. */
final class EvidenceFile {

  private EvidenceFile() {}

  /** Says at once, and not after the check, that a file cannot be written. */
  static void checkWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isRegularFile(file) && Files.isWritable(file)
            : folder != null && Files.isWritable(folder);
    if (!writable) {
      throw unwritable(file);
    }
  }

  static void write(Path file, CheckEvidence evidence) {
    try {
      Files.write(file, evidence.toBytes());
    } catch (IOException e) {
      throw unwritable(file);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new BadInputException("--save-evidence " + file + ": " + e.getMessage());
    }
  }

  private static BadInputException unwritable(Path file) {
    return new BadInputException(
        "--save-evidence " + file + ": give a file that can be written, in a folder that exists");
  }

  static CheckEvidence read(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe could keep one waiting.
      throw new BadInputException(file + ": it is no file, but a folder, a pipe or a device");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return CheckEvidence.read(in.readNBytes(EvidenceBundle.MAX_OCTETS + 1));
    } catch (IOException e) {
      throw new BadInputException(file + ": there is no such file that can be read");
    } catch (MalformedEvidenceException e) {
      throw new BadInputException(
          file + " is not what 'check --save-evidence' writes, or was changed: " + e.getMessage());
    }
  }
}
