// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;

/** One match: which records count, which of them is met, and what became of each. */
final class Matching {

  private final TlsaMatcher matcher;
  private final TlsaRrset rrset;
  private final Server server;
  private final SelectedData leaf;
  private final EndEntityMatching endEntity;

  /** One for each record, in their order. */
  private final List<RecordOutcome> outcomes;

  /** The first record that authenticates the server. */
  private Optional<RecordOutcome.Accepted> accepted = Optional.empty();

  Matching(TlsaMatcher matcher, TlsaRrset rrset, Server server) {
    this.matcher = matcher;
    this.rrset = rrset;
    this.server = server;
    this.leaf = new SelectedData(server.chain().leaf(), matcher.strongestFirst());
    this.endEntity = new EndEntityMatching(leaf, matcher, server);
    this.outcomes = new ArrayList<>(rrset.records().size());
    for (TlsaRecord record : rrset.records()) {
      outcomes.add(new RecordOutcome.NotTried(record));
    }
  }

  MatchResult result() {
    // RFC 7671 §9: agility applies after discarding what is unusable or malformed.
    discardUnusable();
    List<TlsaRecord> usable = remaining();
    if (usable.isEmpty()) {
      return new MatchResult.NoUsableRecord(rrset, server.chain().leaf(), outcomes);
    }
    if (usable.size() > 1) {
      discardShadowed(new DigestAgility(matcher.strongestFirst(), usable));
    }

    if (leaf.certificate().isRawPublicKey()) {
      refuse(
          record -> !isAboutTheKey(record),
          new AssociationMismatch.RawPublicKey(leaf.certificate()));
    }

    // The usage that costs one digest comes first.
    tryEach(CertificateUsage.DANE_EE, endEntity::daneEe);
    tryPaths();
    return accepted.isPresent()
        ? new MatchResult.Matched(rrset, accepted.get(), outcomes)
        : unmatched();
  }

  private void discardUnusable() {
    RecordUsability usability = matcher.recordUsability();
    for (int i = 0; i < outcomes.size(); i++) {
      TlsaRecord record = outcomes.get(i).record();
      if (usability.of(record) instanceof Usability.Unusable defect) {
        outcomes.set(i, new RecordOutcome.Unusable(record, defect));
      }
    }
  }

  private void discardShadowed(DigestAgility agility) {
    for (int i = 0; i < outcomes.size(); i++) {
      TlsaRecord record = outcomes.get(i).record();
      if (isRemaining(i)) {
        Optional<MatchingType> stronger = agility.shadow(record);
        if (stronger.isPresent()) {
          outcomes.set(i, refused(record, new AssociationMismatch.Shadowed(stronger.get())));
        }
      }
    }
  }

  /** The usages that need a path, the one about the leaf first. */
  private void tryPaths() {
    List<TlsaRecord> counting = remaining();
    if (counting.isEmpty() || isDecided()) {
      return;
    }
    try {
      TrustPaths paths = TrustPaths.of(matcher, server, counting);
      PkixMatching pkix = new PkixMatching(paths, matcher.usages().anchors());
      tryEach(CertificateUsage.PKIX_EE, record -> endEntity.pkixEe(record, pkix));
      tryEach(CertificateUsage.DANE_TA, new TrustAnchorMatching(paths)::outcome);
      tryEach(CertificateUsage.PKIX_TA, pkix::trustAnchor);
    } catch (MalformedDerException e) {
      refuse(record -> true, new CertificateMismatch.Malformed(leaf.certificate(), e.problem()));
    }
  }

  private void refuse(Predicate<TlsaRecord> which, Mismatch mismatch) {
    for (int i = 0; i < outcomes.size(); i++) {
      TlsaRecord record = outcomes.get(i).record();
      if (isRemaining(i) && which.test(record)) {
        outcomes.set(i, refused(record, mismatch));
      }
    }
  }

  /** RFC 7671 §5.1: the kind of record that a raw public key is compatible with. */
  private static boolean isAboutTheKey(TlsaRecord record) {
    return record.usage().equals(CertificateUsage.DANE_EE)
        && record.selector().equals(Selector.SPKI);
  }

  private void tryEach(CertificateUsage usage, Function<TlsaRecord, RecordOutcome> attempt) {
    for (int i = 0; i < outcomes.size() && !isDecided(); i++) {
      if (isRemaining(i) && outcomes.get(i).record().usage().equals(usage)) {
        RecordOutcome outcome = attempt.apply(outcomes.get(i).record());
        outcomes.set(i, outcome);
        if (accepted.isEmpty() && outcome instanceof RecordOutcome.Accepted first) {
          accepted = Optional.of(first);
        }
      }
    }
  }

  /** RFC 7671 §8: a match by any record is enough. */
  private boolean isDecided() {
    return accepted.isPresent() && matcher.stopsAtFirstMatch();
  }

  private MatchResult unmatched() {
    nameCertificatesOfShadowed();
    List<Mismatch> mismatches = new ArrayList<>();
    for (RecordOutcome outcome : outcomes) {
      if (outcome instanceof RecordOutcome.Refused refused) {
        mismatches.add(refused.mismatch());
      }
    }
    MostSpecific failures = new MostSpecific(mismatches.get(0));
    mismatches.forEach(failures::add);
    return new MatchResult.Unmatched(rrset, leaf.certificate(), failures.get(), outcomes);
  }

  /** Names the certificates that shadowed records would match: that is worth a hint. */
  private void nameCertificatesOfShadowed() {
    List<SelectedData> sent = new ArrayList<>();
    for (ChainCertificate certificate : server.chain().certificates()) {
      sent.add(new SelectedData(certificate, matcher.strongestFirst()));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof RecordOutcome.Refused refused
          && refused.mismatch() instanceof AssociationMismatch.Shadowed shadowed) {
        TlsaRecord record = refused.record();
        boolean aboutTheLeaf =
            record.usage().equals(CertificateUsage.DANE_EE)
                || record.usage().equals(CertificateUsage.PKIX_EE);
        Optional<ChainCertificate> match =
            matching(record, aboutTheLeaf ? sent.subList(0, 1) : sent.subList(1, sent.size()));
        if (match.isPresent()) {
          Mismatch hint = new AssociationMismatch.ShadowedMatch(shadowed.stronger(), match.get());
          outcomes.set(i, refused(record, hint));
        }
      }
    }
  }

  private static Optional<ChainCertificate> matching(TlsaRecord record, List<SelectedData> sent) {
    return sent.stream()
        .filter(data -> data.associationData(record).equals(Optional.of(record.associationData())))
        .map(SelectedData::certificate)
        .findFirst();
  }

  private List<TlsaRecord> remaining() {
    List<TlsaRecord> records = new ArrayList<>(outcomes.size());
    for (int i = 0; i < outcomes.size(); i++) {
      if (isRemaining(i)) {
        records.add(outcomes.get(i).record());
      }
    }
    return records;
  }

  private boolean isRemaining(int index) {
    return outcomes.get(index) instanceof RecordOutcome.NotTried;
  }

  private static RecordOutcome refused(TlsaRecord record, Mismatch mismatch) {
    return new RecordOutcome.Refused(record, mismatch);
  }
}
