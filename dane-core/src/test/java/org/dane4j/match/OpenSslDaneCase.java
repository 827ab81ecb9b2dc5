// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;

/**
 * One block of OpenSSL's test/danetest.in.
 *
 * @param number the number in the comment before it, or else the line it begins at
 * @param records the TLSA records: exactly as many lines as the header says. Some blocks have more
 *     lines that look like records; OpenSSL skips them as text before the first PEM certificate
 * @param certificates the chain, leaf first
 * @param daneEeNames whether names are checked with DANE-EE records: not if the header's third
 *     field is 1
 * @param wanted the outcome
 */
record OpenSslDaneCase(
    String number,
    List<TlsaRecord> records,
    List<Octets> certificates,
    boolean daneEeNames,
    Outcome wanted) {

  /**
   * What OpenSSL says of a case.
   *
   * @param code the X509_V_ERR code
   * @param depth where a record matched, even if something else failed; -1 for nowhere
   */
  record Outcome(int code, int depth) {}

  static final int OK = 0;
  static final int UNABLE_TO_GET_ISSUER_CERT_LOCALLY = 20;
  static final int HOSTNAME_MISMATCH = 62;
  static final int DANE_NO_MATCH = 65;

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final Pattern HEADER =
      Pattern.compile("([0-9]+)\\s+([0-9]+)\\s+([01])\\s+([0-9]+)\\s+(-?[0-9]+)");

  static List<OpenSslDaneCase> parse(List<String> lines) {
    return new Parser(lines).cases();
  }

  /** Returns the certificates of a PEM file. */
  static List<Octets> pem(List<String> lines) {
    Parser parser = new Parser(lines);
    List<Octets> certificates = new ArrayList<>();
    while (lines.subList(parser.next, lines.size()).contains(BEGIN)) {
      certificates.add(parser.certificate());
    }
    return certificates;
  }

  private static final class Parser {

    private final List<String> lines;
    private int next;

    Parser(List<String> lines) {
      this.lines = lines;
    }

    List<OpenSslDaneCase> cases() {
      List<OpenSslDaneCase> cases = new ArrayList<>();
      String number = "";
      while (next < lines.size()) {
        String line = line();
        if (line.matches("# ?[0-9]+")) {
          number = line.substring(1).strip();
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          cases.add(block(number.isEmpty() ? "line " + next : number, line));
          number = "";
        }
      }
      return cases;
    }

    private OpenSslDaneCase block(String number, String line) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new IllegalArgumentException(
            "line %s is no header of five numbers: %s".formatted(next, line));
      }
      List<TlsaRecord> records = new ArrayList<>();
      while (records.size() < Integer.parseInt(header.group(1))) {
        records.add(TlsaRecord.parse(line()));
      }
      List<Octets> certificates = new ArrayList<>();
      while (certificates.size() < Integer.parseInt(header.group(2))) {
        certificates.add(certificate());
      }
      return new OpenSslDaneCase(
          number,
          records,
          certificates,
          header.group(3).equals("0"),
          new Outcome(Integer.parseInt(header.group(4)), Integer.parseInt(header.group(5))));
    }

    private Octets certificate() {
      // Text before a certificate is for people.
      String skipped = line();
      while (!skipped.equals(BEGIN)) {
        skipped = line();
      }
      StringBuilder base64 = new StringBuilder();
      for (String line = line(); !line.equals(END); line = line()) {
        base64.append(line);
      }
      return Octets.of(Base64.getDecoder().decode(base64.toString()));
    }

    private String line() {
      if (next == lines.size()) {
        throw new IllegalArgumentException("the file ends within a block");
      }
      return lines.get(next++).strip();
    }
  }
}
