// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an operation costs in processor time of all Java threads together. Other programs on the
 * machine cost it little, and nothing is missing that was done by another thread. Compiler and
 * garbage collector do not count. What a thread has used that ended meanwhile nobody can tell, so
 * an iteration in which one ended counts as endless: the last one, where a subject is closed after
 * it.
 */
public final class CpuTime implements InternalProfiler {

  static final String LABEL = "cpu.time";

  /** The result of an iteration that cannot be told: more than any that can be. */
  static final double UNKNOWN = Double.MAX_VALUE;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private Map<Long, Long> before = Map.of();

  /** Makes the profiler. */
  public CpuTime() {}

  @Override
  public String getDescription() {
    return "processor time of Java threads";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = times();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Map<Long, Long> after = times();
    if (!after.keySet().containsAll(before.keySet())) {
      return List.of(new ScalarResult(LABEL, UNKNOWN, "us/op", AggregationPolicy.AVG));
    }
    long nanos = 0;
    for (Map.Entry<Long, Long> time : after.entrySet()) {
      nanos += time.getValue() - before.getOrDefault(time.getKey(), 0L);
    }
    double micros = nanos / 1e3 / Math.max(1, result.getMetadata().getAllOps());
    return List.of(new ScalarResult(LABEL, micros, "us/op", AggregationPolicy.AVG));
  }

  private Map<Long, Long> times() {
    Map<Long, Long> times = new HashMap<>();
    for (long id : threads.getAllThreadIds()) {
      long time = threads.getThreadCpuTime(id);
      if (time >= 0) {
        times.put(id, time);
      }
    }
    return times;
  }
}
