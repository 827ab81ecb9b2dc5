// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.internal.Answers;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Whether all name servers of a zone answer, and say the same: a sender may ask any of them. */
final class NameServers {

  private final ZoneFacts zone;
  private final Findings findings = new Findings(Check.NAME_SERVERS);

  /** What some server answers well: resolvers find it in the end. */
  private final Set<Question> answered = new HashSet<>();

  private NameServers(ZoneFacts zone) {
    this.zone = zone;
    replies(Response.class).stream()
        .filter(response -> fault(response).isEmpty() && !response.truncated())
        .forEach(response -> answered.add(response.question()));
  }

  static List<Finding> findings(DomainFacts facts) {
    return facts.zones().stream()
        .filter(zone -> !zone.servers().isEmpty())
        .flatMap(zone -> new NameServers(zone).inspect().stream())
        .toList();
  }

  private <T extends ServerReply> List<T> replies(Class<T> kind) {
    return zone.servers().stream()
        .flatMap(server -> server.replies().stream())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private List<Finding> inspect() {
    String name = zone.name().toString();
    boolean silent = replies(Response.class).isEmpty() && !replies(Silence.class).isEmpty();
    if (silent && Answers.of(zone.keys()).isPresent()) {
      // The resolver has answers, so that it may be the way from here.
      findings.error(
          name,
          "none of its name servers answers this machine: "
              + replies(Silence.class).stream()
                  .map(Silence::why)
                  .distinct()
                  .collect(Collectors.joining("; ")),
          "Look from a machine that may ask name servers directly, at port 53; what they say is not"
              + " known.");
      return findings.list();
    }
    zone.servers().forEach(this::inspectServer);
    new NameServerAgreement(zone).list().forEach(findings::add);
    findings.passIfSilent(name, zone.servers().size() + " name server address(es) agree");
    return findings.list();
  }

  private void inspectServer(NameServerFacts server) {
    String subject = subject(server);
    Set<String> omissions =
        server.replies().stream()
            .filter(NotAsked.class::isInstance)
            .map(reply -> ((NotAsked) reply).why())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (server.address().isEmpty()) {
      inspectWithoutAddress(subject, omissions);
      return;
    }
    Set<String> faults = new LinkedHashSet<>();
    Set<String> remedies = new LinkedHashSet<>();
    Severity worst = Severity.WARN;
    for (ServerReply reply : server.replies()) {
      Optional<Fault> fault = fault(reply).or(() -> cutOff(reply, server));
      if (fault.isPresent()) {
        faults.add(reply.question() + " by " + reply.transport() + ": " + fault.get().what);
        remedies.add(fault.get().remedy);
        worst = isFatal(reply) ? Severity.FAIL : worst;
      }
    }
    if (!faults.isEmpty()) {
      findings.add(worst, subject, String.join("; ", faults), String.join(" ", remedies));
    } else if (!omissions.isEmpty()) {
      // What is not known is not sound.
      findings.info(
          subject,
          "it was not asked everything: " + String.join("; ", omissions),
          "Look from a machine that can reach it; what it says is not known.");
    }
  }

  /** What is cut off in a datagram is to be had by TCP only, which the server does not answer. */
  private static Optional<Fault> cutOff(ServerReply reply, NameServerFacts server) {
    List<ServerReply> byTcp =
        server.replies().stream()
            .filter(other -> other.transport() == ServerReply.Transport.TCP)
            .toList();
    return reply instanceof Response response
            && response.truncated()
            && byTcp.stream().anyMatch(Silence.class::isInstance)
            && byTcp.stream().noneMatch(Response.class::isInstance)
        ? Optional.of(
            new Fault(
                "the response is cut off, and by TCP, where the whole would be, the server is silent",
                "Until it answers by TCP, publish fewer and shorter records, such as digests, which fit"
                    + " into a datagram (RFC 7671 §10.1)."))
        : Optional.empty();
  }

  private void inspectWithoutAddress(String subject, Set<String> omissions) {
    if (omissions.isEmpty()) {
      findings.warn(
          subject,
          "the name server has no address",
          "Give it an address, or remove it from the NS records of " + zone.name() + ".");
    } else {
      findings.warn(
          subject,
          "it was not asked: " + String.join("; ", omissions),
          "Have the names of name servers and their addresses answered for, and look again.");
    }
  }

  /** Where no other server has the answer; and somebody asks. */
  private boolean isFatal(ServerReply reply) {
    return !answered.contains(reply.question()) && !isForNobody(reply);
  }

  /** RFC 7672 §2.2.2: who asks an unsigned zone wants no TLSA records, keys, or signatures. */
  private boolean isForNobody(ServerReply reply) {
    return zone.keys() instanceof ValidationResult.Insecure
        && (Set.of(Type.TLSA, Type.DNSKEY, Type.DS).contains(reply.question().type())
            || (reply instanceof Response response
                && response.authoritative()
                && response.rcode() == Rcode.NOERROR
                && !response.edns()));
  }

  /**
   * What is wrong about a reply.
   *
   * @param what the fault
   * @param remedy what to do
   */
  record Fault(String what, String remedy) {}

  static Optional<Fault> fault(ServerReply reply) {
    if (reply instanceof Silence silence) {
      return Optional.of(
          new Fault(
              silence.why(),
              "Have the server answer this question, by UDP and by TCP (RFC 7766 §5), and no firewall"
                  + " drop it."));
    }
    if (!(reply instanceof Response response)) {
      return Optional.empty();
    }
    if (response.rcode() != Rcode.NOERROR && response.rcode() != Rcode.NXDOMAIN) {
      String type = Type.string(response.question().type());
      return Optional.of(
          new Fault(
              Rcode.string(response.rcode()),
              "Have the server answer questions for the type "
                  + type
                  + ", also where there are no such records: new software does (RFC 3597 §3)."));
    } else if (!response.authoritative()) {
      return Optional.of(
          new Fault(
              "the answer is not authoritative",
              "Load the zone into this server, or remove it from the NS records (RFC 1912 §2.8)."));
    } else if (!response.edns()) {
      return Optional.of(
          new Fault(
              "there is no EDNS in the response",
              "Have the server speak EDNS: without it there is no DNSSEC (RFC 6891, RFC 4035 §3)."));
    } else if (response.truncated() && response.transport() == ServerReply.Transport.TCP) {
      return Optional.of(
          new Fault("the response is cut off", "Have the server send it whole by TCP (RFC 7766)."));
    }
    return Optional.empty();
  }

  static String subject(NameServerFacts server) {
    return server.name()
        + server
            .address()
            .map(InetAddress::getHostAddress)
            .map(address -> " (" + address + ")")
            .orElse("");
  }
}
