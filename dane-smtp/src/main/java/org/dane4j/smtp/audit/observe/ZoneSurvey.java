// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.Inet6Address;
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
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.audit.observe.Errands.Errand;
import org.dane4j.smtp.internal.Answers;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Finds the zones in which names of interest lie, and asks their name servers about those names.
 * Three rounds of lookups: where zones begin; their keys and servers; the servers' addresses.
 */
final class ZoneSurvey {

  private static final int DNS_PORT = 53;

  /** Hosts with aliases have hardly so many; a domain may name hosts below 120 labels. */
  private static final int MOST_NAMES = 300;

  /** So many servers of the zone above are asked where a broken zone's own are. */
  private static final int REFERRERS = 3;

  private final Tools tools;
  private final List<Question> interests;
  private final Map<Question, ValidationResult> verdicts = new LinkedHashMap<>();
  private final Map<Name, Referral> referrals = new LinkedHashMap<>();

  ZoneSurvey(Tools tools, List<Question> interests) {
    this.tools = tools;
    this.interests = ZoneCuts.within(interests, MOST_NAMES);
  }

  List<ZoneFacts> run() {
    Set<Name> names = ZoneCuts.withAncestors(interests);
    ask("zones", questions(names, Type.SOA, Type.DS));
    List<Name> zones = ZoneCuts.find(names, verdicts);
    Map<Name, Set<Question>> matters = matters(zones);
    ask("keys of zones", questions(zones, Type.DNSKEY));
    ask("name servers of zones", questions(matters.keySet(), Type.NS));
    refer(matters.keySet(), zones);
    Set<Name> servers = new LinkedHashSet<>();
    matters.keySet().forEach(zone -> servers.addAll(servers(zone)));
    ask("addresses of name servers", questions(servers, Type.A, Type.AAAA));

    Map<Name, List<UnderWay>> surveys = new LinkedHashMap<>();
    matters.forEach((zone, questions) -> surveys.put(zone, start(zone, List.copyOf(questions))));
    return zones.stream().map(zone -> facts(zone, surveys.getOrDefault(zone, List.of()))).toList();
  }

  /** Where a zone does not tell its name servers, as a bogus one, the zone above is asked. */
  private void refer(Set<Name> matters, List<Name> zones) {
    Map<Name, Name> parents = new LinkedHashMap<>();
    for (Name zone : matters) {
      if (Answers.of(verdict(zone, Type.NS)).isEmpty()) {
        parents.put(zone, ZoneCuts.enclosing(new Name(zone, 1), zones));
      }
    }
    Set<Name> above = new LinkedHashSet<>(parents.values());
    above.removeIf(parent -> verdicts.containsKey(new Question(parent, Type.NS)));
    ask("name servers of the zones above", questions(above, Type.NS));
    Set<Name> servers = new LinkedHashSet<>();
    parents.values().forEach(parent -> servers.addAll(referrers(parent)));
    ask("addresses of their name servers", questions(servers, Type.A, Type.AAAA));
    Map<Name, Errand<Referral>> underWay = new LinkedHashMap<>();
    parents.forEach((zone, parent) -> underWay.put(zone, referral(zone, parent)));
    underWay.forEach((zone, errand) -> referrals.put(zone, errand.result()));
  }

  private List<Name> referrers(Name parent) {
    return servers(parent).stream().limit(REFERRERS).toList();
  }

  private Errand<Referral> referral(Name zone, Name parent) {
    List<InetAddress> addresses =
        referrers(parent).stream()
            .flatMap(server -> addresses(zone, server).stream())
            .filter(address -> tools.objection(address).isEmpty())
            .sorted(Comparator.comparing(address -> address instanceof Inet6Address))
            .limit(REFERRERS)
            .toList();
    return tools
        .errands()
        .start(
            "name servers of " + zone + ", by the zone above",
            () ->
                addresses.stream()
                    .flatMap(it -> ServerSurvey.referral(udp(it), zone).stream())
                    .findFirst()
                    .orElseGet(() -> Referral.none("the zone above does not tell them either")),
            Referral::none);
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

  /** Returns the name servers of a zone, no more than are asked: a zone may name thousands. */
  private List<Name> servers(Name zone) {
    return allServers(zone).stream().limit(tools.limits().serversPerZone()).toList();
  }

  private List<Name> allServers(Name zone) {
    Optional<Rrset> known = Answers.data(verdict(zone, Type.NS));
    Stream<Name> names =
        known.isPresent()
            ? known.get().records().stream()
                .filter(NSRecord.class::isInstance)
                .map(record -> ((NSRecord) record).getTarget())
            : referrals.getOrDefault(zone, Referral.none("")).names().stream();
    return names.distinct().sorted().toList();
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
    if (servers(zone).isEmpty()) {
      String why =
          "the zone's name servers are not known: "
              + explanation(zone, Type.NS)
              + " Besides, "
              + referrals.getOrDefault(zone, Referral.none("there are none")).why();
      all.add(unasked(zone, List.of(notAsked(new Question(zone, Type.NS), why))));
    }
    for (Name server : servers(zone)) {
      List<InetAddress> addresses = addresses(zone, server);
      if (addresses.isEmpty()) {
        all.add(unasked(server, withoutAddress(server, questions.get(0))));
      }
      int left = Math.max(0, tools.limits().serversPerZone() - all.size());
      for (InetAddress address : addresses.subList(0, Math.min(left, addresses.size()))) {
        Optional<String> objection = tools.objection(address);
        List<Errand<List<ServerReply>>> replies =
            Stream.of(Transport.values())
                .map(it -> start(server, address, new ServerSurvey(it, questions), objection))
                .toList();
        all.add(new UnderWay(server, Optional.of(address), replies));
      }
      if (left < addresses.size()) {
        all.add(leftOut(server, questions));
      }
    }
    allServers(zone).stream()
        .skip(servers(zone).size())
        .findFirst()
        .ifPresent(server -> all.add(leftOut(server, questions)));
    return all;
  }

  /** What is left out is not known, and does not agree with the others for that. */
  private UnderWay leftOut(Name server, List<Question> questions) {
    String why =
        "of the addresses of a zone's name servers no more than "
            + tools.limits().serversPerZone()
            + " are asked; with more, take some out of the NS records";
    return unasked(server, List.of(notAsked(questions.get(0), why)));
  }

  private String explanation(Name name, int type) {
    return verdict(name, type).explanation();
  }

  private List<InetAddress> addresses(Name zone, Name server) {
    List<InetAddress> addresses =
        Stream.of(Type.AAAA, Type.A)
            .flatMap(type -> Found.addresses(verdict(server, type)).stream())
            .sorted(Comparator.comparing(InetAddress::getHostAddress))
            .toList();
    return addresses.isEmpty()
        ? referrals.getOrDefault(zone, Referral.none("")).glue().getOrDefault(server, List.of())
        : addresses;
  }

  /** Nothing if the server is proven to have no address; otherwise that it is not known. */
  private List<ServerReply> withoutAddress(Name server, Question question) {
    return Stream.of(Type.A, Type.AAAA)
        .filter(type -> Answers.of(verdict(server, type)).isEmpty())
        .<ServerReply>map(type -> notAsked(question, explanation(server, type)))
        .toList();
  }

  private static NotAsked notAsked(Question question, String why) {
    return new NotAsked(question, Transport.UDP, why);
  }

  private UnderWay unasked(Name name, List<ServerReply> replies) {
    Errand<List<ServerReply>> known =
        tools.errands().start("name server " + name, () -> replies, why -> replies);
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
    return transport == Transport.UDP
        ? udp(address)
        : NameServerExchange.overTcp(real(address), tools.limits().queryTimeout());
  }

  private NameServerExchange udp(InetAddress address) {
    return NameServerExchange.overUdp(real(address), tools.limits().queryTimeout());
  }

  private InetSocketAddress real(InetAddress address) {
    return tools.nameServers().apply(new InetSocketAddress(address, DNS_PORT));
  }

  private ZoneFacts facts(Name zone, List<UnderWay> servers) {
    return new ZoneFacts(
        zone,
        verdict(zone, Type.DNSKEY),
        Optional.ofNullable(verdicts.get(new Question(zone, Type.DS))),
        servers.stream().map(UnderWay::facts).toList());
  }
}
