// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.util.HashMap;
import java.util.Map;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.testkit.dns.SigningAlgorithm;

/** What a cached domain takes of the heap: its verdict, its keys, and how they were proven. */
final class HeldBytes {

  private HeldBytes() {}

  static Line measure(int domains) {
    World world = World.of(AnswerKind.POSITIVE, SigningAlgorithm.RSASHA256, domains);
    try (DnssecResolver resolver =
        DnssecResolver.builder(new Upstream(world))
            .trustAnchors(world.anchors())
            .cacheSize(10 * domains)
            .build()) {
      for (int i = 0; i < domains; i++) {
        world.chain(i).forEach(world::answer);
      }
      require(resolver.resolve(world.question(0)));
      long before = used();
      for (int i = 0; i < domains; i++) {
        require(resolver.resolve(world.question(i)));
      }
      double held = (double) (used() - before) / (domains - 1);
      require(resolver.resolve(world.question(0)));
      return new Line(
          "HeldBytes of a cached domain (octets)", new HashMap<>(Map.of("ours", held)), -1);
    }
  }

  private static void require(ValidationResult result) {
    if (!(result instanceof ValidationResult.Secure)) {
      throw new IllegalStateException("not proven: " + result);
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
