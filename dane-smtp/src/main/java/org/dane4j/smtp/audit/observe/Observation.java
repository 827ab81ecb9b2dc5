// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.HostFacts;
import org.dane4j.smtp.audit.PolicyFacts;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.audit.observe.Errands.Errand;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.NextHop;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** One observation of one domain: starts everything as early as it can, and gathers it. */
final class Observation {

  private final NextHop.Domain hop;
  private final Tools tools;

  Observation(NextHop.Domain hop, Tools tools) {
    this.hop = hop;
    this.tools = tools;
  }

  DomainFacts run(Instant at) {
    Name domain = hop.domain();
    List<Question> policies =
        List.of(
            new Question(HostQuestions.below("_mta-sts", domain).orElse(domain), Type.TXT),
            new Question(HostQuestions.below("_smtp._tls", domain).orElse(domain), Type.TXT));
    Errand<List<ValidationResult>> records = tools.lookUp("policy records", policies);
    Errand<Optional<MtaStsPolicy>> policy = fetchPolicy(policies.get(0));

    Destination destination = destination();
    List<HostSurvey> surveys =
        destination.hosts().stream().map(host -> HostSurvey.start(tools, hop, host)).toList();
    List<ZoneFacts> zones = new ZoneSurvey(tools, interests(destination, surveys)).run();
    List<HostFacts> hosts = surveys.stream().map(HostSurvey::facts).toList();

    PolicyFacts policyFacts =
        new PolicyFacts(records.result().get(0), policy.result(), records.result().get(1));
    return new DomainFacts(at, domain, hop.port(), destination, zones, hosts, policyFacts);
  }

  private Destination destination() {
    return tools
        .errands()
        .<Destination>start(
            "MX records and what hangs on them",
            () -> DaneLookup.over(tools.dns()).resolve(hop),
            why -> new Destination.Undetermined(hop, why, List.of()))
        .result();
  }

  /** What all name servers of the zones that it is in have to agree on. */
  private List<Question> interests(Destination destination, List<HostSurvey> surveys) {
    List<Question> interests = new ArrayList<>();
    interests.add(new Question(hop.domain(), Type.MX));
    for (ValidationResult mx : destination.lookups()) {
      Found.names(mx).forEach(it -> interests.add(new Question(it, Type.MX)));
    }
    surveys.forEach(survey -> interests.addAll(survey.interests()));
    return interests.stream().distinct().toList();
  }

  private Errand<Optional<MtaStsPolicy>> fetchPolicy(Question record) {
    return tools
        .errands()
        .<Optional<MtaStsPolicy>>start(
            "MTA-STS policy",
            () ->
                hasPolicy(tools.dns().resolve(record))
                    ? Optional.of(fetchPolicy())
                    : Optional.empty(),
            why -> Optional.of(new MtaStsPolicy.Failed(why)));
  }

  /** Whoever writes the records could make the policy host one of the observer's own house. */
  private MtaStsPolicy fetchPolicy() {
    Optional<Name> host = HostQuestions.below("mta-sts", hop.domain());
    if (host.isEmpty()) {
      return new MtaStsPolicy.Failed("no policy host can have a name so long");
    }
    return tools
        .objection(
            () ->
                tools
                    .dns()
                    .resolveAll(
                        List.of(
                            new Question(host.get(), Type.A), new Question(host.get(), Type.AAAA))))
        .<MtaStsPolicy>map(MtaStsPolicy.Failed::new)
        .orElseGet(() -> tools.fetcher().fetch(hop.domain()));
  }

  /** RFC 8461 §3.1: one record of this version, or none counts. */
  private static boolean hasPolicy(ValidationResult verdict) {
    return Answers.data(verdict).map(Rrset::records).orElse(List.of()).stream()
            .filter(TXTRecord.class::isInstance)
            .filter(txt -> String.join("", ((TXTRecord) txt).getStrings()).startsWith("v=STSv1;"))
            .count()
        == 1;
  }
}
