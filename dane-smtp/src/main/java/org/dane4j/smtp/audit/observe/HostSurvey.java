// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.AddressFacts;
import org.dane4j.smtp.audit.HostFacts;
import org.dane4j.smtp.audit.observe.Errands.Errand;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.tlsa.TlsaOwnerName;
import org.xbill.DNS.Type;

/** What is under way about one mail host: lookups, and looks at its addresses. */
final class HostSurvey {

  private final MxHost host;
  private final HostQuestions questions;
  private final Errand<List<ValidationResult>> lookups;
  private final List<Errand<AddressFacts>> addresses;

  private HostSurvey(
      MxHost host,
      HostQuestions questions,
      Errand<List<ValidationResult>> lookups,
      List<Errand<AddressFacts>> addresses) {
    this.host = host;
    this.questions = questions;
    this.lookups = lookups;
    this.addresses = addresses;
  }

  static HostSurvey start(Tools tools, NextHop.Domain hop, MxHost host) {
    HostQuestions questions = HostQuestions.of(host, hop.domain(), hop.port());
    List<Question> all =
        Stream.of(questions.tlsa(), questions.denials(), questions.misplaced())
            .flatMap(List::stream)
            .toList();
    List<Errand<AddressFacts>> addresses = new ArrayList<>();
    int most = tools.limits().addressesPerHost();
    for (InetAddress address : host.addresses().stream().limit(most + 1L).toList()) {
      Optional<String> omission =
          addresses.size() < most
              ? tools.objection(address)
              : Optional.of(
                  "of the host's "
                      + host.addresses().size()
                      + " addresses no more than "
                      + most
                      + " are looked at");
      AddressSurvey survey = survey(hop, host, address);
      addresses.add(
          tools
              .errands()
              .start(
                  host.name() + " at " + address.getHostAddress(),
                  () -> omission.map(survey::omitted).orElseGet(() -> survey.run(tools.client())),
                  survey::soFar));
    }
    return new HostSurvey(
        host, questions, tools.lookUp("records of " + host.name(), all), addresses);
  }

  private static AddressSurvey survey(NextHop.Domain hop, MxHost host, InetAddress address) {
    return new AddressSurvey(
        new InetSocketAddress(address, hop.port()),
        tlsaBase(host),
        List.of(hop.domain().canonicalize().toString(true), host.name()));
  }

  /** RFC 7672 §8.1: what a sender with DANE sends in SNI. */
  private static String tlsaBase(MxHost host) {
    TlsRequirement requirement = host.requirement();
    Optional<TlsaOwnerName> owner =
        requirement instanceof TlsRequirement.Encrypt encrypt
            ? Optional.of(encrypt.tlsa().owner())
            : requirement.dane().map(dane -> dane.tlsa().owner());
    return owner.map(TlsaOwnerName::baseDomain).orElse(host.name());
  }

  /** What all name servers of the zones that it is in have to agree on. */
  List<Question> interests() {
    List<Question> interests = new ArrayList<>();
    for (ValidationResult verdict : host.lookups()) {
      Found.names(verdict)
          .forEach(name -> interests.add(new Question(name, verdict.question().type())));
    }
    for (ValidationResult verdict : lookups.result().subList(0, questions.tlsa().size())) {
      Found.names(verdict).forEach(name -> interests.add(new Question(name, Type.TLSA)));
    }
    return interests;
  }

  /** Waits for everything. */
  HostFacts facts() {
    List<ValidationResult> results = lookups.result();
    int denials = questions.tlsa().size();
    int misplaced = denials + questions.denials().size();
    return new HostFacts(
        host,
        results.subList(0, denials),
        results.subList(denials, misplaced),
        results.subList(misplaced, results.size()),
        addresses.stream().map(Errand::result).toList());
  }
}
