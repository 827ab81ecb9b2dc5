// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xbill.DNS.Type;

/**
 * Writes a state as text, and reads it. A person can read it too: a line for each thing, its name
 * first. The reader is strict: what it does not know, or finds twice, it refuses. It reads what
 * version 1 wrote, which has no {@code origin-tlsa}.
 */
public final class StateText {

  static final String FIRST_LINE = "dane4j enablement, version 2";

  /** Without what stood at the TLSA names before. */
  static final String FIRST_LINE_OF_OLD = "dane4j enablement, version 1";

  static final String OWN = "own";
  static final String OWN_MOVE = "own-move";
  static final String PROVIDER = "provider";
  static final String SERVED = "served";
  static final String NONE = "none";
  static final String BETWEEN = " | ";

  private StateText() {}

  /**
   * Writes a state.
   *
   * @param state the state
   * @return lines, each with a line feed at its end
   */
  public static String write(EnablementState state) {
    EnablementPlan plan = state.plan();
    List<String> lines = new ArrayList<>();
    lines.add(FIRST_LINE);
    lines.add("domain " + plan.domain());
    lines.add("port " + plan.port());
    lines.add("target " + target(plan.target()));
    lines.add("ttl-while-changing " + plan.ttls().whileChanging());
    lines.add("ttl-at-rest " + plan.ttls().atRest());
    plan.usesOldHost().forEach(user -> lines.add("uses-old-host " + user));
    lines.add("stage " + state.stage());
    state
        .origin()
        .ifPresent(
            origin -> {
              lines.add("origin-zone " + word(origin.signing()));
              origin.mx().forEach(mx -> lines.add("origin-mx " + mx));
              origin.tlsa().forEach(tlsa -> lines.add("origin-tlsa " + answer(tlsa, "")));
            });
    state.lastLook().ifPresent(look -> lines.add("last-look " + look));
    state.held().forEach(held -> lines.add("held " + held(held)));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String target(Target target) {
    if (target instanceof Target.Provider provider) {
      return PROVIDER + " " + provider.host();
    }
    return target instanceof Target.OwnMove move ? OWN_MOVE + " " + move.host() : OWN;
  }

  static String word(Signing signing) {
    return signing == Signing.SIGNED ? "signed" : "unsigned";
  }

  /** {@code example.org. MX 3600 signed until 2030-01-01T00:00:00Z: 10 mx.example.org.} */
  private static String held(CachedAnswer held) {
    return answer(held.answer(), held.until().map(until -> " until " + until).orElse(" " + SERVED));
  }

  private static String answer(ServedAnswer answer, String held) {
    return answer.question().name()
        + " "
        + Type.string(answer.question().type())
        + " "
        + answer.ttl()
        + " "
        + word(answer.signing())
        + held
        + ": "
        + (answer.isDenial() ? NONE : String.join(BETWEEN, answer.rdata()));
  }

  /**
   * Reads a state.
   *
   * @param text what {@link #write} wrote
   * @return the state
   * @throws StateFormatException if it is anything else
   */
  public static EnablementState read(String text) throws StateFormatException {
    return new StateReader().read(text.endsWith("\n") ? lines(text) : List.of());
  }

  private static List<String> lines(String text) {
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }
}
