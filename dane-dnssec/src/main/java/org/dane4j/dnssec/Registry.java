// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

/** Numbers of IANA's registries with their names, for explanations. */
final class Registry {

  private Registry() {}

  /** A DNSSEC algorithm, as in {@code ECDSAP256SHA256(13)}. */
  static String algorithm(int number) {
    String name =
        switch (number) {
          case 1 -> "RSAMD5";
          case 3 -> "DSA";
          case 5 -> "RSASHA1";
          case 6 -> "DSA-NSEC3-SHA1";
          case 7 -> "RSASHA1-NSEC3-SHA1";
          case 8 -> "RSASHA256";
          case 10 -> "RSASHA512";
          case 12 -> "ECC-GOST";
          case 13 -> "ECDSAP256SHA256";
          case 14 -> "ECDSAP384SHA384";
          case 15 -> "ED25519";
          case 16 -> "ED448";
          case 17 -> "SM2SM3";
          case 23 -> "ECC-GOST12";
          case 252 -> "INDIRECT";
          case 253 -> "PRIVATEDNS";
          case 254 -> "PRIVATEOID";
          default -> "unassigned";
        };
    return named(name, number);
  }

  /** A DS digest type, as in {@code SHA-256(2)}. */
  static String digestType(int number) {
    String name =
        switch (number) {
          case 1 -> "SHA-1";
          case 2 -> "SHA-256";
          case 3 -> "GOST R 34.11-94";
          case 4 -> "SHA-384";
          case 5 -> "GOST R 34.11-2012";
          case 6 -> "SM3";
          default -> "unassigned";
        };
    return named(name, number);
  }

  /** An Extended DNS Error (RFC 8914 §5.2), as in {@code Signature Expired(7)}. */
  static String extendedError(int number) {
    String name =
        switch (number) {
          case 1 -> "Unsupported DNSKEY Algorithm";
          case 2 -> "Unsupported DS Digest Type";
          case 5 -> "DNSSEC Indeterminate";
          case 6 -> "DNSSEC Bogus";
          case 7 -> "Signature Expired";
          case 8 -> "Signature Not Yet Valid";
          case 9 -> "DNSKEY Missing";
          case 10 -> "RRSIGs Missing";
          case 11 -> "No Zone Key Bit Set";
          case 12 -> "NSEC Missing";
          case 22 -> "No Reachable Authority";
          case 23 -> "Network Error";
          case 25 -> "Signature Expired before Valid";
          case 27 -> "Unsupported NSEC3 Iterations Value";
          default -> "unassigned";
        };
    return named(name, number);
  }

  private static String named(String name, int number) {
    return name + "(" + number + ")";
  }
}
