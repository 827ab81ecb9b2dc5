// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.report;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.dane4j.dnssec.ProofStep;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.report.TextTree.Mark;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;
import org.xbill.DNS.Name;

/**
 * The result of a check as a tree: what was looked up, what each host is owed, and what came of it.
 */
public final class CheckReport {

  private CheckReport() {}

  /**
   * Returns the report.
   *
   * @param result the result of {@link org.dane4j.smtp.SmtpClient#check}
   * @return the tree
   */
  public static TextTree of(CheckResult result) {
    return tree(result, (line, lookup) -> {});
  }

  /**
   * Returns the report with the chain of trust below each lookup.
   *
   * @param result the result of {@link org.dane4j.smtp.SmtpClient#check}
   * @return the tree
   */
  public static TextTree explained(CheckResult result) {
    return tree(result, CheckReport::addChain);
  }

  private static TextTree tree(CheckResult result, BiConsumer<TextTree, ValidationResult> detail) {
    Mark mark = mark(result.verdict());
    TextTree tree = new TextTree(mark, result.destination().nextHop() + "  " + result.verdict());
    boolean submission = result.destination().nextHop() instanceof NextHop.Submission;
    for (ValidationResult lookup : result.destination().lookups()) {
      String type = submission ? "SRV: " : "MX: ";
      detail.accept(tree.add(mark(lookup), type + lookup.explanation()), lookup);
    }
    if (result.destination() instanceof Destination.Undetermined undetermined) {
      if (undetermined.lookups().isEmpty() || Advice.isAnswered(undetermined)) {
        tree.add(Mark.BAD, undetermined.explanation());
      }
      tree.add(Mark.ADVICE, Advice.on(undetermined));
    }
    boolean bySrv = result.destination().nextHop() instanceof NextHop.Submission;
    for (Attempt attempt : result.attempts()) {
      addHost(tree, attempt, bySrv, detail);
    }
    tree.add(mark, meaning(result.verdict()));
    return tree;
  }

  private static void addHost(
      TextTree tree,
      Attempt attempt,
      boolean bySrv,
      BiConsumer<TextTree, ValidationResult> detail) {
    MxHost host = attempt.host();
    Verdict verdict = Verdict.of(attempt);
    TextTree node = tree.add(mark(verdict), title(host, bySrv) + "  " + verdict);
    for (ValidationResult lookup : host.lookups()) {
      detail.accept(node.add(mark(lookup), lookup.explanation()), lookup);
    }
    String addresses =
        host.addresses().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(", "));
    if (!addresses.isEmpty()) {
      node.add(Mark.NEUTRAL, "addresses: " + addresses);
    }
    addRequirement(node, host.requirement());
    Mark mark = attempt.result() instanceof Ready ? mark(verdict) : Mark.BAD;
    node.add(mark, explanation(attempt));
    String advice = advice(attempt);
    if (!advice.isEmpty()) {
      node.add(Mark.ADVICE, advice);
    }
  }

  private static String title(MxHost host, boolean bySrv) {
    return (bySrv ? host.endpoint() : host.name())
        + " (preference "
        + host.preference()
        + (host.weight() > 0 ? ", weight " + host.weight() + ")" : ")");
  }

  /**
   * Returns what to do about a host that takes no mail, or takes it unprotected.
   *
   * @param attempt what came of turning to it
   * @return whole sentences; empty if there is nothing to do
   */
  public static String advice(Attempt attempt) {
    return Advice.on(attempt);
  }

  /**
   * Returns what to do about a destination whose hosts cannot be found out.
   *
   * @param destination what the DNS says
   * @return whole sentences
   */
  public static String advice(Destination.Undetermined destination) {
    return Advice.on(destination);
  }

  private static String explanation(Attempt attempt) {
    String peer =
        attempt.address().map(address -> address.getAddress().getHostAddress() + ": ").orElse("");
    return peer + attempt.result().explanation();
  }

  private static void addRequirement(TextTree node, TlsRequirement requirement) {
    if (requirement instanceof TlsRequirement.Dane dane) {
      node.add(Mark.GOOD, "owed: DANE, as " + dane.explanation());
    } else if (requirement instanceof TlsRequirement.Encrypt encrypt) {
      TextTree line = node.add(Mark.NEUTRAL, "owed: TLS, as " + encrypt.explanation());
      addDefects(line, encrypt.tlsa());
    } else if (requirement instanceof TlsRequirement.Pkix pkix) {
      node.add(
          Mark.NEUTRAL,
          "owed: TLS, with a certificate of a trusted authority for "
              + pkix.names()
              + ", as "
              + pkix.explanation());
    } else if (requirement instanceof TlsRequirement.Opportunistic opportunistic) {
      node.add(Mark.NEUTRAL, "owed: nothing, as " + opportunistic.explanation());
    }
  }

  private static void addDefects(TextTree node, TlsaRrset rrset) {
    for (TlsaRecord record : rrset.records()) {
      if (TlsaMatcher.forSmtp().usability(record) instanceof Usability.Unusable defect) {
        node.add(Mark.NEUTRAL, record + " is unusable: " + defect.explanation());
      }
    }
    for (Octets rdata : rrset.malformed()) {
      node.add(Mark.NEUTRAL, "RDATA \"" + rdata + "\" is malformed (RFC 6698 §2.1).");
    }
  }

  /**
   * Returns the chain of trust of a verdict as a tree, from the trust anchor down.
   *
   * @param result the verdict of a lookup
   * @return the tree
   */
  public static TextTree chainOfTrust(ValidationResult result) {
    TextTree tree = new TextTree(mark(result), result.explanation());
    addChain(tree, result);
    return tree;
  }

  /** Hangs each step on what proves it: on the keys of its zone, and those on the way into it. */
  private static void addChain(TextTree tree, ValidationResult result) {
    Map<Name, TextTree> doors = new HashMap<>();
    Map<Name, TextTree> keys = new HashMap<>();
    for (ProofStep step : result.proof().steps()) {
      Name name = step.name();
      TextTree above =
          switch (step.kind()) {
            case TRUST_ANCHOR -> tree;
            case ZONE_KEYS -> doors.getOrDefault(name, tree);
            case DELEGATION -> closest(keys, new Name(name, 1), tree);
            case RRSET, DENIAL -> closest(keys, name, tree);
          };
      Mark mark = step.kind() == ProofStep.Kind.DENIAL ? Mark.NEUTRAL : Mark.GOOD;
      TextTree line = above.add(mark, step.toString());
      switch (step.kind()) {
        case TRUST_ANCHOR, DELEGATION -> doors.put(name, line);
        case ZONE_KEYS -> keys.put(name, line);
        case RRSET, DENIAL -> {}
      }
    }
  }

  private static TextTree closest(Map<Name, TextTree> keys, Name name, TextTree otherwise) {
    for (Name ancestor = name; ; ancestor = new Name(ancestor, 1)) {
      TextTree line = keys.get(ancestor);
      if (line != null || ancestor.labels() <= 1) {
        return line == null ? otherwise : line;
      }
    }
  }

  private static Mark mark(ValidationResult result) {
    if (result instanceof ValidationResult.Secure) {
      return Mark.GOOD;
    }
    return result instanceof ValidationResult.Insecure ? Mark.NEUTRAL : Mark.BAD;
  }

  private static Mark mark(Verdict verdict) {
    return switch (verdict) {
      case DANE_VERIFIED, PKIX_VERIFIED -> Mark.GOOD;
      case DANE_HOST_VERIFIED, DANE_UNUSABLE_ENCRYPT, OPPORTUNISTIC -> Mark.NEUTRAL;
      case DANE_MISMATCH, DEFER, NULL_MX, NO_SUCH_DOMAIN, NO_SUBMISSION -> Mark.BAD;
    };
  }

  private static String meaning(Verdict verdict) {
    return switch (verdict) {
      case DANE_VERIFIED -> "Mail would be delivered, to a server that DANE authenticates.";
      case DANE_HOST_VERIFIED ->
          "Mail would be delivered, to a server that DANE authenticates, and that anybody may have"
              + " named: the MX records are insecure.";
      case DANE_MISMATCH ->
          "Mail would wait: the server is not the one that the TLSA records describe.";
      case DANE_UNUSABLE_ENCRYPT ->
          "Mail would be delivered by TLS, to a server that nothing authenticates.";
      case PKIX_VERIFIED ->
          "Mail would be delivered, to a server that certification authorities vouch for; DANE does not"
              + " apply.";
      case OPPORTUNISTIC ->
          "Mail would be delivered; nothing protects it against an active attacker.";
      case DEFER -> "Mail would wait, for the reason above.";
      case NULL_MX -> "Mail would be rejected: the domain takes none.";
      case NO_SUCH_DOMAIN -> "Mail would be rejected: the domain does not exist.";
      case NO_SUBMISSION -> "Mail would be rejected: the domain names no submission server.";
    };
  }
}
