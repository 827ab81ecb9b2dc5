// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import org.dane4j.smtp.report.TextTree.Mark;
import org.dane4j.smtp.report.TextTree.Painter;
import picocli.CommandLine.Model.CommandSpec;

/** Colors for a terminal. */
final class Colors {

  private Colors() {}

  /** Returns a painter that colors only if the output is a terminal. */
  static Painter of(CommandSpec spec) {
    boolean color = spec.commandLine().getColorScheme().ansi().enabled();
    return color ? Colors::paint : (mark, line) -> line;
  }

  private static String paint(Mark mark, String line) {
    String style =
        switch (mark) {
          case GOOD -> "\u001b[32m";
          case NEUTRAL -> "";
          case BAD -> "\u001b[31m";
          case ADVICE -> "\u001b[33m";
        };
    return style.isEmpty() ? line : style + line + "\u001b[0m";
  }
}
