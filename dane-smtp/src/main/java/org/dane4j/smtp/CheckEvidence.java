// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.DaneMode;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.InsecureMxPolicy;
import org.dane4j.tlsa.Octets;

/**
 * All that a {@link SmtpClient#check check} rested on, so that it can be judged again offline: the
 * DNS evidence, the policy, and what each host presented.
 *
 * <p>A replay decides everything anew: the verdicts on the DNS, what each host is owed, and whether
 * its certificates match. Only that a host presented them, and where a dialogue failed for another
 * reason, is taken from the evidence. Policies of another matcher than {@code TlsaMatcher.forSmtp}
 * are not kept. Immutable and thread-safe.
 *
 * @param nextHop what was checked
 * @param policy the policy
 * @param sightings what was seen of each host
 * @param dns the DNS evidence with its instant, trust anchors and rules
 */
public record CheckEvidence(
    NextHop nextHop, DanePolicy policy, List<Sighting> sightings, EvidenceBundle dns) {

  private static final int MAX_HOSTS = 100;
  private static final String PORT = "next-hop.port";
  private static final String IMPLICIT_TLS = "next-hop.implicit-tls";
  private static final String SUBMISSION = "next-hop.submission";

  /** Copies the list. */
  public CheckEvidence {
    sightings = List.copyOf(sightings);
  }

  /**
   * Returns the evidence of a check.
   *
   * @param result what came of the check
   * @param policy the policy of the client that made it
   * @param dns what the client's resolver recorded, with the instant of the clocks of both
   * @return the evidence
   */
  public static CheckEvidence of(CheckResult result, DanePolicy policy, EvidenceBundle dns) {
    List<Sighting> sightings = result.attempts().stream().map(Sighting::of).toList();
    return new CheckEvidence(result.destination().nextHop(), policy, sightings, dns);
  }

  /**
   * Returns the same evidence under other trust anchors and the default rules. Whoever makes
   * evidence chooses both in it: give your own to judge what you were given.
   *
   * @param anchors where trust is to begin
   * @return the evidence with these anchors, the recommended algorithms and the default limits
   */
  public CheckEvidence withAnchors(TrustAnchors anchors) {
    EvidenceBundle other = new EvidenceBundle(dns.at(), anchors, dns.evidence(), dns.attachments());
    return new CheckEvidence(nextHop, policy, sightings, other);
  }

  /**
   * Returns the check as it comes out at an instant, without asking anybody.
   *
   * @param at when; {@code dns().at()} for the check as it was
   * @return the result
   */
  public CheckResult replay(Instant at) {
    Destination destination;
    try (DnssecResolver resolver =
        DnssecResolver.offline(dns.evidence(), at)
            .trustAnchors(dns.anchors())
            .algorithms(dns.rules().algorithms())
            .limits(dns.rules().limits())
            .build()) {
      destination = DaneLookup.over(resolver).withPolicy(policy).resolve(nextHop);
    }
    if (!(destination instanceof Destination.Hosts)) {
      return new CheckResult(destination, List.of(), Destinations.verdict(destination));
    }
    Rejudgment judgment = new Rejudgment(policy.matcher(), at);
    List<Attempt> attempts =
        destination.hosts().stream()
            .map(host -> judgment.of(host, Sighting.find(sightings, host.endpoint())))
            .toList();
    return new CheckResult(destination, attempts, Verdict.of(attempts));
  }

  /**
   * Returns the evidence in octets.
   *
   * @return octets for {@link #read}
   * @throws IllegalStateException if it is more than can be saved
   */
  public byte[] toBytes() {
    return bundle().toBytes();
  }

  private EvidenceBundle bundle() {
    SortedMap<String, Octets> all = new TreeMap<>();
    Notes notes = new Notes(all, "");
    notes.put("policy.mode", policy.mode().name());
    notes.put("policy.insecure-mx", policy.insecureMx().name());
    write(notes);
    for (int i = 0; i < sightings.size(); i++) {
      sightings.get(i).write(new Notes(all, prefix(i)));
    }
    return dns.withAttachments(all);
  }

  private void write(Notes notes) {
    if (nextHop instanceof NextHop.Domain domain) {
      notes.put("next-hop.domain", domain.domain().toString(true));
      notes.put(PORT, domain.port());
    } else if (nextHop instanceof NextHop.Host host) {
      boolean implicit = host.tlsMode() == TlsMode.IMPLICIT;
      notes.put(implicit ? IMPLICIT_TLS : "next-hop.host", host.name().toString(true));
      notes.put(PORT, host.port());
    } else if (nextHop instanceof NextHop.Literal literal) {
      notes.put("next-hop.literal", Octets.of(literal.address().getAddress()));
      notes.put(PORT, literal.port());
    } else if (nextHop instanceof NextHop.Submission submission) {
      notes.put(SUBMISSION, submission.domain().toString(true));
    }
  }

  private static String prefix(int host) {
    return "host.%02d.".formatted(host);
  }

  /**
   * Reads evidence from octets.
   *
   * @param octets what {@link #toBytes} returned
   * @return the evidence
   * @throws MalformedEvidenceException if the octets are not the evidence of a check
   */
  public static CheckEvidence read(byte[] octets) throws MalformedEvidenceException {
    EvidenceBundle bundle = EvidenceBundle.read(octets);
    if (!bundle.anchors().unusable(bundle.rules().algorithms()).isEmpty()) {
      throw new MalformedEvidenceException(
          "it has trust anchors of which none counts, so that all would pass for unsigned");
    }
    Notes notes = new Notes(bundle.attachments(), "");
    DaneMode mode = notes.constant("policy.mode", DaneMode.values());
    InsecureMxPolicy mx = notes.constant("policy.insecure-mx", InsecureMxPolicy.values());
    DanePolicy policy = new DanePolicy(mode, mx, DanePolicy.opportunistic().matcher());
    List<Sighting> sightings = new ArrayList<>();
    for (int i = 0; i < MAX_HOSTS; i++) {
      Optional<Sighting> sighting = Sighting.read(new Notes(bundle.attachments(), prefix(i)));
      if (sighting.isEmpty()) {
        break;
      }
      sightings.add(sighting.get());
    }
    EvidenceBundle dns = bundle.withAttachments(new TreeMap<>());
    return new CheckEvidence(nextHop(notes), policy, sightings, dns);
  }

  private static NextHop nextHop(Notes notes) throws MalformedEvidenceException {
    try {
      if (notes.has(SUBMISSION)) {
        return NextHop.submission(notes.text(SUBMISSION));
      }
      int port = notes.number(PORT);
      if (notes.has(IMPLICIT_TLS)) {
        return NextHop.implicitTls(notes.text(IMPLICIT_TLS), port);
      }
      if (notes.has("next-hop.literal")) {
        return new NextHop.Literal(notes.address("next-hop.literal"), port);
      }
      return notes.has("next-hop.host")
          ? NextHop.host(notes.text("next-hop.host"), port)
          : NextHop.of(notes.text("next-hop.domain")).withPort(port);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException("the next hop: " + e.getMessage());
    }
  }
}
