// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/** A certificate that can stand on a path, taken apart. Nodes are equal only to themselves. */
final class PathNode {

  private final ChainCertificate certificate;
  private final CertificateFields fields;
  private final KeyKind key;
  private final SignatureScheme scheme;

  private PathNode(ChainCertificate certificate) throws MalformedDerException {
    this.certificate = certificate;
    this.fields = certificate.fields();
    this.key = certificate.keyKind();
    this.scheme = SignatureScheme.of(fields.slices().signatureAlgorithm());
  }

  static PathNode of(ChainCertificate certificate) throws MalformedDerException {
    return new PathNode(certificate);
  }

  ChainCertificate certificate() {
    return certificate;
  }

  CertificateFields fields() {
    return fields;
  }

  KeyKind key() {
    return key;
  }

  /** How the certificate is signed. */
  SignatureScheme scheme() {
    return scheme;
  }

  DerSlice spki() {
    return fields.slices().subjectPublicKeyInfo();
  }
}
