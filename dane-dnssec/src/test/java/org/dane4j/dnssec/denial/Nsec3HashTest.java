// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.dane4j.dnssec.crypto.Budget;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.utils.base32;

/** The hashes that RFC 5155 Appendix A prints, and what they cost. */
class Nsec3HashTest {

  private static final base32 BASE32 = new base32(base32.Alphabet.BASE32HEX, false, true);

  private static Nsec3Hash hash(Budget budget) {
    byte[] salt = {(byte) 0xaa, (byte) 0xbb, (byte) 0xcc, (byte) 0xdd};
    return new Nsec3Hash(new Nsec3.Parameters(12, Octets.of(salt)), budget);
  }

  @ParameterizedTest
  @CsvSource({
    "example., 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom",
    "a.example., 35mthgpgcu1qg68fab165klnsnk3dpvl",
    "ai.example., gjeqe526plbf1g8mklp59enfd789njgi",
    "ns1.example., 2t7b4g4vsa5smi47k61mv5bv1a22bojr",
    "ns2.example., q04jkcevqvmu85r014c7dkba38o0ji5r",
    "w.example., k8udemvp1j2f7eg6jebps17vp3n8i58h",
    "*.w.example., r53bq7cc2uvmubfu5ocmm6pers9tk9en",
    "x.w.example., b4um86eghhds6nea196smvmlo4ors995",
    "y.w.example., ji6neoaepv8b5o6k4ev33abha8ht9fgc",
    "x.y.w.example., 2vptu5timamqttgl4luu9kg21e0aor3s",
    "xx.example., t644ebqk9bibcna874givr6joj62mlhv",
    "2t7b4g4vsa5smi47k61mv5bv1a22bojr.example., kohar7mbb8dc2ce8a9qvl8hon4k53uhi",
    "EXAMPLE., 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"
  })
  void hash_isTheOneThatTheRfcPrints(String name, String expected) throws TextParseException {
    byte[] hash = hash(new Budget(0, 0, 0, 13)).of(Name.fromString(name));
    assertThat(BASE32.toString(Objects.requireNonNull(hash))).isEqualTo(expected);
  }

  @Test
  void eachNameIsPaidForOnce_andNoneBeyondTheBudget() throws TextParseException {
    Budget budget = new Budget(0, 0, 0, 26);
    Nsec3Hash hash = hash(budget);
    assertThat(hash.of(Name.fromString("a."))).hasSize(20);
    assertThat(hash.of(Name.fromString("b."))).hasSize(20);
    assertThat(hash.of(Name.fromString("A."))).hasSize(20);
    assertThat(budget.isExhausted()).isFalse();
    assertThat(hash.of(Name.fromString("c."))).isNull();
    assertThat(budget.isExhausted()).isTrue();
  }
}
