// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import java.util.Optional;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;

/** Holds records against the server's own certificate. */
final class EndEntityMatching {

  private final SelectedData leaf;
  private final TlsaMatcher matcher;
  private final Server server;

  EndEntityMatching(SelectedData leaf, TlsaMatcher matcher, Server server) {
    this.leaf = leaf;
    this.matcher = matcher;
    this.server = server;
  }

  /** RFC 7671 §5.1: the leaf and nothing else; no dates, no issuer, and by default no names. */
  RecordOutcome daneEe(TlsaRecord record) {
    Optional<Mismatch> mismatch = mismatch(record);
    if (mismatch.isEmpty() && matcher.usages().daneEeNames()) {
      mismatch = nameMismatch();
    }
    return mismatch.isPresent()
        ? new RecordOutcome.Refused(record, mismatch.get())
        : new RecordOutcome.Accepted(record, new Authentication.ByEndEntity(leaf.certificate()));
  }

  /** RFC 7671 §5.3: the leaf, and then what PKIX asks for. */
  RecordOutcome pkixEe(TlsaRecord record, PkixMatching pkix) {
    Optional<Mismatch> mismatch = mismatch(record);
    return mismatch.isPresent()
        ? new RecordOutcome.Refused(record, mismatch.get())
        : pkix.endEntity(record, leaf.certificate());
  }

  private Optional<Mismatch> mismatch(TlsaRecord record) {
    ChainCertificate certificate = leaf.certificate();
    try {
      Octets presented = leaf.octets(record.selector(), record.matchingType());
      if (!presented.equals(record.associationData())) {
        return Optional.of(
            new AssociationMismatch.DataDiffers(record.associationData(), presented, certificate));
      }
      // The key has to prove possession, so it is the one thing that must not be weak.
      KeyKind key = certificate.keyKind();
      return matcher
          .strength()
          .missedMinimum(key)
          .map(minimum -> new CertificateMismatch.WeakKey(certificate, key.name(), minimum));
    } catch (MalformedDerException e) {
      return Optional.of(new CertificateMismatch.Malformed(certificate, e.problem()));
    }
  }

  private Optional<Mismatch> nameMismatch() {
    ChainCertificate certificate = leaf.certificate();
    try {
      return PeerName.of(server).failure(List.of(certificate));
    } catch (MalformedDerException e) {
      return Optional.of(new CertificateMismatch.Malformed(certificate, e.problem()));
    }
  }
}
