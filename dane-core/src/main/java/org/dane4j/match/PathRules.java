// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dane4j.internal.MalformedDerException;

/**
 * What RFC 5280 §6.1 asks of the certificates on a path, apart from names and signatures.
 *
 * <p>The trust anchor's certificate, if the path ends with one, is held to the same rules: RFC 7672
 * §3.1.2 has its constraints applied, and its dates count as OpenSSL counts them.
 */
final class PathRules {

  /** One rule, applied to one certificate of the path. */
  private interface Rule {
    Optional<Mismatch> failure(List<PathNode> path, int index) throws MalformedDerException;
  }

  private final List<Rule> rules;
  private final Instant at;

  PathRules(StrengthPolicy strength, Instant at) {
    // In the order in which failures are reported.
    rules =
        List.of(
            PathRules::criticalExtension,
            (path, index) -> weakKey(path.get(index), strength),
            PathRules::ca,
            PathRules::keyUsage,
            PathRules::pathLength,
            PathRules::extendedKeyUsage);
    this.at = at;
  }

  /** What is wrong with the certificates for good. */
  Optional<Mismatch> failure(List<PathNode> path) {
    return failure(path, rules);
  }

  /** Which certificate is not valid at this instant. */
  Optional<Mismatch> validityFailure(List<PathNode> path, PathSearch.Last last) {
    PathNode top = path.get(path.size() - 1);
    // RFC 5280 §6.1: a trust anchor is no part of the path. That of a root is held to its dates all
    // the same, as senders do; that of an intermediate is not, as senders do not.
    boolean exempt =
        path.size() > 1 && last == PathSearch.Last.ANCHOR && !top.fields().isSelfIssued();
    List<PathNode> dated = exempt ? path.subList(0, path.size() - 1) : path;
    return failure(dated, List.of((nodes, index) -> validity(nodes.get(index), at)));
  }

  private static Optional<Mismatch> failure(List<PathNode> path, List<Rule> rules) {
    for (Rule rule : rules) {
      for (int index = 0; index < path.size(); index++) {
        try {
          Optional<Mismatch> failure = rule.failure(path, index);
          if (failure.isPresent()) {
            return failure;
          }
        } catch (MalformedDerException e) {
          return Optional.of(
              new CertificateMismatch.Malformed(path.get(index).certificate(), e.problem()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Mismatch> criticalExtension(List<PathNode> path, int index) {
    // RFC 5280 §6.1.4(o), §6.1.5(f)
    return Extensions.unknownCritical(path.get(index).fields())
        .map(
            oid ->
                new CertificateMismatch.UnknownCriticalExtension(
                    path.get(index).certificate(), oid));
  }

  private static Optional<Mismatch> weakKey(PathNode node, StrengthPolicy strength) {
    return strength
        .missedMinimum(node.key())
        .map(
            minimum ->
                new CertificateMismatch.WeakKey(node.certificate(), node.key().name(), minimum));
  }

  private static Optional<Mismatch> ca(List<PathNode> path, int index)
      throws MalformedDerException {
    PathNode node = path.get(index);
    Optional<Extensions.BasicConstraints> constraints = Extensions.basicConstraints(node.fields());
    boolean ca = constraints.isPresent() && constraints.get().ca();
    // RFC 5280 §6.1.4(k): without the extension a root of version 1 is a CA by out-of-band means,
    // which the TLSA record is.
    boolean oldRoot =
        node.fields().slices().version() == 1
            && node.fields().isSelfIssued()
            && index == path.size() - 1;
    return index == 0 || ca || oldRoot
        ? Optional.empty()
        : Optional.of(new CertificateMismatch.NotCa(node.certificate()));
  }

  private static Optional<Mismatch> keyUsage(List<PathNode> path, int index)
      throws MalformedDerException {
    PathNode node = path.get(index);
    if (index > 0) {
      // RFC 5280 §6.1.4(n)
      return Extensions.allowsKeyUsage(node.fields(), Extensions.KEY_CERT_SIGN)
          ? Optional.empty()
          : Optional.of(new CertificateMismatch.KeyUsageForbids(node.certificate(), "keyCertSign"));
    }
    // RFC 5280 §4.2.1.12: the bits that are consistent with a TLS server.
    return Extensions.allowsKeyUsage(
            node.fields(),
            Extensions.DIGITAL_SIGNATURE,
            Extensions.KEY_ENCIPHERMENT,
            Extensions.KEY_AGREEMENT)
        ? Optional.empty()
        : Optional.of(
            new CertificateMismatch.KeyUsageForbids(
                node.certificate(), "digitalSignature, keyEncipherment or keyAgreement"));
  }

  private static Optional<Mismatch> pathLength(List<PathNode> path, int index)
      throws MalformedDerException {
    PathNode node = path.get(index);
    Optional<Extensions.BasicConstraints> constraints =
        index == 0 ? Optional.empty() : Extensions.basicConstraints(node.fields());
    int allowed =
        constraints.map(Extensions.BasicConstraints::pathLength).orElse(Integer.MAX_VALUE);
    // RFC 5280 §4.2.1.9: intermediates that are not self-issued; the last certificate is none.
    int actual = 0;
    for (int below = 1; below < index; below++) {
      actual += path.get(below).fields().isSelfIssued() ? 0 : 1;
    }
    return actual <= allowed
        ? Optional.empty()
        : Optional.of(
            new CertificateMismatch.PathLengthExceeded(node.certificate(), allowed, actual));
  }

  private static Optional<Mismatch> extendedKeyUsage(List<PathNode> path, int index)
      throws MalformedDerException {
    PathNode node = path.get(index);
    Optional<List<String>> purposes = Extensions.extendedKeyUsage(node.fields());
    // RFC 5280 §4.2.1.12; on a CA it restricts what is issued, as all TLS implementations have it.
    return purposes.isEmpty()
            || purposes.get().contains(Extensions.SERVER_AUTH)
            || purposes.get().contains(Extensions.ANY_EXTENDED_KEY_USAGE)
        ? Optional.empty()
        : Optional.of(
            new CertificateMismatch.ExtendedKeyUsageForbids(node.certificate(), purposes.get()));
  }

  private static Optional<Mismatch> validity(PathNode node, Instant at) {
    // RFC 5280 §6.1.3(a)(2), §4.1.2.5: from notBefore to notAfter, inclusive.
    CertificateFields fields = node.fields();
    if (at.isBefore(fields.notBefore())) {
      return Optional.of(
          new CertificateMismatch.NotYetValid(node.certificate(), fields.notBefore(), at));
    }
    if (at.isAfter(fields.notAfter())) {
      return Optional.of(
          new CertificateMismatch.Expired(node.certificate(), fields.notAfter(), at));
    }
    return Optional.empty();
  }
}
