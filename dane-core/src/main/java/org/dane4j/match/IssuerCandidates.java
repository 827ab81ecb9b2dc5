// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;

/**
 * The certificates that may stand above the server's own on a path: those that it sent, then those
 * that records hold in full, then the client's PKIX anchors; each once, and never the server's own.
 */
final class IssuerCandidates {

  private final PathNode leaf;
  private final List<DigestAlgorithm> digests;

  /** In their order. */
  private final Map<ChainCertificate, SelectedData> data = new LinkedHashMap<>();

  /** Those that can be read. */
  private final Map<ChainCertificate, PathNode> nodes = new LinkedHashMap<>();

  /** What is wrong with the others: they issue nothing, but a record may name them. */
  private final Map<ChainCertificate, Mismatch> unreadable = new HashMap<>();

  /** How many of them the server sent. */
  private int sent;

  /** How many of them the server sent or published. */
  private int served;

  IssuerCandidates(PathNode leaf, List<DigestAlgorithm> digests) {
    this.leaf = leaf;
    this.digests = digests;
  }

  void addSent(ChainCertificate certificate) {
    add(certificate);
    sent = data.size();
    served = data.size();
  }

  void addPublished(ChainCertificate certificate) {
    add(certificate);
    served = data.size();
  }

  void addAnchors(PkixAnchors anchors) {
    for (PathNode anchor : anchors.nodes()) {
      if (isNew(anchor.certificate())) {
        add(anchor);
      }
    }
  }

  /** A trust anchor issued the leaf; so the leaf is none, however often it was sent. */
  private boolean isNew(ChainCertificate certificate) {
    return !certificate.equals(leaf.certificate()) && !data.containsKey(certificate);
  }

  private void add(ChainCertificate certificate) {
    if (!isNew(certificate)) {
      return;
    }
    try {
      add(PathNode.of(certificate));
    } catch (MalformedDerException e) {
      data.put(certificate, new SelectedData(certificate, digests));
      unreadable.put(certificate, new CertificateMismatch.Malformed(certificate, e.problem()));
    }
  }

  private void add(PathNode node) {
    data.put(node.certificate(), new SelectedData(node.certificate(), digests));
    nodes.put(node.certificate(), node);
  }

  /** Those that can be on a path. */
  Iterable<PathNode> readable() {
    return nodes.values();
  }

  Optional<PathNode> node(ChainCertificate candidate) {
    return Optional.ofNullable(nodes.get(candidate));
  }

  /** What is wrong with a candidate that cannot be on a path. */
  Optional<Mismatch> defect(ChainCertificate candidate) {
    return Optional.ofNullable(unreadable.get(candidate));
  }

  /** Those that a record names and the server sent or published. */
  List<ChainCertificate> servedAndNamed(TlsaRecord record) {
    return named(record, served);
  }

  /** Those that a record names, the client's PKIX anchors among them. */
  List<ChainCertificate> named(TlsaRecord record) {
    return named(record, data.size());
  }

  private List<ChainCertificate> named(TlsaRecord record, int first) {
    List<ChainCertificate> named = new ArrayList<>();
    data.values().stream()
        .limit(first)
        .filter(part -> part.associationData(record).equals(Optional.of(record.associationData())))
        .forEach(part -> named.add(part.certificate()));
    return named;
  }

  /** What a record would say of each certificate that the server sent. */
  List<Octets> presented(TlsaRecord record) {
    return data.values().stream()
        .limit(sent)
        .flatMap(part -> part.associationData(record).stream())
        .toList();
  }
}
