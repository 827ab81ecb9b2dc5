// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import java.util.Objects;
import java.util.Optional;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.policy.HostSecurity.Addresses;
import org.dane4j.smtp.policy.HostSecurity.Tlsa;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Encrypt;
import org.dane4j.smtp.policy.TlsRequirement.Opportunistic;
import org.dane4j.smtp.policy.TlsRequirement.Pkix;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;
import org.jspecify.annotations.Nullable;

/**
 * Decides what TLS a mail host is owed (RFC 7672 §2.2, RFC 7673 §3): a pure function, and the only
 * place where it is decided.
 *
 * @param mode how much DANE is insisted on
 * @param insecureMx what TLSA records count for behind an insecure MX RRset
 * @param matcher says which TLSA records are usable
 */
public record DanePolicy(DaneMode mode, InsecureMxPolicy insecureMx, TlsaMatcher matcher) {

  private static final TlsaRecord PKIX = TlsaRecord.parse("1 1 1 " + "00".repeat(32));

  private static final String MANDATORY = "DANE is mandatory for this destination, but ";

  /**
   * Checks that nothing is missing.
   *
   * @throws IllegalArgumentException if the matcher is not for SMTP
   */
  public DanePolicy {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(insecureMx, "insecure MX policy");
    Objects.requireNonNull(matcher, "matcher");
    if (matcher.usability(PKIX) instanceof Usability.Usable) {
      throw new IllegalArgumentException(
          "with SMTP the PKIX usages are unusable (RFC 7672 §3.1.3): take TlsaMatcher.forSmtp()");
    }
  }

  /**
   * Returns opportunistic DANE as RFC 7672 describes it.
   *
   * @return the default policy
   */
  public static DanePolicy opportunistic() {
    return new DanePolicy(
        DaneMode.OPPORTUNISTIC, InsecureMxPolicy.OPPORTUNISTIC, TlsaMatcher.forSmtp());
  }

  /**
   * Returns mandatory DANE.
   *
   * @return a policy that delivers under DANE or not at all
   */
  public static DanePolicy mandatory() {
    return new DanePolicy(
        DaneMode.MANDATORY, InsecureMxPolicy.OPPORTUNISTIC, TlsaMatcher.forSmtp());
  }

  /**
   * Returns a policy that records what DANE would do, and does not enforce it.
   *
   * @return opportunistic TLS, with audited requirements
   */
  public static DanePolicy audit() {
    return opportunistic().withMode(DaneMode.AUDIT);
  }

  /**
   * Returns a policy without DANE: nothing is asked for, and TLS is opportunistic.
   *
   * @return opportunistic TLS
   */
  public static DanePolicy off() {
    return opportunistic().withMode(DaneMode.OFF);
  }

  private DanePolicy withMode(DaneMode other) {
    return new DanePolicy(other, insecureMx, matcher);
  }

  /**
   * Returns this policy with another way to match TLSA records.
   *
   * @param newMatcher says which records are usable and which certificates match
   * @return the new policy
   */
  public DanePolicy withMatcher(TlsaMatcher newMatcher) {
    return new DanePolicy(mode, insecureMx, newMatcher);
  }

  /**
   * Returns this policy with another treatment of insecure MX RRsets.
   *
   * @param policy what TLSA records count for there
   * @return the new policy
   */
  public DanePolicy withInsecureMx(InsecureMxPolicy policy) {
    return new DanePolicy(mode, policy, matcher);
  }

  /**
   * Returns whether TLSA records would change the decision. Where not, they must not be asked for:
   * many zones without DNSSEC have name servers that fail on them (RFC 7672 §2.2.2).
   *
   * @param mx how the host's name was found
   * @param addresses what its addresses are
   * @return whether to ask for TLSA records
   */
  public boolean wantsTlsa(MxSecurity mx, Addresses addresses) {
    return mode != DaneMode.OFF
        && addresses instanceof Addresses.Secure
        && mx != MxSecurity.INSECURE_SRV
        && (mx != MxSecurity.INSECURE
            || (mode != DaneMode.MANDATORY && insecureMx != InsecureMxPolicy.OPPORTUNISTIC));
  }

  /**
   * Decides.
   *
   * @param facts what the DNS says about a host
   * @return what TLS it is owed
   */
  public TlsRequirement decide(HostSecurity facts) {
    // RFC 7672 §2.1.2: where a lookup failed, nothing is known, and the host is not used.
    if (facts.addresses() instanceof Addresses.Failed failed) {
      return new Avoid(Cause.ADDRESS_LOOKUP, "its addresses cannot be found out: " + failed.why());
    }
    if (facts.addresses() instanceof Addresses.Absent) {
      return new Avoid(Cause.NO_ADDRESS, "it has no address");
    }
    if (mode == DaneMode.OFF) {
      return otherwise(facts, "DANE is switched off for this destination", Optional.empty());
    }
    if (mode == DaneMode.AUDIT) {
      return audited(facts);
    }
    if (facts.tlsa() instanceof Tlsa.Failed failed) {
      return new Avoid(
          Cause.TLSA_LOOKUP, "whether it has TLSA records cannot be found out: " + failed.why());
    }
    String objection = objection(facts);
    if (objection == null && facts.tlsa() instanceof Tlsa.Secure secure) {
      return bySecureRecords(facts, secure);
    }
    return withoutDane(
        facts, objection == null ? "its TLSA records were not asked for" : objection);
  }

  private TlsRequirement audited(HostSecurity facts) {
    TlsRequirement enforced = withMode(DaneMode.OPPORTUNISTIC).decide(facts);
    if (enforced instanceof Opportunistic || enforced instanceof Pkix) {
      return enforced;
    }
    return otherwise(
        facts, "DANE is audited and not enforced for this destination", Optional.of(enforced));
  }

  /** Returns why DANE is not applicable; null if nothing speaks against it. */
  private @Nullable String objection(HostSecurity facts) {
    boolean insecureMxCounts =
        mode != DaneMode.MANDATORY && insecureMx != InsecureMxPolicy.OPPORTUNISTIC;
    if (facts.mx() == MxSecurity.INSECURE && !insecureMxCounts) {
      // RFC 7672 §2.2.1
      return "the MX record that names it is insecure";
    }
    if (facts.mx() == MxSecurity.INSECURE_SRV) {
      // RFC 7673 §3.1
      return "the SRV record that names it is insecure";
    }
    if (facts.addresses() instanceof Addresses.Insecure insecure) {
      return insecure.why();
    }
    if (facts.addresses() instanceof Addresses.Literal) {
      return "an address literal has no TLSA records";
    }
    return facts.tlsa() instanceof Tlsa.Absent absent ? absent.why() : null;
  }

  private TlsRequirement bySecureRecords(HostSecurity facts, Tlsa.Secure secure) {
    MxSecurity mx = facts.mx();
    TlsaRrset rrset = secure.rrset();
    boolean usable =
        rrset.records().stream()
            .anyMatch(record -> matcher.usability(record) instanceof Usability.Usable);
    if (!usable && (mode == DaneMode.MANDATORY || facts.pkix().isPresent())) {
      // RFC 7672 §6, RFC 7671 §10.3; RFC 7673 §4.1
      return withoutDane(facts, "none of its TLSA records is usable");
    }
    if (!usable) {
      // RFC 7672 §2.2: their presence alone is a promise of TLS.
      return new Encrypt(rrset, "it has secure TLSA records, but none is usable");
    }
    if (mx == MxSecurity.INSECURE && insecureMx == InsecureMxPolicy.ENCRYPT) {
      return new Encrypt(rrset, "it has secure TLSA records, but its MX record is insecure");
    }
    return new Dane(
        rrset,
        secure.referenceIdentifiers(),
        mx,
        mx == MxSecurity.INSECURE
            ? "it has secure TLSA records; its MX record is insecure"
            : "it has secure TLSA records");
  }

  private TlsRequirement withoutDane(HostSecurity facts, String why) {
    return mode == DaneMode.MANDATORY
        ? new Avoid(Cause.DANE_MANDATORY, MANDATORY + why)
        : otherwise(facts, why, Optional.empty());
  }

  /** RFC 7672 §2.2 for mail transfer, RFC 7673 §4.1 and RFC 8314 §5.2 for submission. */
  private static TlsRequirement otherwise(
      HostSecurity facts, String why, Optional<TlsRequirement> audited) {
    return facts.pkix().isPresent()
        ? new Pkix(facts.pkix().get(), why, audited)
        : new Opportunistic(why, audited);
  }
}
