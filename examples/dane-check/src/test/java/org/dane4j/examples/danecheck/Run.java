// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/**
 * A run of the program.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it complained about
 */
record Run(int status, String out, String err) {

  static Run of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program =
        DaneCheck.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = program.execute(arguments);
    return new Run(status, out.toString(), err.toString());
  }

  /**
   * Returns a member of the printed object, after the whole output was found to be one JSON object.
   */
  String jsonText(String name) {
    String found = null;
    int depth = 0;
    try (JsonParser json = new JsonFactory().createParser(out)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1 && token.isScalarValue() && name.equals(json.currentName())) {
          found = json.getText();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(out, e);
    }
    if (found == null) {
      throw new AssertionError("no " + name + " in " + out);
    }
    return found;
  }
}
