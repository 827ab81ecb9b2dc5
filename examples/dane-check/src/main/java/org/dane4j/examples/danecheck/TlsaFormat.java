// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

/** The forms that 'tlsa' can print records in. */
enum TlsaFormat {
  /** Lines of a zone file. */
  ZONE,
  /** Lines of a zone file for name servers that do not know the type (RFC 3597). */
  GENERIC,
  /** One RRset, and the server's name as an alias of it. */
  CNAME,
  /** A script for nsupdate (RFC 2136). */
  NSUPDATE,
  /** What to add and to remove. */
  DIFF
}
