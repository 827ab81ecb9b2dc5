// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.smtp.policy.HostSecurity.Tlsa;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The lookups of one host, while they are under way. Not thread-safe. */
final class HostLookup {

  final NamedHost target;
  final HostAddresses addresses;
  private final List<ValidationResult> results;
  private int candidate;
  private @Nullable Rrset records;
  private @Nullable String failure;
  private String absence = "it has no TLSA records";

  HostLookup(NamedHost target, HostAddresses addresses) {
    this.target = target;
    this.addresses = addresses;
    this.results = new ArrayList<>(addresses.results());
  }

  /** Whether there is another name to ask for TLSA records, and a reason to. */
  boolean isOpen() {
    return records == null && failure == null && candidate < addresses.candidates().size();
  }

  Question nextQuestion() {
    Name base = addresses.candidates().get(candidate);
    try {
      Name prefix = Name.fromString("_" + target.port() + "._tcp");
      return new Question(Name.concatenate(prefix, base), Type.TLSA);
    } catch (TextParseException | NameTooLongException e) {
      throw new AssertionError("a host name leaves room for the prefix", e);
    }
  }

  void answered(ValidationResult result) {
    results.add(result);
    if (result instanceof Secure secure && secure.answer() instanceof Answer.Positive positive) {
      records = positive.rrset();
    } else if (result instanceof Secure) {
      candidate++;
    } else if (result instanceof Insecure) {
      // RFC 7672 §2.2.3: records that are not signed are none.
      absence = "its TLSA records are insecure";
      candidate++;
    } else {
      // RFC 7672 §2.1.2: no further name is tried, and no mail goes to the host.
      failure = result.explanation();
    }
  }

  /** Returns what became of the TLSA lookups. */
  Tlsa tlsa(NextHop nextHop, List<Name> domainNames) {
    if (failure != null) {
      return new Tlsa.Failed(failure);
    }
    Rrset found = records;
    if (found == null) {
      return candidate == 0 ? new Tlsa.NotAsked() : new Tlsa.Absent(absence);
    }
    Name base = addresses.candidates().get(candidate);
    TlsaOwnerName owner = new TlsaOwnerName(target.port(), "tcp", HostNames.text(base));
    return new Tlsa.Secure(
        TlsaRrset.ofRdata(owner, found.rdata()), identifiers(nextHop, base, domainNames));
  }

  /** RFC 7672 §3.2.2; RFC 7673 §6 */
  private ReferenceIdentifiers identifiers(NextHop nextHop, Name base, List<Name> domainNames) {
    List<String> names = new ArrayList<>();
    names.add(HostNames.text(base));
    domainNames.stream().map(HostNames::text).forEach(names::add);
    boolean ownNameCounts =
        nextHop instanceof NextHop.Host
            || nextHop instanceof NextHop.Submission
            || (nextHop instanceof NextHop.Domain domain
                && domain.domain().equals(addresses.name()));
    if (ownNameCounts) {
      names.add(HostNames.text(addresses.name()));
    }
    return new ReferenceIdentifiers(names);
  }

  List<ValidationResult> results() {
    return results;
  }
}
