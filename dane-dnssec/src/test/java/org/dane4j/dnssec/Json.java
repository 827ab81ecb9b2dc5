// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON as maps, lists and strings, for test vectors. */
final class Json {

  private Json() {}

  @SuppressWarnings("unchecked")
  static Map<String, Object> read(Path file) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(Files.newInputStream(file))) {
      parser.nextToken();
      return (Map<String, Object>) value(parser);
    }
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(Map<String, Object> of, String name) {
    return (List<Map<String, Object>>) Objects.requireNonNull(of.get(name), name);
  }

  /** Returns the text at a path of names; empty if there is none. */
  static String text(Map<String, Object> of, String... path) {
    Object value = of;
    for (String name : path) {
      value = value instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : "";
    }
    return String.valueOf(value);
  }

  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        object.put(name, value(parser));
      }
      return object;
    }
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(parser));
      }
      return array;
    }
    return String.valueOf(parser.getText());
  }
}
