// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.hostile.Deed.Chance;
import org.dane4j.dnssec.hostile.ZoneShape.Form;
import org.dane4j.dnssec.hostile.ZoneShape.Trust;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

/** An attacker who does nothing would prove nothing. */
class DeedTest {

  private static final TreeShape SHAPE =
      new TreeShape(
          List.of(
              ZoneShape.full(0, Trust.SIGNED, Form.NSEC),
              ZoneShape.full(0, Trust.SIGNED, Form.NSEC),
              ZoneShape.full(1, Trust.SIGNED, Form.NSEC3)));
  private static final Model MODEL = new Model(SHAPE);
  private static final Scene SCENE = new Scene(SHAPE.build(), MODEL);

  private static final Question DELEGATION = Question.of(SHAPE.name(1), Type.DS);

  static Stream<Deed> deeds() {
    return Attacks.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void everyDeed_changesMessages(Deed deed) {
    Random random = new Random(5);
    int changed = 0;
    for (int i = 0; i < 120; i++) {
      Question any = MODEL.question(random.nextInt(10_000), random.nextInt(10_000));
      Question question = i % 4 == 0 ? DELEGATION : any;
      byte[] honest = SCENE.tree().answer(question.name().toString(), question.type()).toWire();
      Chance chance =
          new Chance(SCENE, question, question, random.nextInt(10_000), random.nextInt(10_000));
      changed += Arrays.equals(deed.on(honest.clone(), chance), honest) ? 0 : 1;
    }
    assertThat(changed).isPositive();
  }
}
