// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.InsecureReason;
import org.dane4j.dnssec.Proof;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.ChannelSecurity;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.audit.AddressFacts;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.HostFacts;
import org.dane4j.smtp.audit.Look;
import org.dane4j.smtp.audit.NameServerFacts;
import org.dane4j.smtp.audit.PolicyFacts;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRrset;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What an observer sees of a simulated domain, by a resolver that may hold older answers. */
final class SimulatedFacts {

  private static final Proof NO_PROOF =
      ValidationResult.Indeterminate.because(Question.of("test.", Type.A), FetchFailure.TIMEOUT)
          .proof();

  private final SimulatedDomain domain;
  private final Map<Question, ServedAnswer> cache = new LinkedHashMap<>();
  private Optional<PolicyFacts.MtaStsPolicy> policy = Optional.empty();

  SimulatedFacts(SimulatedDomain domain) {
    this.domain = domain;
  }

  SimulatedFacts with(PolicyFacts.MtaStsPolicy newPolicy) {
    policy = Optional.of(newPolicy);
    return this;
  }

  DomainFacts observe() {
    Question mx = domain.mx();
    NextHop.Domain hop = new NextHop.Domain(SimulatedDomain.DOMAIN, 25);
    ValidationResult verdict = verdict(mx);
    List<HostFacts> hosts =
        MxMove.targets(cached(mx)).stream()
            .sorted(Comparator.comparingInt(MxTarget::preference))
            .flatMap(target -> domain.host(target.host()).map(it -> host(it, target)).stream())
            .toList();
    Destination destination =
        verdict instanceof ValidationResult.Bogus
            ? new Destination.Undetermined(hop, verdict.explanation(), List.of(verdict))
            : new Destination.Hosts(
                hop, hosts.stream().map(HostFacts::host).toList(), List.of(verdict));
    ValidationResult none = verdict(Question.of("_smtp._tls.example.co.test.", Type.TXT));
    return new DomainFacts(
        domain.now,
        SimulatedDomain.DOMAIN,
        25,
        destination,
        zones(),
        hosts,
        new PolicyFacts(none, policy, none));
  }

  private ServedAnswer cached(Question question) {
    return cache.computeIfAbsent(
        question,
        it -> {
          List<ServedAnswer> held = List.copyOf(domain.zoneOf(it).held(it, domain.now));
          return held.get(domain.random.nextInt(held.size()));
        });
  }

  private ValidationResult verdict(Question question) {
    ServedAnswer answer = cached(question);
    SimulatedZone zone = domain.zoneOf(question);
    Answer data =
        answer.isDenial() ? new Answer.NoData(question.name()) : new Answer.Positive(rrset(answer));
    Instant until = domain.now.plusSeconds(answer.ttl());
    if (zone == domain.zone && cached(domain.ds()).isDenial()) {
      return new ValidationResult.Insecure(
          question,
          InsecureReason.UNSIGNED_DELEGATION,
          zone.apex,
          data,
          List.of(),
          until,
          NO_PROOF);
    }
    return answer.isUnsigned()
        ? new ValidationResult.Bogus(question, BogusReason.SIGNATURE_MISSING, "no RRSIG", NO_PROOF)
        : new Secure(question, data, List.of(), until, NO_PROOF);
  }

  private static Rrset rrset(ServedAnswer answer) {
    Question question = answer.question();
    List<Octets> rdata = new ArrayList<>();
    for (String text : answer.rdata()) {
      try {
        Record record =
            Record.fromString(
                question.name(), question.type(), DClass.IN, answer.ttl(), text, Name.root);
        rdata.add(Octets.of(record.rdataToWireCanonical()));
      } catch (IOException e) {
        throw new AssertionError(text, e);
      }
    }
    return new Rrset(question.name(), question.type(), answer.ttl(), rdata);
  }

  private HostFacts host(SimulatedHost host, MxTarget target) {
    ValidationResult addresses = verdict(new Question(host.name, Type.A));
    ValidationResult noAddresses = verdict(new Question(host.name, Type.AAAA));
    ValidationResult tlsa = verdict(domain.tlsa(host));
    ValidationResult denial = verdict(Question.of("_26._tcp." + host.name, Type.TLSA));
    MxHost mxHost =
        new MxHost(
            new Endpoint(host.name.toString(true), 25, TlsMode.STARTTLS),
            target.preference(),
            0,
            host.addresses,
            requirement(host, tlsa),
            List.of(noAddresses, addresses, tlsa));
    List<AddressFacts> facts = new ArrayList<>();
    for (int i = 0; i < host.addresses.size(); i++) {
      Look look = look(host, host.services.get(i));
      List<Look> looks = new ArrayList<>(List.of(look, look));
      for (CertificateKeys keys : List.of(CertificateKeys.RSA, CertificateKeys.ECDSA)) {
        looks.add(new Look(look.serverName(), keys, look.result()));
      }
      facts.add(new AddressFacts(new InetSocketAddress(host.addresses.get(i), 25), looks));
    }
    return new HostFacts(mxHost, List.of(tlsa), List.of(denial), List.of(), facts);
  }

  private static TlsRequirement requirement(SimulatedHost host, ValidationResult tlsa) {
    if (tlsa instanceof Secure secure && secure.answer() instanceof Answer.Positive positive) {
      TlsaOwnerName owner = TlsaOwnerName.smtp(host.name.toString(true));
      return new TlsRequirement.Dane(
          TlsaRrset.ofRdata(owner, positive.rrset().rdata()),
          ReferenceIdentifiers.of(host.name.toString(true)),
          MxSecurity.SECURE,
          "there are TLSA records");
    }
    return tlsa instanceof ValidationResult.Bogus
        ? new TlsRequirement.Avoid(TlsRequirement.Cause.TLSA_LOOKUP, tlsa.explanation())
        : new TlsRequirement.Opportunistic("there are none");
  }

  private static Look look(SimulatedHost host, Service service) {
    List<Octets> chain =
        host.identity.chain().stream()
            .map(
                certificate -> {
                  try {
                    return Octets.of(certificate.getEncoded());
                  } catch (java.security.cert.CertificateEncodingException e) {
                    throw new AssertionError(e);
                  }
                })
            .toList();
    String name = host.name.toString(true);
    Attempt.Result result =
        switch (service) {
          case DEAD ->
              new Attempt.Result.Failed(
                  Cause.CONNECT, "no connection", Optional.empty(), Optional.empty());
          case PLAIN -> new Attempt.Result.Ready(ChannelSecurity.PLAIN_TEXT, Optional.empty());
          case TLS ->
              new Attempt.Result.Ready(
                  ChannelSecurity.OPPORTUNISTIC_TLS,
                  Optional.of(
                      new TlsSession(
                          "TLSv1.3", "TLS_AES_128_GCM_SHA256", name, Optional.empty(), chain)));
        };
    return new Look(name, CertificateKeys.ANY, result);
  }

  private List<ZoneFacts> zones() {
    List<Question> hosts =
        MxMove.targets(cached(domain.mx())).stream()
            .flatMap(target -> domain.host(target.host()).stream())
            .flatMap(
                it ->
                    Stream.of(
                        new Question(it.name, Type.A),
                        new Question(it.name, Type.AAAA),
                        domain.tlsa(it)))
            .toList();
    List<Question> questions = new ArrayList<>(hosts);
    questions.add(domain.mx());
    return List.of(
        zone(domain.parent, List.of(domain.ds())),
        zone(domain.zone, questions),
        zone(domain.provider, hosts));
  }

  private ZoneFacts zone(SimulatedZone zone, List<Question> questions) {
    List<NameServerFacts> servers = new ArrayList<>();
    for (int i = 0; i < zone.servers(); i++) {
      List<ServerReply> replies = new ArrayList<>();
      replies.add(soa(zone, i));
      ServedAnswer keys = zone.answer(i, new Question(zone.apex, Type.DNSKEY), domain.now);
      replies.add(reply(keys));
      for (Question question : questions) {
        if (domain.zoneOf(question) == zone) {
          replies.add(reply(zone.answer(i, question, domain.now)));
        }
      }
      Name name = MxTarget.name("ns" + i + "." + zone.apex);
      servers.add(new NameServerFacts(name, Optional.of(address(i)), replies));
    }
    ValidationResult keys =
        new Secure(
            new Question(zone.apex, Type.DNSKEY),
            new Answer.NoData(zone.apex),
            List.of(),
            domain.now.plusSeconds(60),
            NO_PROOF);
    ValidationResult delegation =
        zone == domain.zone
            ? verdict(domain.ds())
            : new Secure(
                new Question(zone.apex, Type.DS),
                new Answer.NoData(zone.apex),
                List.of(),
                domain.now.plusSeconds(60),
                NO_PROOF);
    return new ZoneFacts(zone.apex, keys, Optional.of(delegation), servers);
  }

  private static InetAddress address(int server) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 203, 0, 114, (byte) (50 + server)});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private ServerReply soa(SimulatedZone zone, int server) {
    Question question = new Question(zone.apex, Type.SOA);
    String rdata = "ns. root. 1 2 3 4 " + zone.denialTtl();
    return reply(
        new ServedAnswer(
            question, zone.signing(server, domain.now), zone.denialTtl(), List.of(rdata)));
  }

  private ServerReply reply(ServedAnswer answer) {
    boolean signed = answer.signing() == Signing.SIGNED && !answer.isDenial();
    List<RRSIGRecord> signatures =
        signed
            ? List.of(
                new RRSIGRecord(
                    answer.question().name(),
                    DClass.IN,
                    answer.ttl(),
                    answer.question().type(),
                    13,
                    answer.ttl(),
                    domain.now.plusSeconds(864_000),
                    domain.now.minusSeconds(3600),
                    1,
                    domain.zoneOf(answer.question()).apex,
                    new byte[64]))
            : List.of();
    return new ServerReply.Response(
        answer.question(),
        Transport.UDP,
        Rcode.NOERROR,
        true,
        false,
        true,
        300,
        answer.isDenial() ? Optional.empty() : Optional.of(rrset(answer)),
        signatures);
  }
}
