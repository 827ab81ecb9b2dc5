// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.nio.file.Path;
import java.util.Optional;
import org.dane4j.smtp.enable.EnablementState;
import org.dane4j.smtp.enable.StateFormatException;
import org.dane4j.smtp.enable.StateText;
import org.xbill.DNS.Name;

/** The file that remembers how far a domain is. */
final class EnablementFile {

  private final StateFile file;

  private EnablementFile(StateFile file) {
    this.file = file;
  }

  static EnablementFile at(Path path) {
    return new EnablementFile(StateFile.at(path));
  }

  /** Returns what is remembered of a domain; empty if there is no file yet. */
  Optional<EnablementState> state(Name domain) {
    if (file.text().isEmpty()) {
      return Optional.empty();
    }
    EnablementState state;
    try {
      state = StateText.read(file.text().get());
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

  void write(EnablementState state) {
    file.write(StateText.write(state));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
