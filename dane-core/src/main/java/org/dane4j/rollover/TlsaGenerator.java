// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/**
 * Makes the TLSA records to publish for a server.
 *
 * <pre>{@code
 * GeneratedTlsa result =
 *     TlsaGenerator.of(TlsaOwnerName.smtp("mx1.example.com"), now).generate(key, TlsaForm.DANE_EE);
 * if (result instanceof GeneratedTlsa.Made made) … made.rrset() …
 * }</pre>
 *
 * <p><b>Guarantees.</b> Every record that is made was held against the certificates or the key that
 * it is of, as a sender does it (RFC 7672 §3.1.3 aside: the usages of PKIX are compared and no
 * more). A record that would not authenticate the server is refused with the reason.
 *
 * <p><b>What is not known:</b> whether the server really sends the chain that is given, and whether
 * the zone is signed.
 *
 * @since 0.1
 */
public final class TlsaGenerator {

  private final TlsaOwnerName owner;
  private final ReferenceIdentifiers identifiers;
  private final Instant at;

  private TlsaGenerator(TlsaOwnerName owner, ReferenceIdentifiers identifiers, Instant at) {
    this.owner = owner;
    this.identifiers = identifiers;
    this.at = at;
  }

  /**
   * Returns a generator for one server.
   *
   * @param owner where the records will stand; its base domain is the name that DANE-TA needs in
   *     the server's certificate
   * @param at the instant at which certificates must be valid, with DANE-TA
   * @return a generator
   */
  public static TlsaGenerator of(TlsaOwnerName owner, Instant at) {
    return of(owner, ReferenceIdentifiers.of(owner.baseDomain()), at);
  }

  /**
   * Returns a generator for one server that may have other names too.
   *
   * @param owner where the records will stand
   * @param identifiers the names that senders may look for, with DANE-TA (RFC 7672 §3.2.2)
   * @param at the instant at which certificates must be valid, with DANE-TA
   * @return a generator
   */
  public static TlsaGenerator of(
      TlsaOwnerName owner, ReferenceIdentifiers identifiers, Instant at) {
    return new TlsaGenerator(owner, identifiers, at);
  }

  /**
   * Makes the records of one key.
   *
   * @param key the server's key, with the chain that the server sends if DANE-TA is wanted
   * @param forms the forms, at least one; {@link TlsaForm#DANE_EE} is what to publish
   * @return the records, or why there are none
   * @throws IllegalArgumentException if no form is given
   */
  public GeneratedTlsa generate(ServerKey key, TlsaForm... forms) {
    return generate(List.of(key), List.of(forms));
  }

  /**
   * Makes the records of several keys, each in every form: the current and the next one, or those
   * of a server that has an RSA and an ECDSA certificate.
   *
   * @param keys the keys, at least one
   * @param forms the forms, at least one
   * @return the records, or why there are none
   * @throws IllegalArgumentException if no key or no form is given
   */
  public GeneratedTlsa generate(List<ServerKey> keys, List<TlsaForm> forms) {
    if (keys.isEmpty() || forms.isEmpty()) {
      throw new IllegalArgumentException(
          "without a key and a form there is no record; pass a key and TlsaForm.DANE_EE");
    }
    List<TlsaRecord> records = new ArrayList<>();
    for (TlsaForm form : forms) {
      for (ServerKey key : keys) {
        Attempt attempt = make(key, form);
        if (attempt.record().isEmpty()) {
          return new GeneratedTlsa.Refused(form, attempt.reason());
        }
        records.add(attempt.record().get());
      }
    }
    TlsaRrset rrset = new TlsaRrset(owner, records, List.of());
    List<TlsaFinding> findings = new ArrayList<>(TlsaLint.findings(rrset));
    for (ServerKey key : keys) {
      TlsaLint.Server server = new TlsaLint.Server(owner, key.peerChain(), identifiers, at);
      TlsaLint.otherName(rrset, server).ifPresent(findings::add);
    }
    return new GeneratedTlsa.Made(rrset, findings);
  }

  /** The record of one key in one form, if there is one that authenticates the server. */
  Optional<TlsaRecord> record(ServerKey key, TlsaForm form) {
    return make(key, form).record();
  }

  /** What came of a record: the record, or the reason why there is none. */
  private record Attempt(Optional<TlsaRecord> record, String reason) {
    static Attempt made(TlsaRecord record) {
      return new Attempt(Optional.of(record), "");
    }

    static Attempt refused(String reason) {
      return new Attempt(Optional.empty(), reason);
    }
  }

  private Attempt make(ServerKey key, TlsaForm form) {
    if (!form.isKnown()) {
      return Attempt.refused(
          form + " has a number that is not assigned (RFC 6698 §7); publish 3 1 1");
    }
    return form.isTrustAnchor() ? trustAnchor(key, form) : endEntity(key, form);
  }

  private Attempt endEntity(ServerKey key, TlsaForm form) {
    if (form.selector().equals(Selector.SPKI)) {
      return checked(form, key.subjectPublicKeyInfo(), key.peerChain());
    }
    if (key.chain().isEmpty()) {
      return Attempt.refused(
          "%s is of the whole certificate, and there is only a key; give the certificate, or publish 3 1 1"
              .formatted(form));
    }
    return checked(form, key.chain().get(0), key.peerChain());
  }

  /** RFC 7671 §5.2.2: the CA that issued the server's certificate, out of what the server sends. */
  private Attempt trustAnchor(ServerKey key, TlsaForm form) {
    Attempt closest =
        Attempt.refused(
            ("%s is of the CA that issued the server's certificate, and that CA's certificate is not in"
                    + " the chain (RFC 7671 §5.2.2); give the full chain and let the server send it, or"
                    + " publish 3 1 1")
                .formatted(form));
    List<Octets> chain = key.chain();
    for (int i = 1; i < chain.size(); i++) {
      Optional<Octets> selected = select(form, chain.get(i));
      if (selected.isPresent()) {
        // Of these two certificates alone, only the direct issuer matches.
        List<Octets> pair = List.of(chain.get(0), chain.get(i));
        closest = checked(form, selected.get(), PeerChain.ofDer(pair));
        if (closest.record().isPresent()) {
          return closest;
        }
      }
    }
    return closest;
  }

  private static Optional<Octets> select(TlsaForm form, Octets certificate) {
    if (form.selector().equals(Selector.CERT)) {
      return Optional.of(certificate);
    }
    try {
      DerSlice der = DerSlice.owning(certificate.toByteArray());
      return Optional.of(Octets.of(CertificateSlices.of(der).subjectPublicKeyInfo().toByteArray()));
    } catch (MalformedDerException e) {
      return Optional.empty();
    }
  }

  private Attempt checked(TlsaForm form, Octets selected, PeerChain chain) {
    TlsaRrset comparable = TlsaRrset.of(owner, form.withoutPkix().record(selected));
    MatchResult result = TlsaMatcher.forSmtp().match(comparable, chain, identifiers, at);
    if (result instanceof MatchResult.Matched) {
      return Attempt.made(form.record(selected));
    }
    return Attempt.refused(
        "%s would not authenticate the server: %s"
            .formatted(form, result.explanation().strip().replaceAll("\\s*\\R\\s*", " ")));
  }
}
