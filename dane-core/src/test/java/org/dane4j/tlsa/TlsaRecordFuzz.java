// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/**
 * Jazzer writes TLSA records as text and as octets, and looks for an exception other than the one
 * that is promised, or a record that is another one when it is read again. Not among the default
 * tests: the Maven profile {@code fuzz} runs it.
 */
class TlsaRecordFuzz {

  private static final List<String> BEGINNINGS = List.of("", "3 1 1 ", "DANE-TA SPKI SHA2-512 ");

  @FuzzTest
  void anyRecord_isReadOrRefusedWithAdvice(FuzzedDataProvider data) {
    boolean isText = data.consumeBoolean();
    try {
      TlsaRecord record =
          isText
              ? TlsaRecord.parse(data.pickValue(BEGINNINGS) + data.consumeRemainingAsString())
              : ofRdata(Octets.of(data.consumeRemainingAsBytes()));
      requireSame(record, TlsaRecord.ofRdata(record.toRdata()));
      requireSame(record, TlsaRecord.parse(record.toString()));
    } catch (IllegalArgumentException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("a refusal says what is wrong", e);
      }
    }
  }

  /** What DNS brings is sorted, and never refused. */
  private static TlsaRecord ofRdata(Octets rdata) {
    TlsaRrset rrset = TlsaRrset.ofRdata(TlsaOwnerName.smtp("mx.example.org"), List.of(rdata));
    if (rrset.records().size() > 1 || rrset.toString().isEmpty()) {
      throw new AssertionError(rrset.toString());
    }
    return TlsaRecord.ofRdata(rdata);
  }

  private static void requireSame(TlsaRecord one, TlsaRecord other) {
    if (!one.equals(other)) {
      throw new AssertionError(one + " is read as " + other);
    }
  }
}
