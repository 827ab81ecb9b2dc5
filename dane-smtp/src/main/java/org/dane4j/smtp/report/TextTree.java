// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A tree of lines. Not thread-safe.
 *
 * <p>Each line has a mark, which a terminal may show as a color.
 */
public final class TextTree {

  /** Text goes on in the next line where a word would go beyond this column. */
  private static final int WIDTH = 100;

  /** However deep in the tree, a line has room for a digest. */
  private static final int LEAST_WIDTH = 66;

  /** What a line says of its matter. */
  public enum Mark {
    /** It is as it should be. */
    GOOD,
    /** It protects nothing, and needs not. */
    NEUTRAL,
    /** It is why mail does not go. */
    BAD,
    /** What to do about it. */
    ADVICE
  }

  private final Mark mark;
  private final String text;
  private final List<TextTree> children = new ArrayList<>();

  /**
   * Makes a tree of one line.
   *
   * @param mark what the line says of its matter
   * @param text the line; further lines in it are set below it, as is what does not fit
   */
  public TextTree(Mark mark, String text) {
    this.mark = Objects.requireNonNull(mark, "mark");
    this.text = Objects.requireNonNull(text, "text");
  }

  /**
   * Adds a line below this one.
   *
   * @param childMark what the line says of its matter
   * @param childText the line
   * @return the new line, to add more below it
   */
  public TextTree add(Mark childMark, String childText) {
    TextTree child = new TextTree(childMark, childText);
    children.add(child);
    return child;
  }

  /**
   * Returns the mark of the first line.
   *
   * @return the mark
   */
  public Mark mark() {
    return mark;
  }

  /** Puts a color around a line of text. */
  @FunctionalInterface
  public interface Painter {

    /**
     * Paints.
     *
     * @param mark what the line says of its matter
     * @param text the line
     * @return the line with what a terminal needs to color it
     */
    String paint(Mark mark, String text);
  }

  /**
   * Returns the tree with colors.
   *
   * @param painter who colors the lines
   * @return the lines, each ended
   */
  public String render(Painter painter) {
    StringBuilder out = new StringBuilder();
    render(out, painter, "", "");
    return out.toString();
  }

  private void render(StringBuilder out, Painter painter, String first, String further) {
    String indent = first;
    int width = Math.max(LEAST_WIDTH, WIDTH - indent.length());
    for (String line : wrapped(width)) {
      out.append(indent).append(painter.paint(mark, line)).append('\n');
      indent = further + (children.isEmpty() ? "  " : "│ ");
    }
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      children
          .get(i)
          .render(out, painter, further + (last ? "└─ " : "├─ "), further + (last ? "   " : "│  "));
    }
  }

  private List<String> wrapped(int width) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Returns the tree without colors. */
  @Override
  public String toString() {
    return render((anyMark, line) -> line);
  }
}
