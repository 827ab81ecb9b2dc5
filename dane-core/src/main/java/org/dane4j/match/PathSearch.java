// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.internal.DerSlice;

/**
 * Looks for a path from the peer's certificate to a trust anchor: depth first, by name and
 * signature, in whatever order the certificates came (RFC 7672 §3.1.2, RFC 5280 §6.1).
 *
 * <p>One search serves all records of one match: a signature is verified once, and everything comes
 * out of one budget.
 */
final class PathSearch {

  /** Whether a path that leads to an anchor holds. */
  interface PathCheck {

    /**
     * Returns what is wrong with a path from the peer's own certificate to the last, if anything.
     */
    Optional<Mismatch> failure(List<PathNode> path, Last last) throws SearchBudget.SpentException;
  }

  /** What the last certificate of a path is. */
  enum Last {
    /** The trust anchor itself. */
    ANCHOR,
    /** One that the trust anchor, a key alone, has signed. */
    SIGNED_BY_ANCHOR
  }

  /** What a path leads to. */
  private interface Anchor {

    /** Whether the last certificate is the anchor's, so that the path ends there. */
    boolean ends(List<PathNode> path);

    /** Whether the anchor is a key alone that signed a certificate. */
    boolean signed(PathNode certificate, MostSpecific failures) throws SearchBudget.SpentException;
  }

  /**
   * A certificate and a key that may have signed it.
   *
   * @param signed the certificate
   * @param key the key
   */
  private record Link(PathNode signed, DerSlice key) {}

  private final PathNode leaf;
  private final SearchBudget budget;
  private final StrengthPolicy strength;
  private final PathCheck check;
  private final Map<String, List<PathNode>> issuersByName = new HashMap<>();
  private final Map<Link, Boolean> verified = new HashMap<>();

  PathSearch(PathNode leaf, SearchBudget budget, StrengthPolicy strength, PathCheck check) {
    this.leaf = leaf;
    this.budget = budget;
    this.strength = strength;
    this.check = check;
  }

  /** Makes a certificate available as an issuer. */
  void addIssuer(PathNode issuer) {
    issuersByName
        .computeIfAbsent(issuer.fields().subject().comparable(), name -> new ArrayList<>())
        .add(issuer);
  }

  /** Looks for a path to a certificate, which becomes the last of the path. */
  PathResult toCertificate(PathNode anchor) {
    Mismatch none = new TrustPathMismatch.NoPath(leaf.certificate(), anchor.certificate());
    return search(new AnchorCertificate(anchor), none);
  }

  /**
   * Looks for a path whose last certificate a key signed.
   *
   * @param none what to report if the key signed nothing
   */
  PathResult toKey(DerSlice key, KeyKind kind, Mismatch none) {
    return search(new AnchorKey(key, kind), none);
  }

  /**
   * Looks for a path to a PKIX anchor.
   *
   * @param through one of these certificates must be on the path
   */
  PathResult toPkixAnchor(PkixAnchors anchors, List<ChainCertificate> through) {
    Mismatch none = new TrustPathMismatch.NoPkixPath(leaf.certificate(), through.get(0));
    return search(new AnchorStore(anchors, through), none);
  }

  private PathResult search(Anchor anchor, Mismatch none) {
    MostSpecific failures = new MostSpecific(none);
    List<PathNode> path = new ArrayList<>(List.of(leaf));
    try {
      if (extend(path, anchor, failures)) {
        return new PathResult.Found(path.stream().map(PathNode::certificate).toList());
      }
    } catch (SearchBudget.SpentException e) {
      failures.add(new TrustPathMismatch.SearchBudgetSpent(e.limit()));
    }
    return new PathResult.NotFound(failures.get());
  }

  /**
   * Extends the path by each issuer in turn. A key is asked for on the way back, so that it is held
   * against the topmost certificate first (RFC 7671 §5.2.3).
   */
  private boolean extend(List<PathNode> path, Anchor anchor, MostSpecific failures)
      throws SearchBudget.SpentException {
    budget.spendStep();
    PathNode top = path.get(path.size() - 1);
    if (anchor.ends(path)) {
      return holds(path, Last.ANCHOR, failures);
    }
    for (PathNode issuer : issuersOf(top)) {
      // RFC 5280 §6.1: a certificate MUST NOT appear more than once in a path.
      if (!path.contains(issuer) && isIssued(top, issuer, failures)) {
        path.add(issuer);
        if (extend(path, anchor, failures)) {
          return true;
        }
        path.remove(path.size() - 1);
      }
    }
    return anchor.signed(top, failures) && holds(path, Last.SIGNED_BY_ANCHOR, failures);
  }

  private boolean holds(List<PathNode> path, Last last, MostSpecific failures)
      throws SearchBudget.SpentException {
    Optional<Mismatch> failure = check.failure(path, last);
    failure.ifPresent(failures::add);
    return failure.isEmpty();
  }

  private List<PathNode> issuersOf(PathNode signed) {
    return issuersByName.getOrDefault(signed.fields().issuer().comparable(), List.of());
  }

  private boolean isIssued(PathNode signed, PathNode issuer, MostSpecific failures)
      throws SearchBudget.SpentException {
    if (isSigned(signed, issuer.spki(), issuer.key(), failures)) {
      return true;
    }
    failures.add(new TrustPathMismatch.BadSignature(signed.certificate(), issuer.certificate()));
    return false;
  }

  private boolean isSigned(PathNode signed, DerSlice key, KeyKind kind, MostSpecific failures)
      throws SearchBudget.SpentException {
    Optional<Mismatch> obstacle = obstacle(signed, kind);
    obstacle.ifPresent(failures::add);
    if (obstacle.isPresent() || !signed.scheme().form().isBy(kind)) {
      return false;
    }
    Link link = new Link(signed, key);
    Boolean known = verified.get(link);
    if (known == null) {
      budget.spendSignature();
      known = SignatureCheck.verifies(signed.fields().slices(), signed.scheme(), key);
      verified.put(link, known);
    }
    return known;
  }

  /** Why a signature is not even tried. */
  private Optional<Mismatch> obstacle(PathNode signed, KeyKind signer) {
    SignatureScheme scheme = signed.scheme();
    if (strength.refuses(scheme.hash())) {
      return Optional.of(
          new CertificateMismatch.WeakSignature(signed.certificate(), scheme.name()));
    }
    if (!SignatureCheck.supports(scheme) || !SignatureCheck.supports(signer)) {
      return Optional.of(
          new CertificateMismatch.UnsupportedAlgorithm(
              signed.certificate(), scheme.name() + ", by " + signer.name()));
    }
    return Optional.empty();
  }

  private record AnchorCertificate(PathNode anchor) implements Anchor {

    @Override
    public boolean ends(List<PathNode> path) {
      return path.get(path.size() - 1) == anchor;
    }

    @Override
    public boolean signed(PathNode certificate, MostSpecific failures) {
      return false;
    }
  }

  private record AnchorStore(PkixAnchors anchors, List<ChainCertificate> through)
      implements Anchor {

    /** RFC 7671 §5.4: the path goes on beyond a trusted certificate until it has what is asked. */
    @Override
    public boolean ends(List<PathNode> path) {
      return anchors.contains(path.get(path.size() - 1))
          && path.stream().anyMatch(node -> through.contains(node.certificate()));
    }

    @Override
    public boolean signed(PathNode certificate, MostSpecific failures) {
      return false;
    }
  }

  private final class AnchorKey implements Anchor {

    private final DerSlice key;
    private final KeyKind kind;

    AnchorKey(DerSlice key, KeyKind kind) {
      this.key = key;
      this.kind = kind;
    }

    @Override
    public boolean ends(List<PathNode> path) {
      return false;
    }

    @Override
    public boolean signed(PathNode certificate, MostSpecific failures)
        throws SearchBudget.SpentException {
      return isSigned(certificate, key, kind, failures);
    }
  }
}
