// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.policy.MxSecurity;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What a domain's SRV records say of its submission services (RFC 6186 §3.1, RFC 8314 §5.1). */
final class SubmissionServices {

  /** A service: where its SRV records stand, and how TLS begins at its hosts. */
  private record Service(String prefix, TlsMode tlsMode) {
    Question of(NextHop.Submission hop) {
      try {
        Name name = Name.concatenate(Name.fromString(prefix), hop.domain());
        return new Question(name, Type.SRV);
      } catch (TextParseException | NameTooLongException e) {
        throw new AssertionError("the next hop has checked that there is room", e);
      }
    }
  }

  /** In the order in which they are preferred (RFC 8314 §3). */
  private static final List<Service> SERVICES =
      List.of(
          new Service("_submissions._tcp", TlsMode.IMPLICIT),
          new Service("_submission._tcp", TlsMode.STARTTLS));

  /** By priority across both services; within a priority, by service (RFC 6186 §3.4). */
  private static final Comparator<NamedHost> BY_PREFERENCE =
      Comparator.comparingInt(NamedHost::preference)
          .thenComparing(NamedHost::tlsMode, Comparator.reverseOrder());

  private final List<ValidationResult> results;
  private final List<NamedHost> named = new ArrayList<>();

  /** Takes the answers to {@link #questions}, in their order. */
  SubmissionServices(List<ValidationResult> results) {
    this.results = results;
    for (int i = 0; i < SERVICES.size(); i++) {
      named.addAll(targets(SERVICES.get(i), results.get(i)));
    }
  }

  static List<Question> questions(NextHop.Submission hop) {
    return SERVICES.stream().map(service -> service.of(hop)).toList();
  }

  private static List<NamedHost> targets(Service service, ValidationResult result) {
    List<NamedHost> targets = new ArrayList<>();
    if (DaneLookup.answer(result) instanceof Answer.Positive answer) {
      MxSecurity security = result instanceof Secure ? MxSecurity.SECURE : MxSecurity.INSECURE_SRV;
      for (Record record : answer.rrset().records()) {
        if (record instanceof SRVRecord srv) {
          targets.add(NamedHost.of(srv, service.tlsMode, security));
        }
      }
    }
    // RFC 2782, RFC 6186 §3.4: this service is not offered; the other one may be.
    return targets.size() == 1 && targets.get(0).isNone() ? List.of() : targets;
  }

  List<ValidationResult> results() {
    return results;
  }

  /**
   * Returns why it cannot be told where the services are. If one lookup fails, the other one does
   * not count either: whoever makes one fail would otherwise choose the service, and perhaps an
   * insecure one in place of a secure one.
   */
  Optional<String> failure() {
    // RFC 7673 §3.1
    Optional<String> failed =
        results.stream()
            .filter(result -> DaneLookup.answer(result) == null)
            .map(ValidationResult::explanation)
            .findFirst();
    if (failed.isEmpty() && !named.isEmpty() && targets().isEmpty()) {
      return Optional.of("no SRV record of the domain names a host and a port");
    }
    return failed;
  }

  /** Returns the hosts, the most preferred first; weights are for whoever connects to them. */
  List<NamedHost> targets() {
    return named.stream().filter(NamedHost::isUsable).sorted(BY_PREFERENCE).toList();
  }
}
