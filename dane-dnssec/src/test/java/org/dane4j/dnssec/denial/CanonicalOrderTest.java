// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** The order of names that NSEC records count on (RFC 4034 §6.1). */
class CanonicalOrderTest {

  /** RFC 4034 §6.1, and names on both sides of where a comparison of signed octets would turn. */
  private static final List<String> ORDER =
      List.of(
          "example.",
          "a.example.",
          "yljkjljk.a.example.",
          "Z.a.example.",
          "zABC.a.EXAMPLE.",
          "b.example.",
          "\\000.b.example.",
          "\\000\\000.b.example.",
          "\\001.b.example.",
          "-.b.example.",
          "\\..b.example.",
          "0.b.example.",
          "\\127.b.example.",
          "\\128.b.example.",
          "\\255.b.example.",
          "z.example.",
          "\\001.z.example.",
          "*.z.example.",
          "\\200.z.example.");

  private static Nsec nsec(String owner, String next) {
    byte[] name = Name.fromConstantString(next).toWireCanonical();
    byte[] rdata = Arrays.copyOf(name, name.length + 3);
    System.arraycopy(new byte[] {0, 1, 0x40}, 0, rdata, name.length, 3);
    Name zone = Name.fromConstantString("example.");
    return Objects.requireNonNull(Nsec.read(Name.fromConstantString(owner), rdata, zone));
  }

  @Test
  void spans_coverWhatIsBetween_andNothingElse() {
    for (int from = 0; from < ORDER.size(); from++) {
      for (int to = from + 1; to < ORDER.size(); to++) {
        Nsec nsec = nsec(ORDER.get(from), ORDER.get(to));
        for (int i = 0; i < ORDER.size(); i++) {
          assertThat(nsec.covers(Name.fromConstantString(ORDER.get(i))))
              .as("%s covers %s", nsec, ORDER.get(i))
              .isEqualTo(from < i && i < to);
        }
      }
    }
  }
}
