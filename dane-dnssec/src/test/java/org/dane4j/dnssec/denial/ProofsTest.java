// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Objects;
import org.dane4j.dnssec.crypto.Budget;
import org.dane4j.dnssec.denial.Denial.Outcome;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/** What absent DS records mean, and the limits of NSEC3. */
class ProofsTest {

  private static final base32 BASE32 = new base32(base32.Alphabet.BASE32HEX, false, true);

  /** Bitmaps of NS and SOA, NS, A, and NS and DS. */
  private static final String APEX = "000122";

  private static final String CUT = "000120";
  private static final String DATA = "000140";
  private static final String SIGNED_CUT = "0006200000000010";

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }

  private static NsecProof nsec(String zone, String... ownerNextTypes) {
    NsecProof proof = new NsecProof();
    for (int i = 0; i < ownerNextTypes.length; i += 3) {
      String next = HexFormat.of().formatHex(name(ownerNextTypes[i + 1]).toWireCanonical());
      byte[] rdata = HexFormat.of().parseHex(next + ownerNextTypes[i + 2]);
      proof.add(name(ownerNextTypes[i]), rdata, name(zone));
    }
    return proof;
  }

  /** A record that matches a name, and whose span is all others. */
  private static Nsec3Proof nsec3(String zone, String owner, String types, int maxIterations) {
    Nsec3Hash hasher =
        new Nsec3Hash(new Nsec3.Parameters(3, Octets.of(new byte[0])), new Budget(0, 0, 0, 100));
    byte[] hash = Objects.requireNonNull(hasher.of(name(owner)));
    Nsec3Proof proof = new Nsec3Proof(name(zone), new Budget(0, 0, 0, 1000), maxIterations);
    String rdata = "01000003" + "00" + "14" + HexFormat.of().formatHex(hash) + types;
    String suffix = zone.equals(".") ? "." : "." + zone;
    proof.add(name(BASE32.toString(hash) + suffix), HexFormat.of().parseHex(rdata));
    return proof;
  }

  @ParameterizedTest
  @CsvSource({
    CUT + ", UNSIGNED_DELEGATION",
    DATA + ", NO_ZONE_CUT",
    SIGNED_CUT + ", NOT_PROVEN",
    APEX + ", NOT_PROVEN"
  })
  void recordAtTheName_tellsWhatAnAbsentDsMeans(String types, Outcome expected) {
    // RFC 4035 §5.2, RFC 6840 §4.4
    NsecProof nsec = nsec("example.", "b.example.", "c.example.", types);
    assertThat(nsec.noDelegation(name("b.example.")).outcome()).isEqualTo(expected);
    Nsec3Proof nsec3 = nsec3("example.", "b.example.", types, 10);
    assertThat(nsec3.noDelegation(name("b.example.")).outcome()).isEqualTo(expected);
  }

  @Test
  void nameThatDoesNotExist_isNoZoneCut() {
    NsecProof nsec = nsec("example.", "example.", "z.example.", APEX);
    assertThat(nsec.noDelegation(name("b.example.")).outcome()).isEqualTo(Outcome.NO_ZONE_CUT);
    Nsec3Proof nsec3 = nsec3("example.", "example.", APEX, 10);
    assertThat(nsec3.noDelegation(name("b.example.")).outcome()).isEqualTo(Outcome.NO_ZONE_CUT);
  }

  @Test
  void emptyNonTerminal_isNoZoneCut() {
    NsecProof nsec = nsec("example.", "a.example.", "x.y.example.", DATA);
    assertThat(nsec.noDelegation(name("y.example.")).outcome()).isEqualTo(Outcome.NO_ZONE_CUT);
    assertThat(nsec.noDelegation(name("c.example.")).outcome())
        .as("the wildcard is not denied")
        .isEqualTo(Outcome.NOT_PROVEN);
  }

  @Test
  void onlyTheRootsOwnRecord_deniesItsDs() {
    // RFC 4035 §5.2: everybody else's DS is the parent's.
    assertThat(nsec(".", ".", "com.", APEX).noData(Name.root, Type.DS).outcome())
        .isEqualTo(Outcome.NO_DATA);
    assertThat(nsec3(".", ".", APEX, 10).noData(Name.root, Type.DS).outcome())
        .isEqualTo(Outcome.NO_DATA);
    Name apex = name("example.");
    assertThat(nsec("example.", "example.", "a.example.", APEX).noData(apex, Type.DS).outcome())
        .isEqualTo(Outcome.NOT_PROVEN);
    assertThat(nsec3("example.", "example.", APEX, 10).noData(apex, Type.DS).outcome())
        .isEqualTo(Outcome.NOT_PROVEN);
  }

  @Test
  void iterations_countUpToTheLimit() {
    // RFC 9276 §3.2
    Name name = name("b.example.");
    assertThat(nsec3("example.", "b.example.", DATA, 3).noData(name, Type.MX).outcome())
        .isEqualTo(Outcome.NO_DATA);
    Nsec3Proof tooMany = nsec3("example.", "b.example.", DATA, 2);
    assertThat(tooMany.noData(name, Type.MX).outcome()).isEqualTo(Outcome.TOO_MANY_ITERATIONS);
    assertThat(tooMany.noName(name).outcome()).isEqualTo(Outcome.TOO_MANY_ITERATIONS);
    assertThat(tooMany.noDelegation(name).outcome()).isEqualTo(Outcome.TOO_MANY_ITERATIONS);
    assertThat(tooMany.noCloserName(name, name("example.")).outcome())
        .isEqualTo(Outcome.TOO_MANY_ITERATIONS);
  }

  @Test
  void closerName_isDeniedByACoveringRecord() {
    // RFC 5155 §8.8
    Nsec3Proof proof = nsec3("example.", "example.", APEX, 10);
    assertThat(proof.noCloserName(name("b.example."), name("example.")).outcome())
        .isEqualTo(Outcome.NO_CLOSER_NAME);
    Nsec3Proof other = nsec3("example.", "b.example.", DATA, 10);
    assertThat(other.noCloserName(name("x.b.example."), name("example.")).outcome())
        .as("the next closer name exists")
        .isEqualTo(Outcome.NOT_PROVEN);
  }
}
