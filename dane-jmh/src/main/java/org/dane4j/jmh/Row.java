// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Work to measure: a benchmark class with parameters, of which each method named after a subject is
 * run in a JVM of its own, one right after the other.
 *
 * @param benchmark the class
 * @param parameters its parameters
 * @param threads how many threads work at once
 * @param subjects the methods
 */
record Row(Class<?> benchmark, Map<String, String> parameters, int threads, List<String> subjects) {

  /**
   * On two cores there would be no pool but a new thread for each task, and no iteration of which
   * {@link CpuTime} could tell anything.
   */
  private static final String POOL = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2";

  /**
   * There is no warm-up apart, since the least of all iterations counts: the compiler is done with
   * signatures after one second, and after two with the longest chain of Java.
   */
  private static final int ITERATIONS = 26;

  private static final TimeValue TIME = TimeValue.milliseconds(100);

  /** Takes parameters as {@code name=value}. */
  static Row of(Class<?> benchmark, String subjects, String... parameters) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String parameter : parameters) {
      String[] parts = parameter.split("=", 2);
      values.put(parts[0], parts[1]);
    }
    return new Row(benchmark, values, 1, List.of(subjects.split(" ")));
  }

  Row withThreads(int number) {
    return new Row(benchmark, parameters, number, subjects);
  }

  String name() {
    String work = benchmark.getSimpleName().replace("Benchmark", "");
    String method = subjects.get(0).replaceFirst("ours=?", "");
    String suffix = threads == 1 ? "" : " " + threads + " threads";
    return (work + " " + method + String.join(" ", parameters.values())).strip() + suffix;
  }

  /**
   * Runs it. The least of the iterations counts: whatever else the machine does can only add to it.
   */
  Line measure() {
    Map<String, Double> values = new HashMap<>();
    double bytes = -1;
    for (String subject : subjects) {
      // Where a method is not named after its subject, as in ours=method.
      RunResult result = run(subject.replaceFirst(".*=", ""));
      if (result != null) {
        double time = least(result, CpuTime.LABEL);
        if (time < CpuTime.UNKNOWN) {
          values.put(subject.replaceFirst("=.*", ""), time);
        }
        bytes = subject.startsWith("ours") ? least(result, "gc.alloc.rate.norm") : bytes;
      }
    }
    return new Line(name() + " (µs)", values, bytes);
  }

  private static double least(RunResult result, String what) {
    return Objects.requireNonNull(result.getSecondaryResults().get(what), what)
        .getStatistics()
        .getMin();
  }

  private @Nullable RunResult run(String subject) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + subject + "$")
            .forks(1)
            .threads(threads)
            .warmupIterations(0)
            .measurementIterations(ITERATIONS)
            .measurementTime(TIME)
            .jvmArgs("-Xms1g", "-Xmx1g", POOL)
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTime.class)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach((name, value) -> options.param(name, value));
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      return results.isEmpty() ? null : results.iterator().next();
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }
}
