// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.rollover.GeneratedTlsa;
import org.dane4j.rollover.ServerKey;
import org.dane4j.rollover.TlsaForm;
import org.dane4j.rollover.TlsaGenerator;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.audit.AddressFacts;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.HostFacts;
import org.dane4j.smtp.audit.Look;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What one mail host does, seen for what it means to a sender. */
final class HostSight {

  /** What ends a connection before it comes to TLS. */
  private static final Set<Cause> UNSEEN =
      EnumSet.of(Cause.CONNECT, Cause.GREETING, Cause.EHLO, Cause.CONNECTION_LOST);

  private final DomainFacts facts;
  private final HostFacts host;

  HostSight(DomainFacts facts, HostFacts host) {
    this.facts = facts;
    this.host = host;
  }

  Name name() {
    return MxTarget.name(host.host().name());
  }

  TlsaOwnerName owner() {
    return new TlsaOwnerName(facts.port(), "tcp", host.host().name());
  }

  Question tlsaQuestion() {
    return Question.of(owner().toString(), Type.TLSA);
  }

  /** Returns why the host cannot be used at all; empty if it can. */
  Optional<String> addressTrouble() {
    return host.host().addresses().isEmpty()
        ? Optional.of(name() + ": " + host.host().requirement().explanation())
        : Optional.empty();
  }

  /** Returns why not all addresses are secure; empty if they are. */
  List<String> insecurity() {
    List<String> reasons = new ArrayList<>();
    boolean found = false;
    for (ValidationResult lookup : host.host().lookups()) {
      int type = lookup.question().type();
      if (type != Type.A && type != Type.AAAA) {
        continue;
      }
      if (lookup instanceof Secure secure) {
        found |= secure.answer() instanceof Answer.Positive;
      } else {
        reasons.add(lookup.explanation());
      }
    }
    if (!found && reasons.isEmpty()) {
      reasons.add(name() + " has no address");
    }
    return reasons;
  }

  /** Returns the proofs of absence around the TLSA records that fail (RFC 7672 §2.1.2). */
  List<String> brokenDenials() {
    return host.denials().stream()
        .filter(denial -> !(denial instanceof Secure))
        .map(ValidationResult::explanation)
        .toList();
  }

  /** Returns at which addresses TLS does not work, or was not seen to; empty if at none. */
  List<String> withoutTls() {
    return failures(result -> result instanceof Ready ready && ready.tls().isPresent());
  }

  /** Returns at which addresses TLS was seen not to work, so that senders fail there. */
  List<String> refusals() {
    List<String> refusals = new ArrayList<>(withoutTls());
    refusals.removeAll(unseen());
    return refusals;
  }

  /** Returns at which addresses it was not seen whether TLS works; what is not seen is unknown. */
  List<String> unseen() {
    List<String> unseen =
        failures(result -> !(result instanceof Failed failed) || !UNSEEN.contains(failed.cause()));
    unseen.addAll(unseenKeys());
    return unseen;
  }

  /** Returns where a key may be that was not seen: the records of others must not stand alone. */
  List<String> unseenKeys() {
    List<String> unseen = new ArrayList<>();
    for (AddressFacts address : host.addresses()) {
      List<Look> looks = address.looks().stream().filter(this::isAsASenderLooks).toList();
      if (looks.stream().noneMatch(look -> look.keys() == CertificateKeys.ANY && hasTls(look))) {
        continue;
      }
      for (CertificateKeys kind : List.of(CertificateKeys.RSA, CertificateKeys.ECDSA)) {
        if (looks.stream().noneMatch(look -> look.keys() == kind && isAnswer(look.result()))) {
          unseen.add(where(address) + "with " + kind + " keys alone it was not seen");
        }
      }
    }
    return unseen;
  }

  private static boolean hasTls(Look look) {
    return look.result() instanceof Ready ready && ready.tls().isPresent();
  }

  /** Whether a server showed a key, or said that it has none of the kind. */
  private static boolean isAnswer(Attempt.Result result) {
    return result instanceof Ready
        || (result instanceof Failed failed && failed.cause() == Cause.TLS_HANDSHAKE);
  }

  private String where(AddressFacts address) {
    return name() + " (" + address.address().getAddress().getHostAddress() + "): ";
  }

  /** Returns at which addresses no mail is taken, or was not seen to be; empty if at none. */
  List<String> withoutSmtp() {
    return failures(Ready.class::isInstance);
  }

  private List<String> failures(Predicate<Attempt.Result> wanted) {
    List<String> failures = new ArrayList<>();
    if (host.addresses().isEmpty()) {
      failures.add(name() + " has no address that could be connected to");
    }
    for (AddressFacts address : host.addresses()) {
      String where = where(address);
      List<Look> looks =
          address.looks().stream()
              .filter(look -> look.keys() == CertificateKeys.ANY && isAsASenderLooks(look))
              .toList();
      if (looks.isEmpty()) {
        failures.add(where + address.omission().orElse("it was not connected to"));
      }
      looks.stream()
          .filter(look -> !wanted.test(look.result()))
          .map(look -> where + look.result().explanation())
          .distinct()
          .forEach(failures::add);
    }
    return failures;
  }

  /** RFC 7672 §8.1: a sender under DANE names the TLSA base domain by SNI. */
  private boolean isAsASenderLooks(Look look) {
    String base =
        host.host()
            .requirement()
            .dane()
            .map(dane -> dane.referenceIdentifiers().tlsaBaseDomain())
            .orElse(host.host().name());
    return look.serverName().equalsIgnoreCase(base)
        || look.serverName().equalsIgnoreCase(host.host().name());
  }

  /** Returns the certificate chains that the host shows, at whatever address. */
  Set<List<Octets>> chains() {
    Set<List<Octets>> chains = new LinkedHashSet<>();
    for (AddressFacts address : host.addresses()) {
      for (Look look : address.looks()) {
        if (isAsASenderLooks(look) && look.result() instanceof Ready ready) {
          ready.tls().map(TlsSession::certificates).ifPresent(chains::add);
        }
      }
    }
    chains.removeIf(List::isEmpty);
    return chains;
  }

  /** Returns what is wrong if these were the host's TLSA records; empty if nothing is. */
  List<String> mismatches(ServedAnswer tlsa) {
    List<String> problems = new ArrayList<>(withoutTls());
    if (problems.isEmpty() && chains().isEmpty()) {
      problems.add(name() + ": its certificates were not seen");
    }
    problems.addAll(otherKeys(tlsa));
    return problems.stream().distinct().toList();
  }

  /** Returns which certificates do not match, if these were the host's TLSA records. */
  List<String> otherKeys(ServedAnswer tlsa) {
    List<String> problems = new ArrayList<>();
    Optional<TlsaRrset> rrset = rrset(tlsa);
    if (rrset.isEmpty()) {
      return problems;
    }
    for (List<Octets> chain : chains()) {
      MatchResult result =
          TlsaMatcher.forSmtp()
              .match(rrset.get(), PeerChain.ofDer(chain), identifiers(), facts.at());
      if (!(result instanceof MatchResult.Matched)) {
        problems.add(name() + ": " + result.explanation());
      }
    }
    return problems.stream().distinct().toList();
  }

  private Optional<TlsaRrset> rrset(ServedAnswer tlsa) {
    if (tlsa.rdata().stream().anyMatch(rdata -> rdata.startsWith(ServerAnswers.ALIAS))) {
      return host.host().requirement().dane().map(dane -> dane.tlsa());
    }
    List<TlsaRecord> records = new ArrayList<>();
    List<Octets> malformed = new ArrayList<>();
    for (String rdata : tlsa.rdata()) {
      try {
        records.add(TlsaRecord.parse(rdata));
      } catch (IllegalArgumentException e) {
        // Without data, or otherwise none that any sender could use.
        malformed.add(Octets.of(new byte[0]));
      }
    }
    return Optional.of(new TlsaRrset(owner(), records, malformed));
  }

  private ReferenceIdentifiers identifiers() {
    return host.host()
        .requirement()
        .dane()
        .map(dane -> dane.referenceIdentifiers())
        .orElseGet(
            () -> ReferenceIdentifiers.of(host.host().name(), facts.domain().toString(true)));
  }

  /** Returns whether TLSA records are seen as secure by senders. */
  boolean hasSecureTlsa() {
    return host.host().requirement().dane().isPresent();
  }

  /** Returns the records to publish: one for each key that the host shows. */
  Optional<TlsaRrset> wantedTlsa() {
    List<ServerKey> keys = chains().stream().map(ServerKey::ofChain).distinct().toList();
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    GeneratedTlsa made =
        TlsaGenerator.of(owner(), facts.at()).generate(keys, List.of(TlsaForm.DANE_EE));
    return made instanceof GeneratedTlsa.Made good ? Optional.of(good.rrset()) : Optional.empty();
  }
}
