// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the scripts of {@code examples/lab}: {@code -Plab -Ddane.walk=DIR}, with root rights. */
@Tag("lab")
class LabWalkTest {

  @ParameterizedTest
  @ValueSource(strings = {"walk.sh", "mistakes.sh"})
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void script_findsEverythingAsItShouldBe(String script) throws IOException, InterruptedException {
    String directory = System.getProperty("dane.walk", "");
    assumeTrue(!directory.isEmpty(), "no directory to build a lab in: give one by -Ddane.walk");
    Path log = Files.createTempFile("dane4j-lab", ".log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "../lab/" + script, Path.of(directory, script).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .put(
            "DANE_CHECK_CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Files.createDirectories(Path.of(directory));
    int status = builder.start().waitFor();
    assertThat(status).as(() -> read(log)).isZero();
    Files.delete(log);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return log + ": " + e.getMessage();
    }
  }
}
