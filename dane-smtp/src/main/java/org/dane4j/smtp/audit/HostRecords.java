// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.dane4j.tlsa.CertificateUsage.DANE_EE;
import static org.dane4j.tlsa.Selector.SPKI;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.match.ChainCertificate;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.rollover.TlsaForm;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Encrypt;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;
import org.xbill.DNS.Name;

/**
 * The TLSA records of a host that senders may hold it to.
 *
 * @param rrset the records, which are proven
 * @param identifiers the names that the server may have
 * @param ttl how long they may be cached, in seconds, if it is known
 * @param binding whether a sender that keeps to RFC 7672 holds the host to them
 */
record HostRecords(
    TlsaRrset rrset, ReferenceIdentifiers identifiers, OptionalLong ttl, Binding binding) {

  /** Whether records count. */
  enum Binding {
    /** A sender that keeps to RFC 7672 must use them. */
    BINDING,
    /** Only some senders use them, because the MX record or the addresses are insecure. */
    IGNORED
  }

  /** Returns the records; empty if there are none, or it is not known. */
  static Optional<HostRecords> of(HostFacts facts, int port) {
    TlsRequirement requirement = facts.host().requirement();
    Optional<Dane> dane = requirement.dane();
    if (dane.isPresent()) {
      return Optional.of(bound(facts, dane.get().tlsa(), dane.get().referenceIdentifiers()));
    }
    if (requirement instanceof Encrypt encrypt) {
      String base = encrypt.tlsa().owner().baseDomain();
      return Optional.of(bound(facts, encrypt.tlsa(), ReferenceIdentifiers.of(base)));
    }
    for (ValidationResult result : facts.tlsa()) {
      Optional<Rrset> records = Lookups.secureData(result).filter(set -> !set.rdata().isEmpty());
      if (records.isPresent()) {
        return owner(result.question().name(), port).map(owner -> ignored(owner, records.get()));
      }
      boolean absent = result instanceof Insecure || !Lookups.isFailure(result);
      if (!absent) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static HostRecords bound(HostFacts facts, TlsaRrset rrset, ReferenceIdentifiers names) {
    OptionalLong ttl =
        facts.tlsa().stream()
            .filter(
                result ->
                    Lookups.text(result.question().name())
                        .equals(rrset.owner().toString().replaceFirst("\\.$", "")))
            .flatMap(result -> Lookups.secureData(result).stream())
            .mapToLong(Rrset::ttl)
            .findFirst();
    return new HostRecords(rrset, names, ttl, Binding.BINDING);
  }

  private static HostRecords ignored(TlsaOwnerName owner, Rrset records) {
    return new HostRecords(
        TlsaRrset.ofRdata(owner, records.rdata()),
        ReferenceIdentifiers.of(owner.baseDomain()),
        OptionalLong.of(records.ttl()),
        Binding.IGNORED);
  }

  private static Optional<TlsaOwnerName> owner(Name name, int port) {
    return name.labels() < 4 ? Optional.empty() : owner(Lookups.text(new Name(name, 2)), port);
  }

  /** Returns where the TLSA records of a host stand; empty if no sender would look there. */
  static Optional<TlsaOwnerName> owner(String host, int port) {
    try {
      return Optional.of(new TlsaOwnerName(port, "tcp", host));
    } catch (IllegalArgumentException e) {
      // An address, or a name that no host has.
      return Optional.empty();
    }
  }

  /** Holds all records against certificates, and does not stop at the first that matches. */
  MatchResult match(PeerChain chain, Instant at) {
    return TlsaMatcher.forSmtp().tryingEveryRecord().match(rrset, chain, identifiers, at);
  }

  boolean isBinding() {
    return binding == Binding.BINDING;
  }

  /** A failure, if senders that keep to the rules fail by it. */
  Severity failure() {
    return isBinding() ? Severity.FAIL : Severity.WARN;
  }

  List<TlsaRecord> usable() {
    return rrset.records().stream()
        .filter(record -> TlsaMatcher.forSmtp().usability(record) instanceof Usability.Usable)
        .toList();
  }

  /** Says what to publish for a key besides these records; nothing if it is there already. */
  String publish(ChainCertificate leaf) {
    return leaf.subjectPublicKeyInfo()
        .filter(key -> !rrset.records().contains(daneEe(MatchingType.SHA2_256, key)))
        .map(key -> daneEe(strongest(), key))
        .filter(record -> !rrset.records().contains(record))
        .map(record -> publish(rrset.owner(), leaf, record))
        .orElse("");
  }

  /** RFC 7671 §9: beside records with a stronger digest one with a weaker one is void. */
  private MatchingType strongest() {
    TlsaForm strong = new TlsaForm(DANE_EE, SPKI, MatchingType.SHA2_512);
    return usable().stream().map(TlsaForm::of).anyMatch(strong::equals)
        ? MatchingType.SHA2_512
        : MatchingType.SHA2_256;
  }

  /** Says what to publish for a key; not as trust on first sight: the server may be somebody's. */
  static String publish(TlsaOwnerName owner, ChainCertificate leaf) {
    return leaf.subjectPublicKeyInfo()
        .map(key -> publish(owner, leaf, daneEe(MatchingType.SHA2_256, key)))
        .orElse("");
  }

  private static String publish(TlsaOwnerName owner, ChainCertificate leaf, TlsaRecord record) {
    return " If the key of " + leaf + " is yours, publish: " + owner + " IN TLSA " + record;
  }

  private static TlsaRecord daneEe(MatchingType digest, Octets key) {
    String algorithm = digest.equals(MatchingType.SHA2_512) ? "SHA-512" : "SHA-256";
    return new TlsaRecord(DANE_EE, SPKI, digest, WrongObject.digest(algorithm, key.toByteArray()));
  }
}
