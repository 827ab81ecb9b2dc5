// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dane4j.dnssec.AlgorithmPolicy;
import org.dane4j.dnssec.TrustAnchors;
import org.xbill.DNS.Name;

/** Files with trust anchors, given by {@code --trust-anchors}. */
final class AnchorFile {

  private static final long MAX_OCTETS = 1 << 20;

  private AnchorFile() {}

  static TrustAnchors read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new BadInputException("--trust-anchors " + file + ": there is no such file");
      }
      if (Files.size(file) > MAX_OCTETS) {
        throw new BadInputException(
            "--trust-anchors " + file + ": more than 1 MiB is no anchor file");
      }
      TrustAnchors anchors = TrustAnchors.parse(Files.readString(file));
      for (Name zone : anchors.unusable(AlgorithmPolicy.recommended())) {
        throw new BadInputException(
            "--trust-anchors "
                + file
                + ": no record of "
                + zone
                + " has an algorithm and a digest that count; SHA-1 does not");
      }
      return anchors;
    } catch (MalformedInputException e) {
      throw new BadInputException("--trust-anchors " + file + ": not a text in UTF-8");
    } catch (IOException e) {
      throw new BadInputException(
          "--trust-anchors " + file + ": there is no such file that can be read");
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--trust-anchors " + file + ": " + e.getMessage());
    }
  }
}
