// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Outcome;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.report.CheckReport;
import org.xbill.DNS.Type;

/**
 * Starts a small internet, sends a mail under DANE, then attacks it in every way that DANE is there
 * for.
 *
 * <p>Exits with 0 only if the mail arrived, and every attack was refused before anything was given
 * away.
 */
public final class Quickstart {

  private final PrintStream out;
  private final Instant at;
  private boolean asItShould = true;

  private Quickstart(PrintStream out, Instant at) {
    this.out = out;
    this.at = at;
  }

  /**
   * Runs the program.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(out, Instant.now()) ? 0 : 1);
  }

  /** Runs the show at a time; returns whether all went as it should. */
  static boolean run(PrintStream out, Instant at) {
    Quickstart show = new Quickstart(out, at);
    show.honest();
    out.println();
    out.println("Now somebody attacks. The same mail, the same client:");
    Attack.all().forEach(show::attacked);
    out.println();
    out.println(
        show.asItShould
            ? "All as it should be: delivered once, and refused " + Attack.all().size() + " times."
            : "Something did not go as it should.");
    return show.asItShould;
  }

  private void honest() {
    try (World world = World.start(at);
        DnssecResolver dns = world.resolver()) {
      out.println(
          "A small internet runs in this program: a signed DNS root, example, bank.example,");
      out.println(
          "and two mail servers with certificates of their own making. Nothing leaves this machine.");
      out.println();
      out.println("1. How the client knows the keys of mx1.bank.example:");
      ValidationResult tlsa = dns.resolve(Question.of("_25._tcp.mx1.bank.example", Type.TLSA));
      out.print(CheckReport.chainOfTrust(tlsa));
      out.println();
      out.println("2. What the hosts of bank.example are owed:");
      for (MxHost host : DaneLookup.over(dns).resolve("bank.example").hosts()) {
        out.println("   " + host.name() + "  " + requirement(host.requirement()));
      }
      out.println();
      out.println("3. A mail to bob@bank.example:");
      report(world.send(dns));
      boolean arrived = world.arrived() == 1;
      asItShould &= arrived;
      out.println(
          arrived
              ? "   The server has it, and saw no name in plain text."
              : "   But the server does not have it.");
    }
  }

  private static String requirement(TlsRequirement requirement) {
    String word = requirement.getClass().getSimpleName();
    return requirement instanceof TlsRequirement.Dane dane
        ? "DANE: "
            + String.join(", ", dane.tlsa().records().stream().map(Object::toString).toList())
        : word + ": " + requirement.explanation();
  }

  private void report(DeliveryResult result) {
    Outcome outcome = result.recipients().get(0).outcome();
    boolean delivered = outcome instanceof Outcome.Delivered;
    asItShould &= delivered;
    out.println("   " + (delivered ? "DELIVERED  " : "NOT SENT   ") + outcome.explanation());
    result
        .attempts()
        .forEach(attempt -> out.println("   " + attempt.result().explanation().strip()));
  }

  private void attacked(Attack attack) {
    try (World world = World.start(at)) {
      attack.begin(world);
      try (DnssecResolver dns = world.resolver()) {
        DeliveryResult result = world.send(dns);
        Outcome outcome = result.recipients().get(0).outcome();
        boolean refused =
            outcome instanceof Outcome.Deferred && world.arrived() == 0 && world.leaks().isEmpty();
        asItShould &= refused;
        out.println();
        out.println(attack.title());
        out.println(
            "   " + (refused ? "REFUSED  " : "SUCCEEDED, and must not  ") + outcome.status());
        lines(outcome.explanation()).forEach(line -> out.println("   " + line));
      }
    }
  }

  /** Breaks long explanations into lines that fit a terminal. */
  private static List<String> lines(String text) {
    return text.strip()
        .lines()
        .limit(1)
        .flatMap(line -> List.of(line.replaceAll("(.{60,96}) ", "$1\n").split("\n")).stream())
        .toList();
  }
}
