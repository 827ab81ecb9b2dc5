// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dane4j.dnssec.Finding.Bogus;
import org.dane4j.dnssec.Finding.Secure;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.crypto.CanonicalForm;
import org.dane4j.dnssec.denial.Denial;
import org.dane4j.dnssec.denial.DenialRecord;
import org.dane4j.dnssec.denial.Nsec3Proof;
import org.dane4j.dnssec.denial.NsecProof;
import org.dane4j.dnssec.denial.ZoneDenial;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.dnssec.wire.WireMessage;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The denial-of-existence records that one zone signed in one response. First {@link #verify}, then
 * {@link #ask}.
 */
final class DenialRecords {

  private final Name zone;
  private final Validation validation;
  private final List<SignedRrset> rrsets = new ArrayList<>();
  private final NsecProof nsec = new NsecProof();
  private final Nsec3Proof nsec3;
  private final Map<Name, VerifiedRrset> byOwner = new HashMap<>();
  private @Nullable Bogus<?> objection;
  private Instant validUntil = Instant.MAX;

  private DenialRecords(Name zone, Validation validation) {
    this.zone = zone;
    this.validation = validation;
    this.nsec3 =
        new Nsec3Proof(zone, validation.budget(), validation.limits().maxNsec3Iterations());
  }

  /** Returns the records of a zone in a response. */
  static DenialRecords of(Name zone, WireMessage response, Validation validation) {
    DenialRecords records = new DenialRecords(zone, validation);
    for (SignedRrset rrset : response.authority()) {
      if (isDenial(rrset) && isSignedBy(rrset, zone)) {
        records.rrsets.add(rrset);
      }
    }
    return records;
  }

  /**
   * Returns the zones that signed denial-of-existence records in a response and may speak of a name
   * and type, the closest to the name first.
   */
  static List<Name> zones(WireMessage response, Question question) {
    List<Name> zones = new ArrayList<>(1);
    for (SignedRrset rrset : response.authority()) {
      for (Rrsig rrsig : isDenial(rrset) ? rrset.signatures() : List.<Rrsig>of()) {
        Name signer = rrsig.signer();
        // RFC 4035 §5.2: of DS, the zone above the cut speaks.
        boolean below = question.type() == Type.DS && signer.equals(question.name());
        if (question.name().subdomain(signer) && !zones.contains(signer)) {
          if (!below || signer.labels() == 1) {
            zones.add(signer);
          }
        }
      }
    }
    zones.sort(Comparator.comparingInt(Name::labels).reversed());
    return zones;
  }

  private static boolean isDenial(SignedRrset rrset) {
    return rrset.type() == Type.NSEC || rrset.type() == Type.NSEC3;
  }

  private static boolean isSignedBy(SignedRrset rrset, Name zone) {
    return rrset.signatures().stream().anyMatch(rrsig -> rrsig.signer().equals(zone));
  }

  /** Verifies the records; those that fail count for nothing. Returns what is unknown, or null. */
  @Nullable <T> Unknown<T> verify(SignatureCheck signatures, ZoneWalk zones) {
    Unknown<T> unknown = null;
    for (SignedRrset rrset : rrsets) {
      Finding<VerifiedRrset> finding = signatures.check(rrset, zones);
      if (finding instanceof Secure<VerifiedRrset> secure) {
        add(secure.value());
      } else if (finding instanceof Unknown<VerifiedRrset> missing) {
        unknown = new Unknown<>(missing.trouble());
      } else if (finding instanceof Bogus<VerifiedRrset> bogus) {
        objection = bogus;
      }
    }
    return unknown;
  }

  private void add(VerifiedRrset verified) {
    if (!verified.signer().zone().equals(zone)) {
      return;
    }
    SignedRrset rrset = verified.rrset();
    // An expanded NSEC record speaks of the wildcard, not of the name that it was expanded to.
    Name owner = CanonicalForm.signedOwner(rrset.owner(), verified.rrsig().labels());
    byOwner.put(owner, verified);
    for (byte[] rdata : rrset.rdata()) {
      if (rrset.type() == Type.NSEC) {
        nsec.add(owner, rdata, zone);
      } else {
        nsec3.add(owner, rdata);
      }
    }
    validUntil = verified.validUntil().isBefore(validUntil) ? verified.validUntil() : validUntil;
  }

  /** Asks the verified records for a proof; each is complete in NSEC or in NSEC3 records. */
  Denial ask(Function<ZoneDenial, Denial> question) {
    Denial denial = question.apply(nsec);
    return denial.isProven() ? denial : question.apply(nsec3);
  }

  /** Returns the proof of what the records said about a name. */
  Proof proof(ZoneKeys keys, Name name, Denial denial) {
    List<VerifiedRrset> used = new ArrayList<>();
    for (DenialRecord record : denial.proof()) {
      VerifiedRrset verified = byOwner.get(record.owner());
      if (verified != null) {
        used.add(verified);
      }
    }
    return Proof.of(new ProvenDenial(keys, name, denial, used, validUntil));
  }

  /** Returns when the first of the verified records must be forgotten. */
  Instant validUntil() {
    return validUntil;
  }

  /** Returns what to say where nothing is proven: the most specific reason that is known. */
  <T> Bogus<T> objection(String text) {
    if (validation.budget().isExhausted()) {
      return new Bogus<>(BogusReason.LIMITS, text + "; the records need too much work");
    }
    Bogus<?> bogus = objection;
    BogusReason reason = rrsets.isEmpty() ? BogusReason.DENIAL_MISSING : BogusReason.DENIAL_WRONG;
    return bogus == null
        ? new Bogus<>(reason, text)
        : new Bogus<>(bogus.reason(), text + ": " + bogus.detail());
  }
}
