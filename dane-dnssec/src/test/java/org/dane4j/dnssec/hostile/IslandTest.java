// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.dnssec.hostile.Act.Target;
import org.dane4j.dnssec.hostile.ZoneShape.Form;
import org.dane4j.dnssec.hostile.ZoneShape.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Zones with trust anchors of their own below zones that nobody vouches for, which an attacker may
 * own as well (RFC 4035 §5): islands of security.
 */
class IslandTest {

  private static final TreeShape SHAPE =
      new TreeShape(
          List.of(
              ZoneShape.full(0, Trust.SIGNED, Form.OPT_OUT),
              ZoneShape.full(0, Trust.WITHOUT_DS, Form.OPT_OUT),
              ZoneShape.full(1, Trust.SIGNED, Form.NSEC).withOddAnchor(),
              ZoneShape.full(2, Trust.SIGNED, Form.NSEC3),
              ZoneShape.full(2, Trust.WITHOUT_DS, Form.NSEC).withOddAnchor(),
              ZoneShape.full(0, Trust.UNKNOWN_DIGEST, Form.NSEC3).withOddAnchor()));

  private static final List<Integer> ISLANDS = List.of(2, 3, 4, 5);

  private static final Model MODEL = new Model(SHAPE);
  private static final Scene SCENE = new Scene(SHAPE.build(), MODEL);

  static Stream<Deed> deeds() {
    return Attacks.ALL.stream();
  }

  private static Attack attack(int island, int seed, List<Act> acts) {
    return new Attack(island + seed * SHAPE.zones().size(), seed * 7 + seed / 10, acts);
  }

  @Test
  void islands_areSecure_andTheSeaIsNot() {
    assertThat(MODEL.zones().stream().map(ZoneModel::secure))
        .containsExactly(true, false, true, true, true, true);
    Campaign.holdHonest(SHAPE);
    ChainValidator validator = ChainValidator.trusting(SHAPE.anchors(SCENE.tree()));
    for (int island : ISLANDS) {
      long secure =
          Stream.iterate(0, seed -> seed + 1)
              .limit(40)
              .map(seed -> new Trial(SCENE, attack(island, seed, List.of())))
              .filter(trial -> trial.judge(validator) instanceof Secure)
              .count();
      assertThat(secure).as(SHAPE.name(island)).isGreaterThan(10);
    }
  }

  @Test
  void rootWithoutAnchor_makesNothingSecureButTheIslands() {
    List<ZoneShape> zones = new ArrayList<>(SHAPE.zones());
    zones.set(0, zones.get(0).withOddAnchor());
    TreeShape rootless = new TreeShape(zones);
    assertThat(new Model(rootless).zones().stream().map(ZoneModel::secure))
        .containsExactly(false, false, true, true, true, true);
    Campaign.holdHonest(rootless);
  }

  @ParameterizedTest
  @MethodSource("deeds")
  void everyDeed_changesWhatIsSaidOfIslands_andNoVerdictForTheWorse(Deed deed) {
    List<Attack> attacks = new ArrayList<>();
    for (int seed = 0; seed < 16; seed++) {
      Act act = new Act(seed % 3 == 0 ? Target.ALL : Target.ANSWER, deed, seed * 37, seed * 11);
      attacks.add(attack(ISLANDS.get(seed % ISLANDS.size()), seed, List.of(act)));
    }
    assertThat(attacks).anyMatch(IslandTest::changesTheAnswer);
    Campaign.hold(SHAPE, attacks);
  }

  private static boolean changesTheAnswer(Attack attack) {
    Trial honest = new Trial(SCENE, new Attack(attack.name(), attack.type(), List.of()));
    Trial hostile = new Trial(SCENE, attack);
    byte[] truth = honest.response(honest.question());
    return !Arrays.equals(truth, hostile.response(hostile.question()));
  }
}
