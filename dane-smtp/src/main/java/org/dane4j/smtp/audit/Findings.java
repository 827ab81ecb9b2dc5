// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.List;

/** The findings of one check, while it is under way. Not thread-safe. */
final class Findings {

  private final Check check;
  private final List<Finding> list = new ArrayList<>();

  Findings(Check check) {
    this.check = check;
  }

  void pass(String subject, String evidence) {
    add(Severity.PASS, subject, evidence, "");
  }

  void info(String subject, String evidence, String remedy) {
    add(Severity.INFO, subject, evidence, remedy);
  }

  void warn(String subject, String evidence, String remedy) {
    add(Severity.WARN, subject, evidence, remedy);
  }

  void fail(String subject, String evidence, String remedy) {
    add(Severity.FAIL, subject, evidence, remedy);
  }

  void error(String subject, String evidence, String remedy) {
    add(Severity.ERROR, subject, evidence, remedy);
  }

  void add(Finding finding) {
    list.add(finding);
  }

  void add(Severity severity, String subject, String evidence, String remedy) {
    list.add(new Finding(check, severity, subject, evidence, remedy));
  }

  /** Says that all is well, if nothing else has been said. */
  void passIfSilent(String subject, String evidence) {
    if (list.isEmpty()) {
      pass(subject, evidence);
    }
  }

  List<Finding> list() {
    return List.copyOf(list);
  }
}
