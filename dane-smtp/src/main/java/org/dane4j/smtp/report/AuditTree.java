// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.AuditVerdict;
import org.dane4j.smtp.audit.Check;
import org.dane4j.smtp.audit.Finding;
import org.dane4j.smtp.audit.SenderVerdict;
import org.dane4j.smtp.audit.Severity;
import org.dane4j.smtp.report.TextTree.Mark;

/** The report of an audit as a tree: what each check found, and what to do about it. */
public final class AuditTree {

  private AuditTree() {}

  /**
   * Returns the tree.
   *
   * @param report the report
   * @return the tree
   */
  public static TextTree of(AuditReport report) {
    Mark mark = mark(report.verdict());
    TextTree tree =
        new TextTree(mark, report.facts().domain().toString(true) + "  " + report.verdict());
    byCheck(report.findings()).forEach((check, findings) -> addCheck(tree, check, findings));
    if (!report.senders().isEmpty()) {
      TextTree senders = tree.add(Mark.NEUTRAL, "what senders would do");
      report.senders().forEach(sender -> addSender(senders, sender));
    }
    tree.add(mark, meaning(report.verdict()));
    return tree;
  }

  private static Map<Check, List<Finding>> byCheck(List<Finding> findings) {
    Map<Check, List<Finding>> byCheck = new EnumMap<>(Check.class);
    for (Finding finding : findings) {
      byCheck.computeIfAbsent(finding.check(), check -> new ArrayList<>()).add(finding);
    }
    return byCheck;
  }

  private static void addCheck(TextTree tree, Check check, List<Finding> findings) {
    Severity worst =
        findings.stream().map(Finding::severity).max(Severity::compareTo).orElse(Severity.PASS);
    TextTree node = tree.add(mark(worst), worst + "  " + check.title() + " (" + check.rule() + ")");
    for (Finding finding : findings) {
      TextTree line =
          node.add(
              mark(finding.severity()),
              finding.severity() + "  " + finding.subject() + ": " + finding.evidence());
      if (!finding.remedy().isEmpty()) {
        line.add(Mark.ADVICE, finding.remedy());
      }
    }
  }

  private static void addSender(TextTree node, SenderVerdict sender) {
    TextTree line =
        node.add(
            mark(sender.fate()),
            sender.profile().title() + ": " + sender.fate() + ", " + sender.reason());
    sender.obstacles().forEach(obstacle -> line.add(Mark.NEUTRAL, obstacle));
  }

  private static Mark mark(Severity severity) {
    return switch (severity) {
      case PASS -> Mark.GOOD;
      case INFO -> Mark.NEUTRAL;
      case WARN -> Mark.ADVICE;
      case FAIL, ERROR -> Mark.BAD;
    };
  }

  private static Mark mark(SenderVerdict.Fate fate) {
    return switch (fate) {
      case AUTHENTICATED -> Mark.GOOD;
      case ENCRYPTED, OPPORTUNISTIC, UNKNOWN -> Mark.NEUTRAL;
      case DEFERRED, REJECTED -> Mark.BAD;
    };
  }

  private static Mark mark(AuditVerdict verdict) {
    return switch (verdict) {
      case PASS -> Mark.GOOD;
      case PARTIAL, INSECURE -> Mark.NEUTRAL;
      case FAIL, UNDETERMINED -> Mark.BAD;
    };
  }

  private static String meaning(AuditVerdict verdict) {
    return switch (verdict) {
      case PASS -> "As far as this audit sees, nothing is wrong.";
      case PARTIAL -> "Some of it is protected and some is not: an attacker takes what is not.";
      case INSECURE -> "Nothing is protected; mail goes as it does without DANE.";
      case FAIL -> "Senders that keep to the rules cannot deliver to some host.";
      case UNDETERMINED -> "Something could not be found out, and is not taken for good.";
    };
  }
}
