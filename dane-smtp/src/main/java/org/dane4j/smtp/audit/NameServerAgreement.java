// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Whether the name servers of a zone that answer say the same. */
final class NameServerAgreement {

  /** Several digests are written in full; nobody reads more. */
  private static final int MAX_TEXT = 500;

  private static final String NONE = "no such ";
  private static final String SIGNED = ", signed";

  private final ZoneFacts zone;
  private final Findings findings = new Findings(Check.NAME_SERVERS);

  NameServerAgreement(ZoneFacts zone) {
    this.zone = zone;
  }

  List<Finding> list() {
    Map<Question, Map<String, List<String>>> answers = new LinkedHashMap<>();
    for (NameServerFacts server : zone.servers()) {
      for (ServerReply reply : server.replies()) {
        if (NameServers.fault(reply).isEmpty()
            && reply instanceof Response response
            && !response.truncated()) {
          answers
              .computeIfAbsent(reply.question(), question -> new LinkedHashMap<>())
              .computeIfAbsent(content(response), content -> new ArrayList<>())
              .add(NameServers.subject(server) + " by " + reply.transport());
        }
      }
    }
    answers.forEach(
        (question, contents) -> {
          if (contents.size() > 1) {
            boolean meant = isBalanced(question, contents.keySet());
            findings.add(
                meant ? Severity.INFO : Severity.WARN,
                zone.name().toString(),
                disagreement(question, contents),
                meant
                    ? "Nothing, if load is shared so: each address is a mail host."
                    : remedy(question));
          }
        });
    return findings.list();
  }

  /** Addresses that differ share load; but all are there, and signed alike. */
  private static boolean isBalanced(Question question, Set<String> contents) {
    return (question.type() == Type.A || question.type() == Type.AAAA)
        && contents.stream().noneMatch(content -> content.startsWith(NONE))
        && contents.stream().map(content -> content.endsWith(SIGNED)).distinct().count() == 1;
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
      return NONE + (response.rcode() == Rcode.NXDOMAIN ? "name" : "records");
    }
    Rrset rrset = response.rrset().get();
    String signed = response.signatures().isEmpty() ? ", not signed" : SIGNED;
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
}
