// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.NameServerFacts;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.audit.observe.Errands.Errand;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Finds the zones in which names of interest lie, and asks their name servers about those names.
 * Three rounds of lookups: where zones begin; their keys and servers; the servers' addresses.
 */
final class ZoneSurvey {

  private static final int DNS_PORT = 53;

  private final Tools tools;
  private final List<Question> interests;
  private final Map<Question, ValidationResult> verdicts = new LinkedHashMap<>();

  ZoneSurvey(Tools tools, List<Question> interests) {
    this.tools = tools;
    this.interests = interests;
  }

  List<ZoneFacts> run() {
    Set<Name> names = ZoneCuts.withAncestors(interests);
    ask("zones", questions(names, Type.SOA, Type.DS));
    List<Name> zones = ZoneCuts.find(names, verdicts);
    Map<Name, Set<Question>> matters = matters(zones);
    ask("keys of zones", questions(zones, Type.DNSKEY));
    ask("name servers of zones", questions(matters.keySet(), Type.NS));
    Set<Name> servers = new LinkedHashSet<>();
    matters.keySet().forEach(zone -> servers.addAll(servers(zone)));
    ask("addresses of name servers", questions(servers, Type.A, Type.AAAA));

    Map<Name, List<UnderWay>> surveys = new LinkedHashMap<>();
    matters.forEach((zone, questions) -> surveys.put(zone, start(zone, List.copyOf(questions))));
    return zones.stream().map(zone -> facts(zone, surveys.getOrDefault(zone, List.of()))).toList();
  }

  private static List<Question> questions(Iterable<Name> names, int... types) {
    List<Question> questions = new ArrayList<>();
    for (Name name : names) {
      for (int type : types) {
        // The root has no parent that could have a DS for it.
        if (type != Type.DS || !name.equals(Name.root)) {
          questions.add(new Question(name, type));
        }
      }
    }
    return questions;
  }

  private void ask(String step, List<Question> questions) {
    List<ValidationResult> results = tools.lookUp(step, questions).result();
    for (int i = 0; i < questions.size(); i++) {
      verdicts.put(questions.get(i), results.get(i));
    }
  }

  private ValidationResult verdict(Name name, int type) {
    return Objects.requireNonNull(verdicts.get(new Question(name, type)));
  }

  /**
   * Returns what to ask the servers of each zone; the root and top-level domains are left alone.
   */
  private Map<Name, Set<Question>> matters(List<Name> zones) {
    Map<Name, Set<Question>> matters = new LinkedHashMap<>();
    interests.forEach(it -> add(matters, ZoneCuts.enclosing(it.name(), zones), it));
    // RFC 4035 §3.1.4.1: whether a zone is signed is for the servers of its parent to say.
    for (Name zone : List.copyOf(matters.keySet())) {
      add(matters, ZoneCuts.enclosing(new Name(zone, 1), zones), new Question(zone, Type.DS));
    }
    return matters;
  }

  private static void add(Map<Name, Set<Question>> matters, Name zone, Question question) {
    if (zone.labels() > 2) {
      matters
          .computeIfAbsent(
              zone, it -> new LinkedHashSet<>(questions(List.of(it), Type.SOA, Type.DNSKEY)))
          .add(question);
    }
  }

  private List<Name> servers(Name zone) {
    return Verdicts.rrset(verdict(zone, Type.NS)).map(Rrset::records).orElse(List.of()).stream()
        .filter(NSRecord.class::isInstance)
        .map(record -> ((NSRecord) record).getTarget())
        .sorted()
        .toList();
  }

  /** One address of a name server, and what is under way to it. */
  private record UnderWay(
      Name name, Optional<InetAddress> address, List<Errand<List<ServerReply>>> replies) {

    NameServerFacts facts() {
      return new NameServerFacts(
          name, address, replies.stream().flatMap(it -> it.result().stream()).toList());
    }
  }

  private List<UnderWay> start(Name zone, List<Question> questions) {
    List<UnderWay> all = new ArrayList<>();
    boolean reachable = Verdicts.answer(verdict(zone, Type.DNSKEY)).isPresent();
    // Where the keys have no sound verdict either, that says it all.
    if (servers(zone).isEmpty() && reachable) {
      String why = "the zone's name servers are not known: " + explanation(zone, Type.NS);
      all.add(unasked(zone, new Silence(new Question(zone, Type.NS), Transport.UDP, why)));
    }
    for (Name server : servers(zone)) {
      List<InetAddress> addresses = addresses(server);
      if (addresses.isEmpty()) {
        String why = explanation(server, Type.A) + " " + explanation(server, Type.AAAA);
        all.add(unasked(server, new Silence(questions.get(0), Transport.UDP, why)));
      }
      for (InetAddress address : addresses) {
        Optional<String> objection =
            all.size() < tools.limits().serversPerZone()
                ? tools.objection(address)
                : Optional.of("the zone has more name servers than are asked");
        List<Errand<List<ServerReply>>> replies =
            Stream.of(Transport.values())
                .map(it -> start(server, address, new ServerSurvey(it, questions), objection))
                .toList();
        all.add(new UnderWay(server, Optional.of(address), replies));
      }
    }
    return all;
  }

  private String explanation(Name name, int type) {
    return verdict(name, type).explanation();
  }

  private List<InetAddress> addresses(Name server) {
    return Stream.of(Type.AAAA, Type.A)
        .flatMap(type -> Verdicts.addresses(verdict(server, type)).stream())
        .sorted(Comparator.comparing(InetAddress::getHostAddress))
        .toList();
  }

  private UnderWay unasked(Name name, ServerReply reply) {
    Errand<List<ServerReply>> known =
        tools.errands().start("name server " + name, () -> List.of(reply), why -> List.of(reply));
    return new UnderWay(name, Optional.empty(), List.of(known));
  }

  private Errand<List<ServerReply>> start(
      Name server, InetAddress address, ServerSurvey survey, Optional<String> objection) {
    Transport transport = survey.transport();
    String step =
        "name server " + server + " (" + address.getHostAddress() + ", " + transport + ")";
    return tools
        .errands()
        .start(
            step,
            () ->
                objection.isPresent()
                    ? survey.soFar(objection.get())
                    : survey.run(exchange(address, transport)),
            survey::soFar);
  }

  private NameServerExchange exchange(InetAddress address, Transport transport) {
    InetSocketAddress real = tools.nameServers().apply(new InetSocketAddress(address, DNS_PORT));
    return transport == Transport.UDP
        ? NameServerExchange.overUdp(real, tools.limits().queryTimeout())
        : NameServerExchange.overTcp(real, tools.limits().queryTimeout());
  }

  private ZoneFacts facts(Name zone, List<UnderWay> servers) {
    return new ZoneFacts(
        zone,
        verdict(zone, Type.DNSKEY),
        Optional.ofNullable(verdicts.get(new Question(zone, Type.DS))),
        servers.stream().map(UnderWay::facts).toList());
  }
}
