// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/** Whether the CAs of a path may issue for the names below them (RFC 5280 §4.2.1.10). */
final class NameConstraintRules {

  /**
   * What a CA may and may not issue for.
   *
   * @param permitted a name of a form that occurs here must be within one of these
   * @param excluded no name may be within one of these
   */
  private record Constraints(List<ConstrainedName> permitted, List<ConstrainedName> excluded) {

    int size() {
      return permitted.size() + excluded.size();
    }

    boolean allow(ConstrainedName name) throws MalformedDerException {
      for (ConstrainedName subtree : excluded) {
        if (subtree.form() == name.form() && (!name.isComparable() || name.isWithin(subtree))) {
          return false;
        }
      }
      boolean restricted = false;
      for (ConstrainedName subtree : permitted) {
        if (subtree.form() == name.form()) {
          if (name.isComparable() && name.isWithin(subtree)) {
            return true;
          }
          restricted = true;
        }
      }
      return !restricted;
    }
  }

  private final SearchBudget budget;
  private final Map<PathNode, List<ConstrainedName>> namesByNode = new HashMap<>();
  private final Map<PathNode, Constraints> constraintsByNode = new HashMap<>();

  NameConstraintRules(SearchBudget budget) {
    this.budget = budget;
  }

  /**
   * Returns the first name that a CA may not issue for.
   *
   * @param path from the peer's own certificate to the last, which may be the trust anchor's
   * @param host the name by which the peer's certificate is accepted: it may be a CN-ID or covered
   *     by a wildcard, so the certificate itself may not have it
   */
  Optional<Mismatch> failure(List<PathNode> path, Optional<String> host)
      throws SearchBudget.SpentException {
    for (int ca = path.size() - 1; ca > 0; ca--) {
      PathNode issuer = path.get(ca);
      if (isConstraining(issuer)) {
        Optional<Mismatch> failure = failure(issuer, path.subList(0, ca), host);
        if (failure.isPresent()) {
          return failure;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Mismatch> failure(PathNode issuer, List<PathNode> below, Optional<String> host)
      throws SearchBudget.SpentException {
    PathNode inQuestion = issuer;
    try {
      Constraints constraints = constraints(issuer);
      for (int index = below.size() - 1; index >= 0; index--) {
        inQuestion = below.get(index);
        // RFC 5280 §6.1.3(b): not those that are self-issued, unless it is the final one.
        if (index == 0 || !inQuestion.fields().isSelfIssued()) {
          Optional<ConstrainedName> refused =
              refused(constraints, inQuestion, index == 0 ? host : Optional.empty());
          if (refused.isPresent()) {
            return Optional.of(
                new CertificateMismatch.NameConstraintViolated(
                    inQuestion.certificate(), issuer.certificate(), refused.get().toString()));
          }
        }
      }
      return Optional.empty();
    } catch (MalformedDerException e) {
      return Optional.of(new CertificateMismatch.Malformed(inQuestion.certificate(), e.problem()));
    }
  }

  private Optional<ConstrainedName> refused(
      Constraints constraints, PathNode node, Optional<String> host)
      throws MalformedDerException, SearchBudget.SpentException {
    List<ConstrainedName> names = new ArrayList<>(names(node));
    host.ifPresent(name -> names.add(ConstrainedName.dns(name)));
    budget.spendNameComparisons((long) names.size() * (1 + constraints.size()));
    for (ConstrainedName name : names) {
      if (!constraints.allow(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private static boolean isConstraining(PathNode issuer) {
    return issuer.fields().extension(Extensions.NAME_CONSTRAINTS).isPresent();
  }

  private Constraints constraints(PathNode issuer) throws MalformedDerException {
    Constraints known = constraintsByNode.get(issuer);
    if (known == null) {
      known = parse(issuer.fields().extension(Extensions.NAME_CONSTRAINTS).orElseThrow());
      constraintsByNode.put(issuer, known);
    }
    return known;
  }

  private List<ConstrainedName> names(PathNode node) throws MalformedDerException {
    List<ConstrainedName> known = namesByNode.get(node);
    if (known == null) {
      known = parseNames(node.fields());
      namesByNode.put(node, known);
    }
    return known;
  }

  private static Constraints parse(DerSlice extension) throws MalformedDerException {
    DerReader.requireNested(extension, ConstrainedName.MAX_DEPTH);
    DerReader outside = DerReader.over(extension);
    DerReader fields = outside.enter(DerElement.SEQUENCE);
    outside.requireEnd("nameConstraints");
    List<ConstrainedName> permitted = subtrees(fields, 0);
    List<ConstrainedName> excluded = subtrees(fields, 1);
    fields.requireEnd("nameConstraints");
    return new Constraints(permitted, excluded);
  }

  private static List<ConstrainedName> subtrees(DerReader fields, int number)
      throws MalformedDerException {
    List<ConstrainedName> subtrees = new ArrayList<>();
    if (fields.nextIs(DerElement.contextConstructed(number))) {
      DerReader list = fields.enter(DerElement.contextConstructed(number));
      if (list.atEnd()) {
        throw new MalformedDerException("nameConstraints with an empty list of subtrees");
      }
      while (!list.atEnd()) {
        DerReader subtree = list.enter(DerElement.SEQUENCE);
        subtrees.add(ConstrainedName.of(subtree.read()));
        // RFC 5280 §4.2.1.10: the minimum MUST be zero, which DER leaves out, and no maximum.
        subtree.requireEnd("a subtree's base");
      }
    }
    return subtrees;
  }

  /** RFC 5280 §6.1.3(b): the subject's name and its alternative names. */
  private static List<ConstrainedName> parseNames(CertificateFields fields)
      throws MalformedDerException {
    List<ConstrainedName> names = new ArrayList<>();
    if (!fields.subject().isEmpty()) {
      names.add(ConstrainedName.directory(fields.subject()));
    }
    Optional<DerSlice> alternatives = fields.extension(Extensions.SUBJECT_ALT_NAME);
    if (alternatives.isPresent()) {
      DerReader.requireNested(alternatives.get(), ConstrainedName.MAX_DEPTH);
      DerReader list = DerReader.over(alternatives.get()).enter(DerElement.SEQUENCE);
      while (!list.atEnd()) {
        names.add(ConstrainedName.of(list.read()));
      }
    } else {
      // RFC 5280 §4.2.1.10: without alternative names, those in the subject.
      for (String address : fields.subject().valuesAlone(DistinguishedName.EMAIL_ADDRESS)) {
        names.add(ConstrainedName.email(address));
      }
    }
    return names;
  }
}
