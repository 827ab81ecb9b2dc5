// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.dane4j.match.PeerChain;
import org.dane4j.tlsa.Octets;

/** What was found in a file, until it is clear which one key it is about. */
final class KeyMaterial {

  private final Set<Octets> certificates = new LinkedHashSet<>();
  private final Set<Octets> keys = new LinkedHashSet<>();

  void addCertificate(Octets der) {
    certificates.add(der);
  }

  /** Takes the public key of a key, private or not, or of a request. */
  void addKey(Octets subjectPublicKeyInfo) {
    keys.add(subjectPublicKeyInfo);
  }

  List<Octets> onlyCertificates() throws UnusableKeyException {
    if (certificates.isEmpty() || !keys.isEmpty()) {
      throw new UnusableKeyException("it should have certificates, and nothing else");
    }
    return List.copyOf(certificates);
  }

  ServerKey serverKey() throws UnusableKeyException {
    if (keys.size() > 1) {
      throw new UnusableKeyException(
          "it has %s different keys; give the one that the server has".formatted(keys.size()));
    }
    if (certificates.isEmpty()) {
      if (keys.isEmpty()) {
        throw new UnusableKeyException("it has no certificate and no key; give one of them");
      }
      return ServerKey.ofPublicKey(keys.iterator().next());
    }
    return ServerKey.ofChain(chainFrom(keys.isEmpty() ? leafByShape() : leafByKey()));
  }

  private List<Octets> chainFrom(Octets leaf) {
    List<Octets> chain = new ArrayList<>();
    chain.add(leaf);
    certificates.stream().filter(certificate -> !certificate.equals(leaf)).forEach(chain::add);
    return chain;
  }

  private Octets leafByKey() throws UnusableKeyException {
    Octets key = keys.iterator().next();
    List<Octets> leafs =
        certificates.stream()
            .filter(
                der ->
                    PeerChain.ofDer(List.of(der)).leaf().subjectPublicKeyInfo().stream()
                        .anyMatch(key::equals))
            .toList();
    if (leafs.isEmpty()) {
      throw new UnusableKeyException(
          "its key and its certificate do not belong together; give the pair that the server has");
    }
    return single(leafs);
  }

  /**
   * The server's own is the one that is no CA's. Some who sign their own certificate make it one of
   * a CA, so that is taken where there is nothing else.
   */
  private Octets leafByShape() throws UnusableKeyException {
    List<Shape> shapes = new ArrayList<>();
    for (Octets der : certificates) {
      shapes.add(Shape.of(der));
    }
    List<Octets> servers =
        shapes.stream().filter(shape -> !shape.isCa()).map(Shape::certificate).toList();
    if (!servers.isEmpty()) {
      return single(servers);
    }
    if (shapes.size() > 1 || !shapes.get(0).isSelfIssued()) {
      throw new UnusableKeyException(
          "it has certificates of CAs alone; give the server's own, followed by those of its CAs");
    }
    return shapes.get(0).certificate();
  }

  private static Octets single(List<Octets> leafs) throws UnusableKeyException {
    if (leafs.size() > 1) {
      throw new UnusableKeyException(
          "it has %s server certificates; give a file with one, followed by those of its CAs"
              .formatted(leafs.size()));
    }
    return leafs.get(0);
  }

  /** What tells a server's certificate from a CA's. */
  private record Shape(Octets certificate, X500Name subject, X500Name issuer, boolean isCa) {

    static Shape of(Octets der) throws UnusableKeyException {
      try {
        Certificate parsed = Certificate.getInstance(der.toByteArray());
        BasicConstraints constraints =
            BasicConstraints.fromExtensions(parsed.getTBSCertificate().getExtensions());
        return new Shape(
            der,
            parsed.getSubject(),
            parsed.getIssuer(),
            constraints != null && constraints.isCA());
      } catch (RuntimeException e) {
        throw new UnusableKeyException("it has a damaged certificate; copy it anew");
      }
    }

    boolean isSelfIssued() {
      return issuer.equals(subject);
    }
  }
}
