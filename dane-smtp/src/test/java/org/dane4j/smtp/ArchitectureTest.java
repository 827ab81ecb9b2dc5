// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house that can be read off the class files. A rule that matches nothing fails.
 */
@AnalyzeClasses(packages = "org.dane4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** Packages whose code is a function of its arguments. */
  private static final String[] PURE = {
    "org.dane4j.tlsa..",
    "org.dane4j.match..",
    "org.dane4j.rollover..",
    "org.dane4j.internal..",
    "org.dane4j.dnssec",
    "org.dane4j.dnssec.wire..",
    "org.dane4j.dnssec.crypto..",
    "org.dane4j.dnssec.denial..",
    "org.dane4j.smtp.audit",
    "org.dane4j.smtp.enable..",
    "org.dane4j.smtp.policy..",
    "org.dane4j.smtp.report..",
  };

  /** What does I/O, waits, logs, or reads something of the process or the machine. */
  private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD =
      resideInAnyPackage(
              "java.nio.file..",
              "java.nio.channels..",
              "javax.net..",
              "java.util.concurrent..",
              "java.util.logging..",
              "org.slf4j..",
              "com.github.benmanes..",
              "java.util.random..")
          .or(
              describe(
                  "a class of clocks, sockets, files, threads or random numbers",
                  type ->
                      Set.of(
                                  "java.io.File",
                                  "java.io.FileInputStream",
                                  "java.io.FileOutputStream",
                                  "java.lang.Process",
                                  "java.lang.ProcessBuilder",
                                  "java.lang.Runtime",
                                  "java.lang.System$Logger",
                                  "java.lang.Thread",
                                  "java.net.Socket",
                                  "java.net.ServerSocket",
                                  "java.net.DatagramSocket",
                                  "java.net.URL",
                                  "java.security.SecureRandom",
                                  "java.util.Random",
                                  "java.util.Timer",
                                  "org.xbill.DNS.Resolver",
                                  "org.xbill.DNS.SimpleResolver")
                              .contains(type.getName())
                          || type.isAssignableTo(Clock.class)
                          || type.isEquivalentTo(InstantSource.class)));

  @ArchTest
  static final ArchRule purePackages_touchNothingOutside =
      noClasses().that().resideInAnyPackage(PURE).should().dependOnClassesThat(OUTSIDE_WORLD);

  @ArchTest
  static final ArchRule purePackages_readNoClockAndNoProperty =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethodWhere(
              describe(
                  "a clock, a property or the environment is read",
                  call ->
                      (call.getTargetOwner().getPackageName().equals("java.time")
                              && call.getName().equals("now"))
                          || isCallOf(call, "java.lang.Math", "random")
                          || isCallOf(call, "java.util.UUID", "randomUUID")
                          || isCallOf(call, "java.net.InetAddress", "getByName")
                          || isCallOf(call, "java.net.InetAddress", "getAllByName")
                          || isCallOf(call, "java.net.InetAddress", "getLocalHost")
                          || isCallOf(call, "java.time.InstantSource", "system")
                          || (call.getTargetOwner().isEquivalentTo(System.class)
                              && !Set.of("arraycopy", "identityHashCode").contains(call.getName()))
                          || isCallOf(call, "java.lang.Integer", "getInteger")
                          || isCallOf(call, "java.lang.Boolean", "getBoolean")
                          || isCallOf(call, "java.security.Security", "getProperty")));

  private static boolean isCallOf(JavaAccess<?> access, String owner, String name) {
    return access.getTargetOwner().getName().equals(owner) && access.getName().equals(name);
  }

  @ArchTest
  static final ArchRule modules_dependInOneDirection =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.dane4j.tlsa..",
              "org.dane4j.match..",
              "org.dane4j.rollover..",
              "org.dane4j.internal..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.dane4j.dnssec..", "org.dane4j.smtp..", "org.xbill.."));

  @ArchTest
  static final ArchRule dnssec_doesNotKnowSmtp =
      noClasses()
          .that()
          .resideInAPackage("org.dane4j.dnssec..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.dane4j.smtp..", "org.dane4j.match.."));

  @ArchTest
  static final ArchRule testkit_sharesNoCodeWithWhatItTests =
      noClasses()
          .that()
          .resideInAPackage("org.dane4j.testkit..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.dane4j..")
                  .and(DescribedPredicate.not(resideInAPackage("org.dane4j.testkit.."))));

  @ArchTest
  static final ArchRule dnsjavasOwnValidator_isNotUsed =
      noClasses()
          .that()
          .resideInAnyPackage("org.dane4j.dnssec..", "org.dane4j.smtp..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.xbill.DNS.dnssec..")
                  .or(
                      describe(
                          "dnsjava's signature code",
                          type -> type.getName().startsWith("org.xbill.DNS.DNSSEC"))));

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("org.dane4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackage_isNullMarked =
      classes()
          .that()
          .arePublic()
          .should(
              new ArchCondition<>("be in a null-marked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getName() + " is in " + type.getPackageName()));
                }
              });

  @ArchTest
  static final ArchRule standardStreams_areNotWritten =
      noClasses()
          .that()
          .resideInAPackage("org.dane4j..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule commonPool_isLeftToTheApplication =
      noClasses()
          .that()
          .resideInAPackage("org.dane4j..")
          .should()
          .callMethod(java.util.concurrent.ForkJoinPool.class, "commonPool");

  @ArchTest
  static final ArchRule arrays_areNoPublicFields =
      classes()
          .that()
          .arePublic()
          .should(
              new ArchCondition<>("have no public array") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  type.getFields().stream()
                      .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                      .filter(field -> field.getRawType().isArray())
                      .forEach(
                          field ->
                              events.add(
                                  SimpleConditionEvent.violated(field, field.getFullName())));
                }
              });

  @ArchTest
  static final ArchRule enoughWasLookedAt =
      classes()
          .that()
          .resideInAPackage("org.dane4j..")
          .should(
              new ArchCondition<>("be more than 150") {
                private int seen;

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  seen++;
                }

                @Override
                public void finish(ConditionEvents events) {
                  events.add(new SimpleConditionEvent("classes", seen > 150, seen + " classes"));
                }
              });
}
