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
    // The world makes its answers when they are asked for: they are not ours.
    try (DnssecResolver other = resolver(world)) {
      askAll(world, other);
    }
    try (DnssecResolver resolver = resolver(world)) {
      require(resolver.resolve(world.question(0)));
      long before = used();
      askAll(world, resolver);
      double held = (double) (used() - before) / (domains - 1);
      require(resolver.resolve(world.question(0)));
      return new Line(
          "HeldBytes of a cached domain (octets)", new HashMap<>(Map.of("ours", held)), -1);
    }
  }

  private static DnssecResolver resolver(World world) {
    return DnssecResolver.builder(new Upstream(world))
        .trustAnchors(world.anchors())
        .cacheSize(10 * world.domains())
        .build();
  }

  private static void askAll(World world, DnssecResolver resolver) {
    for (int i = 0; i < world.domains(); i++) {
      require(resolver.resolve(world.question(i)));
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
