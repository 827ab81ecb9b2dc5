// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import java.util.Arrays;
import java.util.List;

/**
 * The keys of server certificates that a client offers to take. A server with several certificates
 * chooses by the offer; all of them have to match its TLSA records.
 */
public enum CertificateKeys {
  /** All that the platform knows. */
  ANY(""),
  /** RSA only, by a TLS 1.2 cipher suite: TLS 1.3 has no suites for it. */
  RSA("_RSA_"),
  /** Elliptic curves only, by a TLS 1.2 cipher suite. */
  ECDSA("_ECDSA_");

  /** What the names of the cipher suites have in them. */
  private final String mark;

  CertificateKeys(String mark) {
    this.mark = mark;
  }

  List<String> protocols(List<String> all) {
    return this == ANY ? all : all.stream().filter("TLSv1.2"::equals).toList();
  }

  String[] cipherSuites(String[] all) {
    return Arrays.stream(all).filter(suite -> suite.contains(mark)).toArray(String[]::new);
  }
}
