// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The service extensions that a server offers in its reply to EHLO (RFC 5321 §4.1.1.1). */
final class Extensions {

  /** No extension: after HELO, and when TLS has just begun (RFC 3207 §4.2). */
  static final Extensions NONE = new Extensions(Map.of());

  private final Map<String, List<String>> offered;

  private Extensions(Map<String, List<String>> offered) {
    this.offered = offered;
  }

  static Extensions of(SmtpReply ehlo) {
    Map<String, List<String>> offered = new LinkedHashMap<>();
    ehlo.lines().stream()
        .skip(1)
        .map(line -> List.of(line.strip().toUpperCase(Locale.ROOT).split(" +")))
        .forEach(words -> offered.putIfAbsent(words.get(0), words.subList(1, words.size())));
    return new Extensions(offered);
  }

  boolean offers(String keyword) {
    return offered.containsKey(keyword);
  }

  /** The most octets that a message may have, if the server says so (RFC 1870 §5). */
  OptionalLong sizeLimit() {
    List<String> parameters = offered.getOrDefault("SIZE", List.of());
    // Zero means that there is no fixed limit; what is no number of 18 digits is none either.
    return parameters.isEmpty() || !parameters.get(0).matches("0*[1-9]\\d{0,17}")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(parameters.get(0)));
  }

  /** The SASL mechanisms, in upper case (RFC 4954 §3). */
  List<String> mechanisms() {
    return List.copyOf(offered.getOrDefault("AUTH", List.of()));
  }

  @Override
  public String toString() {
    return Arrays.toString(offered.keySet().toArray());
  }
}
