// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs the benchmarks, and prints and writes the table of what they say about each other. */
public final class Ratios {

  private Ratios() {}

  /**
   * Measures.
   *
   * @param args {@code full} or {@code quick}, then the file for the table
   * @throws IOException if the table cannot be written
   */
  public static void main(String[] args) throws IOException {
    boolean quick = args[0].equals("quick");
    PrintStream out = System.out;
    List<String> lines = new ArrayList<>();
    lines.add(String.join("\t", Line.HEADER));
    out.println(text(Line.HEADER));
    for (Row row : quick ? Table.quick() : Table.full()) {
      add(row.measure(), lines, out);
    }
    add(HeldBytes.measure(quick ? 100 : 500), lines, out);
    for (Line line : new RoundTrips(quick ? 8 : 20).measure()) {
      add(line, lines, out);
    }
    Files.write(Path.of(args[1]), lines);
  }

  private static void add(Line line, List<String> lines, PrintStream out) {
    lines.add(String.join("\t", line.cells()));
    out.println(text(line.cells()));
  }

  private static String text(List<String> cells) {
    return "%-60s".formatted(cells.get(0))
        + cells.stream().skip(1).map("%15s"::formatted).collect(Collectors.joining());
  }
}
