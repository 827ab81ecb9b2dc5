// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class QuestionTest {

  @Test
  void relativeName_isRefused() {
    // RFC 1535: there is no list of domains to try.
    Name relative = Name.fromConstantString("mx.bank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Question(relative, Type.A))
        .withMessageContaining("dot at the end");
    assertThat(Question.of("mx.bank", Type.A)).isEqualTo(Question.of("mx.bank.", Type.A));
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.RRSIG, Type.OPT, Type.ANY, Type.AXFR, 0, -1, 0x10000})
  void typeThatStandsForNoRrset_isRefused(int type) {
    // RFC 4035 §5: an RRset has one type, and a signature of its own.
    assertThatIllegalArgumentException().isThrownBy(() -> Question.of("bank.example", type));
  }
}
