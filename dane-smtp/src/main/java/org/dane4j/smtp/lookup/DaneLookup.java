// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.policy.DanePolicies;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.HostSecurity;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.PkixNames;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Finds the hosts of a mail domain or of its submission services, and decides what TLS each of them
 * is owed (RFC 7672 §2, RFC 7673 §3).
 *
 * <p>Three rounds of parallel lookups, however many hosts there are: MX or SRV records; addresses
 * of all hosts; TLSA records of those with secure addresses. Immutable and thread-safe, as the
 * resolver is.
 */
public final class DaneLookup {

  /**
   * More hosts than this are not looked at, in the order of preference: no sender tries so many.
   */
  private static final int MAX_HOSTS = 32;

  private final DnssecResolver resolver;
  private final DanePolicies policies;

  private DaneLookup(DnssecResolver resolver, DanePolicies policies) {
    this.resolver = Objects.requireNonNull(resolver, "resolver");
    this.policies = Objects.requireNonNull(policies, "policies");
  }

  /**
   * Returns a lookup for opportunistic DANE.
   *
   * @param resolver who answers and validates
   * @return the lookup
   */
  public static DaneLookup over(DnssecResolver resolver) {
    return new DaneLookup(resolver, DanePolicies.of(DanePolicy.opportunistic()));
  }

  /**
   * Returns this lookup with one policy for all destinations.
   *
   * @param policy what is decided from the facts
   * @return the new lookup
   */
  public DaneLookup withPolicy(DanePolicy policy) {
    return withPolicies(DanePolicies.of(policy));
  }

  /**
   * Returns this lookup with a policy for each destination.
   *
   * @param newPolicies what is decided from the facts
   * @return the new lookup
   */
  public DaneLookup withPolicies(DanePolicies newPolicies) {
    return new DaneLookup(resolver, newPolicies);
  }

  /**
   * Finds the hosts of a mail domain.
   *
   * @param domain a domain in A-labels, or an address literal in brackets
   * @return what the DNS says
   * @throws IllegalArgumentException if it is neither
   */
  public Destination resolve(String domain) {
    return resolve(NextHop.of(domain));
  }

  /**
   * Finds the hosts of a next hop.
   *
   * @param nextHop the next hop
   * @return what the DNS says
   */
  public Destination resolve(NextHop nextHop) {
    if (nextHop instanceof NextHop.Literal literal) {
      return literal(literal);
    }
    if (nextHop instanceof NextHop.Host host) {
      return new Hop(nextHop, List.of(), List.of())
          .hosts(List.of(NamedHost.named(host.name(), host.port(), host.tlsMode())));
    }
    return nextHop instanceof NextHop.Submission submission
        ? submission(submission)
        : domain((NextHop.Domain) nextHop);
  }

  /**
   * Returns the policy that holds for a next hop.
   *
   * @param nextHop the next hop
   * @return what is decided by for it
   */
  public DanePolicy policyFor(NextHop nextHop) {
    if (nextHop instanceof NextHop.Domain domain) {
      return policies.forDomain(HostNames.text(domain.domain()));
    }
    if (nextHop instanceof NextHop.Submission submission) {
      return policies.forDomain(HostNames.text(submission.domain()));
    }
    if (nextHop instanceof NextHop.Host host) {
      return policies.forHost(HostNames.text(host.name()), host.port());
    }
    NextHop.Literal literal = (NextHop.Literal) nextHop;
    return policies.forHost(literal.address().getHostAddress(), literal.port());
  }

  private Destination literal(NextHop.Literal literal) {
    HostSecurity facts =
        new HostSecurity(
            MxSecurity.NOT_MX,
            new HostSecurity.Addresses.Literal(),
            new HostSecurity.Tlsa.NotAsked());
    String address = literal.address().getHostAddress();
    MxHost host =
        new MxHost(
            new Endpoint(address, literal.port(), TlsMode.STARTTLS),
            0,
            0,
            List.of(literal.address()),
            policyFor(literal).decide(facts),
            List.of());
    return new Destination.Hosts(literal, List.of(host), List.of());
  }

  private Destination domain(NextHop.Domain hop) {
    ValidationResult result = resolver.resolve(new Question(hop.domain(), Type.MX));
    List<ValidationResult> mx = List.of(result);
    Answer answer = answer(result);
    if (answer == null) {
      // RFC 7672 §2.1.2: neither the hosts nor their absence is known.
      return new Destination.Undetermined(hop, result.explanation(), mx);
    }
    if (answer instanceof Answer.NxDomain) {
      return new Destination.NoSuchDomain(hop, mx);
    }
    if (answer instanceof Answer.NoData) {
      // RFC 5321 §5.1, RFC 7672 §2.2.2: the domain is its own host.
      return new Hop(hop, mx, List.of())
          .hosts(List.of(NamedHost.named(hop.domain(), hop.port(), TlsMode.STARTTLS)));
    }
    MxSecurity security = result instanceof Secure ? MxSecurity.SECURE : MxSecurity.INSECURE;
    List<NamedHost> targets = targets(((Answer.Positive) answer).rrset(), hop.port(), security);
    if (targets.size() == 1 && targets.get(0).isNone()) {
      return new Destination.NullMx(hop, mx);
    }
    // RFC 7505 §3: beside other records, "." means nothing.
    List<NamedHost> usable = targets.stream().filter(NamedHost::isUsable).toList();
    if (usable.isEmpty()) {
      return new Destination.Undetermined(hop, "no MX record of the domain names a host", mx);
    }
    return new Hop(hop, mx, names(hop, security, answer)).hosts(usable);
  }

  private Destination submission(NextHop.Submission hop) {
    SubmissionServices services =
        new SubmissionServices(resolver.resolveAll(SubmissionServices.questions(hop)));
    Optional<String> failure = services.failure();
    if (failure.isPresent()) {
      return new Destination.Undetermined(hop, failure.get(), services.results());
    }
    return services.targets().isEmpty()
        ? new Destination.NoSubmission(hop, services.results())
        : new Hop(hop, services.results(), List.of(hop.domain())).hosts(services.targets());
  }

  /** RFC 7672 §3.2.2; what an alias leads to may be no name that a certificate can have. */
  private static List<Name> names(NextHop.Domain hop, MxSecurity security, Answer answer) {
    return security == MxSecurity.SECURE
        ? Stream.of(hop.domain(), answer.name()).filter(HostNames::isHostName).toList()
        : List.of();
  }

  private static List<NamedHost> targets(Rrset rrset, int port, MxSecurity security) {
    List<NamedHost> targets = new ArrayList<>();
    for (Record record : rrset.records()) {
      if (record instanceof MXRecord mx) {
        targets.add(NamedHost.of(mx, port, security));
      }
    }
    targets.sort(Comparator.comparingInt(NamedHost::preference));
    return targets;
  }

  /**
   * Returns what a response says, whether anybody may have written it or not; null if it says
   * nothing.
   */
  static @Nullable Answer answer(ValidationResult result) {
    if (result instanceof Secure secure) {
      return secure.answer();
    }
    return result instanceof Insecure insecure ? insecure.unauthenticatedAnswer() : null;
  }

  /** What the hosts of one next hop share. */
  private final class Hop {
    private final NextHop nextHop;
    private final List<ValidationResult> found;
    private final List<Name> domainNames;
    private final DanePolicy policy;

    /**
     * Takes the verdicts on what names the hosts, and the names of the domain that certificates may
     * have besides the hosts' own.
     */
    Hop(NextHop nextHop, List<ValidationResult> found, List<Name> domainNames) {
      this.nextHop = nextHop;
      this.found = found;
      this.domainNames = domainNames;
      this.policy = policyFor(nextHop);
    }

    Destination hosts(List<NamedHost> all) {
      List<NamedHost> targets = all.stream().limit(MAX_HOSTS).toList();
      List<Question> questions = new ArrayList<>();
      for (NamedHost target : targets) {
        questions.add(new Question(target.name(), Type.AAAA));
        questions.add(new Question(target.name(), Type.A));
      }
      List<ValidationResult> results = resolver.resolveAll(questions);
      List<HostLookup> lookups = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        HostAddresses addresses =
            HostAddresses.of(targets.get(i).name(), results.get(2 * i), results.get(2 * i + 1));
        lookups.add(new HostLookup(targets.get(i), addresses));
      }
      findTlsa(lookups);
      List<MxHost> hosts = lookups.stream().map(this::host).toList();
      return new Destination.Hosts(nextHop, hosts, found);
    }

    /** Asks for the TLSA records of all hosts at once: at the first name, then at the second. */
    private void findTlsa(List<HostLookup> lookups) {
      List<HostLookup> open =
          lookups.stream()
              .filter(it -> policy.wantsTlsa(it.target.security(), it.addresses.facts()))
              .toList();
      while (!open.isEmpty()) {
        List<Question> questions = open.stream().map(HostLookup::nextQuestion).toList();
        List<ValidationResult> results = resolver.resolveAll(questions);
        for (int i = 0; i < results.size(); i++) {
          open.get(i).answered(results.get(i));
        }
        open = open.stream().filter(HostLookup::isOpen).toList();
      }
    }

    private MxHost host(HostLookup lookup) {
      NamedHost target = lookup.target;
      HostSecurity facts =
          new HostSecurity(
              target.security(),
              lookup.addresses.facts(),
              lookup.tlsa(nextHop, domainNames),
              pkix(target));
      return new MxHost(
          target.endpoint(),
          target.preference(),
          target.weight(),
          lookup.addresses.usable(),
          policy.decide(facts),
          lookup.results());
    }

    private Optional<PkixNames> pkix(NamedHost target) {
      String host = HostNames.text(target.name());
      if (nextHop instanceof NextHop.Submission submission) {
        // RFC 7673 §4.1: the host's own name counts only if nobody else can have chosen it.
        boolean secure = target.security() == MxSecurity.SECURE;
        String domain = HostNames.text(submission.domain());
        return Optional.of(new PkixNames(domain, secure ? Optional.of(host) : Optional.empty()));
      }
      // RFC 8314 §3.3
      return target.tlsMode() == TlsMode.IMPLICIT
          ? Optional.of(new PkixNames(host, Optional.empty()))
          : Optional.empty();
    }
  }
}
