// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Whether all name servers of a zone answer, and say the same: a sender may ask any of them. */
final class NameServers {

  /** Several digests are written in full; nobody reads more. */
  private static final int MAX_TEXT = 500;

  private final ZoneFacts zone;
  private final Findings findings;

  private NameServers(ZoneFacts zone, Findings findings) {
    this.zone = zone;
    this.findings = findings;
  }

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.NAME_SERVERS);
    for (ZoneFacts zone : facts.zones()) {
      if (!zone.servers().isEmpty()) {
        Findings ofZone = new Findings(Check.NAME_SERVERS);
        NameServers check = new NameServers(zone, ofZone);
        zone.servers().forEach(check::inspectServer);
        check.inspectAgreement();
        ofZone.passIfSilent(
            zone.name().toString(), zone.servers().size() + " name server address(es) agree");
        ofZone.list().forEach(findings::add);
      }
    }
    return findings.list();
  }

  private void inspectServer(NameServerFacts server) {
    String subject = subject(server);
    if (server.address().isEmpty()) {
      findings.warn(
          subject,
          "the name server has no address",
          "Give it an address, or remove it from the NS records of " + zone.name() + ".");
      return;
    }
    Set<String> omissions = new LinkedHashSet<>();
    Set<String> faults = new LinkedHashSet<>();
    Set<String> remedies = new LinkedHashSet<>();
    for (ServerReply reply : server.replies()) {
      if (reply instanceof NotAsked omitted) {
        omissions.add(omitted.why());
      }
      fault(reply)
          .ifPresent(
              fault -> {
                faults.add(reply.question() + " by " + reply.transport() + ": " + fault.what);
                remedies.add(fault.remedy);
              });
    }
    if (faults.isEmpty() && !omissions.isEmpty()) {
      // What is not known is not sound.
      findings.info(
          subject,
          "it was not asked everything: " + String.join("; ", omissions),
          "Look from a machine that can reach it; what it says is not known.");
    }
    if (!faults.isEmpty()) {
      // The others answer: senders come through, but late, and not all of them.
      boolean some = zone.servers().stream().anyMatch(other -> isSound(other));
      findings.add(
          some || isForNobody(server) ? Severity.WARN : Severity.FAIL,
          subject,
          String.join("; ", faults),
          String.join(" ", remedies));
    }
  }

  /** RFC 7672 §2.2.2: in a zone that is not signed nobody asks for TLSA records. */
  private boolean isForNobody(NameServerFacts server) {
    return zone.keys() instanceof ValidationResult.Insecure
        && server.replies().stream()
            .filter(reply -> fault(reply).isPresent())
            .allMatch(reply -> reply.question().type() == Type.TLSA);
  }

  private static boolean isSound(NameServerFacts server) {
    return server.replies().stream().noneMatch(reply -> fault(reply).isPresent())
        && server.replies().stream().anyMatch(Response.class::isInstance);
  }

  /**
   * What is wrong about a reply.
   *
   * @param what the fault
   * @param remedy what to do
   */
  private record Fault(String what, String remedy) {}

  private static Optional<Fault> fault(ServerReply reply) {
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

  private void inspectAgreement() {
    Map<Question, Map<String, List<String>>> answers = new LinkedHashMap<>();
    for (NameServerFacts server : zone.servers()) {
      for (ServerReply reply : server.replies()) {
        if (fault(reply).isEmpty() && reply instanceof Response response && !response.truncated()) {
          answers
              .computeIfAbsent(reply.question(), question -> new LinkedHashMap<>())
              .computeIfAbsent(content(response), content -> new ArrayList<>())
              .add(subject(server) + " by " + reply.transport());
        }
      }
    }
    answers.forEach(
        (question, contents) -> {
          if (contents.size() > 1) {
            findings.warn(
                zone.name().toString(), disagreement(question, contents), remedy(question));
          }
        });
  }

  private static String disagreement(Question question, Map<String, List<String>> contents) {
    List<String> parts = new ArrayList<>();
    contents.forEach(
        (content, servers) ->
            parts.add(
                abbreviated(content) + " from " + String.join(", ", new LinkedHashSet<>(servers))));
    return "servers do not agree on " + question + ": " + String.join("; but ", parts);
  }

  private static String abbreviated(String content) {
    return content.length() <= MAX_TEXT ? content : content.substring(0, MAX_TEXT) + "…";
  }

  private static String remedy(Question question) {
    return question.type() == Type.SOA
        ? "See whether the zone is transferred to the servers that lag behind; wait, if it was changed"
            + " just now."
        : "Have all servers serve the same zone, signed: what a sender finds depends on which one its"
            + " resolver asks. Wait, if it was changed just now.";
  }

  /** What must be the same everywhere: the data, and whether they are signed. */
  private static String content(Response response) {
    if (response.rrset().isEmpty()) {
      return response.rcode() == Rcode.NXDOMAIN ? "no such name" : "no such records";
    }
    Rrset rrset = response.rrset().get();
    String signed = response.signatures().isEmpty() ? ", not signed" : ", signed";
    if (rrset.type() == Type.SOA) {
      return "serial " + serial(rrset) + signed;
    }
    List<String> data =
        rrset.rdata().stream().map(rdata -> text(rrset, rdata)).distinct().sorted().toList();
    return data.size()
        + " "
        + Type.string(rrset.type())
        + " record(s) "
        + String.join(", ", data)
        + signed;
  }

  private static String text(Rrset rrset, Octets rdata) {
    List<Record> readable = new Rrset(rrset.name(), rrset.type(), 0, List.of(rdata)).records();
    return readable.isEmpty() ? rdata.toHex() : readable.get(0).rdataToString();
  }

  private static String serial(Rrset rrset) {
    for (Record record : rrset.records()) {
      if (record instanceof SOARecord soa) {
        return String.valueOf(soa.getSerial());
      }
    }
    return "unreadable";
  }

  private static String subject(NameServerFacts server) {
    return server.name()
        + server
            .address()
            .map(InetAddress::getHostAddress)
            .map(address -> " (" + address + ")")
            .orElse("");
  }
}
