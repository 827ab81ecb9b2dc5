// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;

/** One match: which records count, which of them is met, and what became of each. */
final class Matching {

  private final TlsaMatcher matcher;
  private final TlsaRrset rrset;
  private final Server server;
  private final SelectedData leaf;

  /** One for each record, in their order. */
  private final List<RecordOutcome> outcomes;

  Matching(TlsaMatcher matcher, TlsaRrset rrset, Server server) {
    this.matcher = matcher;
    this.rrset = rrset;
    this.server = server;
    this.leaf = new SelectedData(server.chain().leaf(), matcher.strongestFirst());
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

    // RFC 7671 §8: a match by any record is enough. The usage that costs one digest comes first.
    Optional<RecordOutcome.Accepted> accepted = tryEach(CertificateUsage.DANE_EE, this::endEntity);
    if (accepted.isEmpty() || !matcher.stopsAtFirstMatch()) {
      Optional<RecordOutcome.Accepted> byAnchor = tryTrustAnchors();
      accepted = accepted.isPresent() ? accepted : byAnchor;
    }
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

  private Optional<RecordOutcome.Accepted> tryTrustAnchors() {
    List<TlsaRecord> counting = remaining();
    if (counting.isEmpty()) {
      return Optional.empty();
    }
    try {
      TrustAnchorMatching anchors = new TrustAnchorMatching(matcher, server, counting);
      return tryEach(CertificateUsage.DANE_TA, anchors::outcome);
    } catch (MalformedDerException e) {
      Mismatch malformed = new CertificateMismatch.Malformed(leaf.certificate(), e.problem());
      return tryEach(CertificateUsage.DANE_TA, record -> refused(record, malformed));
    }
  }

  private Optional<RecordOutcome.Accepted> tryEach(
      CertificateUsage usage, Function<TlsaRecord, RecordOutcome> attempt) {
    Optional<RecordOutcome.Accepted> first = Optional.empty();
    for (int i = 0; i < outcomes.size(); i++) {
      if (isRemaining(i, usage)) {
        RecordOutcome outcome = attempt.apply(outcomes.get(i).record());
        outcomes.set(i, outcome);
        if (first.isEmpty() && outcome instanceof RecordOutcome.Accepted accepted) {
          first = Optional.of(accepted);
        }
        if (first.isPresent() && matcher.stopsAtFirstMatch()) {
          break;
        }
      }
    }
    return first;
  }

  /** RFC 7671 §5.1: the leaf and nothing else; no names, no dates, no issuer. */
  private RecordOutcome endEntity(TlsaRecord record) {
    ChainCertificate certificate = leaf.certificate();
    try {
      Octets presented = leaf.octets(record.selector(), record.matchingType());
      if (!presented.equals(record.associationData())) {
        return refused(
            record,
            new AssociationMismatch.DataDiffers(record.associationData(), presented, certificate));
      }
      // The key has to prove possession, so it is the one thing that must not be weak.
      KeyKind key = certificate.keyKind();
      Optional<String> minimum = matcher.strength().missedMinimum(key);
      return minimum.isPresent()
          ? refused(record, new CertificateMismatch.WeakKey(certificate, key.name(), minimum.get()))
          : new RecordOutcome.Accepted(record, new Authentication.ByEndEntity(certificate));
    } catch (MalformedDerException e) {
      return refused(record, new CertificateMismatch.Malformed(certificate, e.problem()));
    }
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
        boolean endEntity = record.usage().equals(CertificateUsage.DANE_EE);
        Optional<ChainCertificate> match =
            matching(record, endEntity ? sent.subList(0, 1) : sent.subList(1, sent.size()));
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

  private boolean isRemaining(int index, CertificateUsage usage) {
    return isRemaining(index) && outcomes.get(index).record().usage().equals(usage);
  }

  private static RecordOutcome refused(TlsaRecord record, Mismatch mismatch) {
    return new RecordOutcome.Refused(record, mismatch);
  }
}
