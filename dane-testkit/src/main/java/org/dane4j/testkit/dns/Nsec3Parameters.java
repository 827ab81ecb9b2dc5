// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.HexFormat;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3PARAMRecord;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;

/** How a zone hashes its names (RFC 5155 §3). */
record Nsec3Parameters(int iterations, String saltHex, boolean optOut) {

  byte[] salt() {
    return HexFormat.of().parseHex(saltHex);
  }

  // RFC 5155 §4.1.2: the opt-out flag is not set in the NSEC3PARAM record.
  NSEC3PARAMRecord record(Name apex) {
    return new NSEC3PARAMRecord(apex, DClass.IN, 0, NSEC3Record.Digest.SHA1, 0, iterations, salt());
  }
}
