// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;

/**
 * One block of OpenSSL's test/danetest.in.
 *
 * @param number the number in the comment before it
 * @param records the TLSA records: exactly as many lines as the header says. Some blocks have more
 *     lines that look like records; OpenSSL skips them as text before the first PEM certificate
 * @param certificates the chain, leaf first
 * @param wanted the X509_V_ERR code
 * @param depth where a record matched, -1 for nowhere
 */
record OpenSslDaneCase(
    String number, List<TlsaRecord> records, List<Octets> certificates, int wanted, int depth) {

  static final int OK = 0;
  static final int HOSTNAME_MISMATCH = 62;

  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  static List<OpenSslDaneCase> parse(List<String> lines) {
    List<OpenSslDaneCase> cases = new ArrayList<>();
    String number = "?";
    Iterator<String> iterator = lines.iterator();
    while (iterator.hasNext()) {
      String line = iterator.next().strip();
      if (line.matches("# [0-9]+")) {
        number = line.substring(2);
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        cases.add(block(number, line.split("\\s+"), iterator));
      }
    }
    return cases;
  }

  boolean hasPkixUsage() {
    return records.stream().anyMatch(record -> record.usage().value() < 2);
  }

  private static OpenSslDaneCase block(String number, String[] header, Iterator<String> lines) {
    List<TlsaRecord> records = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(header[0]); i++) {
      records.add(TlsaRecord.parse(lines.next()));
    }
    List<Octets> certificates = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(header[1]); i++) {
      certificates.add(pem(lines));
    }
    return new OpenSslDaneCase(
        number, records, certificates, Integer.parseInt(header[3]), Integer.parseInt(header[4]));
  }

  private static Octets pem(Iterator<String> lines) {
    String line = lines.next();
    while (!line.equals(BEGIN)) {
      line = lines.next();
    }
    StringBuilder base64 = new StringBuilder();
    for (line = lines.next(); !line.equals(END); line = lines.next()) {
      base64.append(line.strip());
    }
    return Octets.of(Base64.getDecoder().decode(base64.toString()));
  }
}
