// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.util.ArrayList;
import java.util.List;

/** The rows of the table: all of them, or those that tell the most. */
final class Table {

  private static final String ALL = "ours limit dnsjava minidns";

  private final List<Row> rows = new ArrayList<>();

  private Table() {}

  /** Returns the rows for two minutes. */
  static List<Row> quick() {
    Table table = new Table();
    table.add(
        SignatureBenchmark.class, "ours limit dnsjava", "algorithm=ECDSAP256SHA256", "provider=BC");
    table.add(ChainBenchmark.class, "ours dnsjava", "cache=COLD", "kind=POSITIVE", "provider=NONE");
    table.add(ChainBenchmark.class, ALL, "cache=COLD", "kind=POSITIVE", "provider=DEFAULT");
    table.add(ChainBenchmark.class, "ours dnsjava", "cache=WARM", "kind=POSITIVE", "provider=NONE");
    table.add(
        ChainBenchmark.class, "ours limit", "cache=CACHED", "kind=POSITIVE", "provider=DEFAULT");
    table.add(TlsaBenchmark.class, "ours limit minidns", "record=311", "certificates=2");
    table.add(HandshakeBenchmark.class, "ours limit", "part=TRUST_MANAGER");
    return table.rows;
  }

  /** Returns all rows, for fifteen minutes. */
  static List<Row> full() {
    Table table = new Table();
    table.signatures();
    table.denials();
    table.chains();
    table.certificates();
    for (int threads : new int[] {1, 2}) {
      for (ManyDomainsBenchmark.Room room : ManyDomainsBenchmark.Room.values()) {
        table.rows.add(
            Row.of(ManyDomainsBenchmark.class, "ours dnsjava", "cache=" + room)
                .withThreads(threads));
      }
    }
    table.add(WorstCaseBenchmark.class, "ours=keyTrap limit=honestChain");
    table.add(WorstCaseBenchmark.class, "ours=closestEncloser limit=honestChain");
    return table.rows;
  }

  private void add(Class<?> benchmark, String subjects, String... parameters) {
    rows.add(Row.of(benchmark, subjects, parameters));
  }

  private void signatures() {
    for (String algorithm :
        List.of("RSASHA256", "ECDSAP256SHA256", "ECDSAP384SHA384", "ED25519", "ED448")) {
      for (Providers provider : natives(Providers.JDK, Providers.BC)) {
        // MiniDNS has no EdDSA.
        boolean jdk = provider == Providers.JDK;
        String peers = !jdk ? "" : algorithm.startsWith("ED") ? " dnsjava" : " dnsjava minidns";
        if (provider.has(algorithm)) {
          add(
              SignatureBenchmark.class,
              "ours limit" + peers,
              "algorithm=" + algorithm,
              "provider=" + provider);
        }
      }
    }
    add(
        SignatureBenchmark.class,
        "ours dnsjava",
        "algorithm=ECDSAP256SHA256",
        "provider=" + Providers.NONE);
  }

  private static List<Providers> natives(Providers... others) {
    List<Providers> providers = new ArrayList<>(List.of(others));
    for (Providers provider : List.of(Providers.CONSCRYPT, Providers.CORRETTO)) {
      if (provider.isPresent()) {
        providers.add(provider);
      }
    }
    return providers;
  }

  private void denials() {
    for (int iterations : new int[] {0, 10, 100}) {
      add(Nsec3Benchmark.class, "ours limit", "iterations=" + iterations);
    }
  }

  private void chains() {
    for (Providers provider : natives(Providers.NONE, Providers.DEFAULT)) {
      String subjects = provider == Providers.NONE ? "ours dnsjava minidns" : ALL;
      for (AnswerKind kind : AnswerKind.values()) {
        if (kind == AnswerKind.POSITIVE || provider.compareTo(Providers.JDK) < 0) {
          // MiniDNS does not follow the proof of a closest encloser.
          String able = kind == AnswerKind.NXDOMAIN_NSEC3 ? " minidns" : "";
          for (ChainBenchmark.Cache cache : ChainBenchmark.Cache.values()) {
            chain(subjects.replace(able, ""), kind, cache, provider);
          }
        }
      }
    }
  }

  /**
   * The mathematics of denials differs from that of other answers in number alone: cold is enough.
   */
  private void chain(
      String subjects, AnswerKind kind, ChainBenchmark.Cache cache, Providers provider) {
    boolean wanted =
        switch (cache) {
          case COLD -> true;
          case WARM -> kind == AnswerKind.POSITIVE || provider == Providers.NONE;
          case CACHED -> kind == AnswerKind.POSITIVE && provider == Providers.DEFAULT;
        };
    if (wanted) {
      add(ChainBenchmark.class, subjects, "cache=" + cache, "kind=" + kind, "provider=" + provider);
    }
  }

  private void certificates() {
    for (String record : List.of("311", "211", "201")) {
      boolean endEntity = record.startsWith("3");
      for (int certificates = endEntity ? 1 : 2; certificates <= 4; certificates++) {
        add(
            TlsaBenchmark.class,
            endEntity ? "ours limit minidns" : "ours limit",
            "record=" + record,
            "certificates=" + certificates);
      }
    }
    for (HandshakeBenchmark.Part part : HandshakeBenchmark.Part.values()) {
      add(HandshakeBenchmark.class, "ours limit", "part=" + part);
    }
  }
}
