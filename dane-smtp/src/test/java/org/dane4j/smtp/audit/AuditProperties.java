// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.InsecureReason;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.report.AuditTree;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRrset;
import org.xbill.DNS.Type;

/** Whatever was observed, there is a report and no exception. */
class AuditProperties {

  private static final String HOST = "mx.d.test";

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void anyFacts_haveAReport(@ForAll("facts") DomainFacts facts) {
    AuditReport report = AuditReport.of(facts);
    assertThat(report.senders()).hasSize(SenderProfile.values().length);
    assertThat(AuditTree.of(report).toString()).contains(report.verdict().name());
    for (Topic topic : Topic.values()) {
      assertThat(report.only(topic).verdict()).isNotNull();
    }
  }

  /** What is not known is never taken for absent. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void tlsaLookupThatFails_neverPasses(@ForAll("results") ValidationResult any) {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(DomainDraft.CURRENT).tlsaLookup(any);
    if (Lookups.isFailure(any)) {
      assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.FAIL);
    }
  }

  @Provide
  Arbitrary<DomainFacts> facts() {
    Arbitrary<PolicyFacts> policies =
        Combinators.combine(results(), policies(), results()).as(PolicyFacts::new);
    return Combinators.combine(
            destinations(), zones().list().ofMaxSize(2), hosts().list().ofMaxSize(2), policies)
        .as(
            (destination, zones, hosts, policy) ->
                new DomainFacts(Dns.AT, Dns.name("d.test"), 25, destination, zones, hosts, policy));
  }

  private static Arbitrary<Octets> octets(int most) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(most).map(Octets::of);
  }

  /** RDATA of any form, and some of the right one. */
  private static Arbitrary<Rrset> rrsets() {
    Arbitrary<Octets> tlsa =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.integers().between(0, 2),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(0, 1, 20, 32, 64, 100))
            .as(
                (usage, selector, type, length) ->
                    Octets.of(
                        concat(
                            new byte[] {usage.byteValue(), selector.byteValue(), type.byteValue()},
                            new byte[length])));
    return Combinators.combine(
            Arbitraries.of(
                "d.test", HOST, "_25._tcp.mx.d.test", ".", "test", "_mta-sts.d.test", "_.d.test"),
            Arbitraries.of(
                Type.A, Type.AAAA, Type.MX, Type.TLSA, Type.TXT, Type.DNSKEY, Type.DS, Type.SOA),
            Arbitraries.longs().between(0, Integer.MAX_VALUE),
            Arbitraries.oneOf(octets(60), tlsa, texts()).list().ofMaxSize(3))
        .as((name, type, ttl, rdata) -> new Rrset(Dns.name(name), type, ttl, rdata));
  }

  /** Strings of TXT records that begin well. */
  private static Arbitrary<Octets> texts() {
    return Combinators.combine(
            Arbitraries.of("v=STSv1;", "v=TLSRPTv1;", "v=STSv1; id=1", "v=TLSRPTv1; rua="),
            Arbitraries.strings().ascii().ofMaxLength(30))
        .as(
            (begin, end) -> {
              byte[] text = (begin + end).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
              return Octets.of(concat(new byte[] {(byte) text.length}, text));
            });
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Provide
  Arbitrary<ValidationResult> results() {
    return Combinators.combine(
            rrsets(),
            Arbitraries.integers().between(0, 6),
            Arbitraries.of(BogusReason.class),
            Arbitraries.of(InsecureReason.class))
        .as(AuditProperties::result);
  }

  private static ValidationResult result(
      Rrset rrset, int kind, BogusReason bogus, InsecureReason insecure) {
    String name = rrset.name().toString();
    return switch (kind) {
      case 0, 1 -> Dns.secure(rrset);
      case 2 -> Dns.noData(name, rrset.type());
      case 3 -> Dns.insecure(insecure, name, rrset);
      case 4 -> Dns.insecureNoData(name, rrset.type());
      case 5 -> Dns.bogus(name, rrset.type(), bogus);
      default -> Dns.timeout(name, rrset.type());
    };
  }

  private Arbitrary<Destination> destinations() {
    return Combinators.combine(Arbitraries.integers().between(0, 4), results().list().ofMaxSize(2))
        .as(
            (kind, mx) ->
                switch (kind) {
                  case 0 -> new Destination.NullMx(DomainDraft.nextHop(), mx);
                  case 1 -> new Destination.NoSuchDomain(DomainDraft.nextHop(), mx);
                  case 2 -> new Destination.Undetermined(DomainDraft.nextHop(), "why", mx);
                  default -> new Destination.Hosts(DomainDraft.nextHop(), List.of(), mx);
                });
  }

  private Arbitrary<Optional<MtaStsPolicy>> policies() {
    Arbitrary<MtaStsPolicy> fetched =
        Combinators.combine(
                Arbitraries.of("enforce", "testing", "none", "", "x"),
                Arbitraries.longs(),
                Arbitraries.of("", "*", "*.", "*.d.test", HOST, ".").list().ofMaxSize(2))
            .as(MtaStsPolicy.Fetched::new);
    Arbitrary<MtaStsPolicy> failed = Arbitraries.just(new MtaStsPolicy.Failed("why"));
    return Arbitraries.oneOf(fetched, failed).optional();
  }

  private Arbitrary<ZoneFacts> zones() {
    return Combinators.combine(
            Arbitraries.of(".", "test", "d.test"),
            results(),
            results().optional(),
            servers().list().ofMaxSize(3))
        .as((name, keys, ds, servers) -> new ZoneFacts(Dns.name(name), keys, ds, servers));
  }

  private Arbitrary<NameServerFacts> servers() {
    return Combinators.combine(
            Arbitraries.of("ns1.d.test", "ns2.d.test", "."),
            Arbitraries.of(address("192.0.2.53"), address("2001:db8::53")).optional(),
            replies().list().ofMaxSize(4))
        .as((name, address, replies) -> new NameServerFacts(Dns.name(name), address, replies));
  }

  private Arbitrary<ServerReply> replies() {
    Arbitrary<Response> responses =
        Combinators.combine(
                rrsets(),
                Arbitraries.integers().between(0, 15),
                Arbitraries.of(Transport.class),
                Arbitraries.longs().between(-1_000_000, 1_000_000))
            .as(AuditProperties::response);
    return Arbitraries.oneOf(
        responses.map(response -> response),
        rrsets()
            .map(
                set ->
                    new ServerReply.Silence(
                        new Question(set.name(), set.type()), Transport.TCP, "why")),
        rrsets()
            .map(
                set ->
                    new ServerReply.NotAsked(
                        new Question(set.name(), set.type()), Transport.UDP, "why")));
  }

  private static Response response(Rrset rrset, int bits, Transport transport, long seconds) {
    Response sound = ZoneDraft.reply(rrset, Dns.AT.minusSeconds(60), Dns.AT.plusSeconds(seconds));
    return new Response(
        sound.question(),
        transport,
        bits & 7,
        (bits & 8) != 0,
        (bits & 4) != 0,
        (bits & 2) != 0,
        bits * 200,
        (bits & 1) != 0 ? Optional.of(rrset) : Optional.empty(),
        (bits & 3) != 0 ? sound.signatures() : List.of());
  }

  private Arbitrary<HostFacts> hosts() {
    Arbitrary<MxHost> host =
        Combinators.combine(
                Arbitraries.of(HOST, "192.0.2.1", "_x", "a b", ""),
                requirements(),
                results().list().ofMaxSize(3))
            .as(
                (name, requirement, lookups) ->
                    new MxHost(
                        new Endpoint(name, 25, TlsMode.STARTTLS),
                        10,
                        0,
                        List.of(address("192.0.2.1")),
                        requirement,
                        lookups));
    return Combinators.combine(
            host.filter(any -> !any.name().isEmpty()),
            results().list().ofMaxSize(2),
            results().list().ofMaxSize(2),
            results().list().ofMaxSize(2),
            addresses().list().ofMaxSize(2))
        .as(HostFacts::new);
  }

  private static Arbitrary<TlsRequirement> requirements() {
    TlsaOwnerName owner = TlsaOwnerName.smtp(HOST);
    Arbitrary<TlsaRrset> tlsa =
        rrsets()
            .filter(set -> !set.rdata().isEmpty())
            .map(set -> TlsaRrset.ofRdata(owner, set.rdata()));
    return Arbitraries.oneOf(
        tlsa.map(
            set ->
                new TlsRequirement.Dane(
                    set, ReferenceIdentifiers.of(HOST), MxSecurity.SECURE, "why")),
        tlsa.map(set -> new TlsRequirement.Encrypt(set, "why")),
        Arbitraries.just(new TlsRequirement.Opportunistic("why")),
        Arbitraries.of(TlsRequirement.Cause.class).map(cause -> new Avoid(cause, "why")));
  }

  private static Arbitrary<AddressFacts> addresses() {
    Arbitrary<Result> results =
        Arbitraries.oneOf(
            octets(200).list().ofMaxSize(3).map(chain -> HostDraft.tls("TLSv1.2", chain)),
            Arbitraries.just(HostDraft.tls(DomainDraft.CURRENT)),
            Arbitraries.just(HostDraft.plainText()),
            Arbitraries.of(Cause.class).map(HostDraft::failed));
    Arbitrary<Look> looks =
        Combinators.combine(
                Arbitraries.of("", HOST, "other"), Arbitraries.of(CertificateKeys.class), results)
            .as(Look::new);
    return Combinators.combine(
            looks.list().ofMaxSize(3), Arbitraries.of("why").optional(), Arbitraries.of(1, 2))
        .as(
            (seen, omission, number) ->
                new AddressFacts(
                    number == 1
                        ? new InetSocketAddress(address("192.0.2.1"), 25)
                        : InetSocketAddress.createUnresolved("x.test", 25),
                    seen,
                    omission));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
