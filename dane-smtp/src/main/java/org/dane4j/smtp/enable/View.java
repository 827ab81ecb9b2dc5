// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.internal.Answers;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The domain as it is seen now, together with what resolvers may hold of it. */
final class View {

  /** What decides how mail goes; a resolver's copy of anything else does no harm. */
  private static final Set<Integer> REMEMBERED =
      Set.of(Type.MX, Type.A, Type.AAAA, Type.TLSA, Type.DS);

  /**
   * How long DS records are held at most, where their own TTL cannot be seen. It should be that of
   * the delegation (RFC 4034 §5), for which top-level domains have two days at most.
   */
  private static final long LONGEST_DELEGATION = 172_800;

  private static final int SHA_256 = 2;

  /** A flag of DNSKEY records (RFC 5011 §7). */
  private static final int REVOKE = 0x80;

  final EnablementState state;
  final EnablementPlan plan;
  final DomainFacts facts;
  final Memory memory;
  final List<HostSight> hosts;
  private final ServerAnswers servers;

  View(EnablementState before, DomainFacts facts, Instant now) {
    this.facts = facts;
    this.plan = before.plan();
    this.servers = new ServerAnswers(facts);
    this.hosts = facts.hosts().stream().map(host -> new HostSight(facts, host)).toList();
    Memory seen = new Memory(before.held()).after(looks(), now);
    // A server has the whole zone signed or none of it, also at names that were not asked about.
    this.memory =
        isSignedEverywhere()
            ? seen.without(answer -> answer.isUnsigned() && isInDomainZone(answer.question()), now)
            : seen;
    this.state = before.looked(now, memory.held());
  }

  private View(View view, EnablementState state) {
    this.facts = view.facts;
    this.plan = view.plan;
    this.servers = view.servers;
    this.hosts = view.hosts;
    this.memory = view.memory;
    this.state = state;
  }

  /** Returns the same view from another stage. */
  View with(EnablementState next) {
    return new View(this, next);
  }

  private List<Observed> looks() {
    Set<Question> questions = new LinkedHashSet<>();
    for (ZoneFacts zone : facts.zones()) {
      zone.servers().stream()
          .flatMap(server -> server.replies().stream())
          .map(ServerReply::question)
          .filter(question -> REMEMBERED.contains(question.type()))
          .filter(question -> servers.zoneOf(question).filter(zone::equals).isPresent())
          .forEach(questions::add);
    }
    questions.add(dsQuestion());
    return questions.stream().map(this::observed).toList();
  }

  Observed observed(Question question) {
    Observed observed = servers.observed(question);
    boolean unasked = observed.answers().isEmpty() && observed.problems().isEmpty();
    return unasked && question.equals(dsQuestion()) ? delegationByVerdict() : observed;
  }

  /** Top-level domains are not asked directly: what validation saw of the delegation has to do. */
  private Observed delegationByVerdict() {
    Optional<ServedAnswer> answer =
        domainZone()
            .flatMap(ZoneFacts::delegation)
            .flatMap(Answers::of)
            .map(
                found ->
                    found instanceof Answer.Positive positive
                        ? positiveDelegation(positive.rrset())
                        : new ServedAnswer(
                            dsQuestion(), Signing.SIGNED, ServerAnswers.LONGEST_DENIAL, List.of()));
    return new Observed(
        dsQuestion(),
        answer.map(it -> new Observed.ByServer("the parent", it)).stream().toList(),
        answer.isPresent() ? List.of() : List.of("the parent: the DS records are not known"));
  }

  /** A resolver counts the TTL down; what is seen is not longer than what it was. */
  private ServedAnswer positiveDelegation(Rrset rrset) {
    ServedAnswer seen = ServerAnswers.positive(dsQuestion(), rrset, List.of());
    return new ServedAnswer(
        dsQuestion(), Signing.SIGNED, Math.max(LONGEST_DELEGATION, rrset.ttl()), seen.rdata());
  }

  Observed mx() {
    return observed(mxQuestion());
  }

  Question mxQuestion() {
    return new Question(plan.domain(), Type.MX);
  }

  Question dsQuestion() {
    return new Question(zoneName(), Type.DS);
  }

  Optional<ZoneFacts> domainZone() {
    return servers.zoneOf(mxQuestion());
  }

  Name zoneName() {
    return domainZone().map(ZoneFacts::name).orElse(plan.domain());
  }

  /** Whether a question is answered by the domain's own zone. */
  boolean isInDomainZone(Question question) {
    return servers.zoneOf(question).map(ZoneFacts::name).filter(zoneName()::equals).isPresent();
  }

  /** Returns all answers that the servers of the domain's zone give about mail. */
  List<Observed> inDomainZone() {
    return domainZone().stream()
        .flatMap(zone -> zone.servers().stream())
        .flatMap(server -> server.replies().stream())
        .map(ServerReply::question)
        .distinct()
        .filter(this::isInDomainZone)
        .map(this::observed)
        .toList();
  }

  private boolean isSignedEverywhere() {
    List<Observed> answers = inDomainZone();
    return !answers.isEmpty()
        && answers.stream().allMatch(it -> it.everywhere(answer -> !answer.isUnsigned()));
  }

  Optional<HostSight> host(Name name) {
    return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /** Returns the verdict on the MX records, if there is one. */
  Optional<ValidationResult> mxVerdict() {
    return facts.mx();
  }

  boolean isMxSecure() {
    return mxVerdict().filter(Secure.class::isInstance).isPresent();
  }

  boolean isMxBogus() {
    return mxVerdict().filter(Bogus.class::isInstance).isPresent();
  }

  /** Whether the parent has DS records, as far as was seen. */
  boolean hasDelegation() {
    return observed(dsQuestion()).anywhere(answer -> !answer.isDenial());
  }

  /** Whether resolvers may hold DS records, or the parent still has them. */
  boolean mayHoldDelegation() {
    return !memory
        .unwanted(answer -> answer.question().equals(dsQuestion()) && !answer.isDenial())
        .isEmpty();
  }

  /** Whether the zone above is proven to be unsigned. */
  boolean isParentInsecure() {
    return domainZone()
        .flatMap(ZoneFacts::delegation)
        .filter(Insecure.class::isInstance)
        .isPresent();
  }

  /** Returns the answers of the domain's zone that resolvers may hold without signatures. */
  List<CachedAnswer> unsignedHeld() {
    return memory.unwanted(answer -> answer.isUnsigned() && isInDomainZone(answer.question()));
  }

  /** Returns {@code , until ...} for answers that all have an end. */
  String until(List<CachedAnswer> held) {
    boolean known = held.stream().allMatch(it -> it.until().isPresent());
    return known
        ? held.stream()
            .flatMap(it -> it.until().stream())
            .max(Comparator.naturalOrder())
            .map(instant -> ", until " + instant)
            .orElse("")
        : "";
  }

  /** Returns the DS records to publish, in zone-file form; none unless all servers agree. */
  List<String> dsLines() {
    Observed keys = observed(new Question(zoneName(), Type.DNSKEY));
    if (keys.distinct().size() != 1) {
      return List.of();
    }
    return keys.distinct().iterator().next().rdata().stream()
        .flatMap(rdata -> dnskey(rdata).stream())
        .filter(key -> isEntry(key.getFlags()))
        .map(key -> new DSRecord(zoneName(), DClass.IN, plan.ttls().atRest(), SHA_256, key))
        .map(DSRecord::rdataToString)
        .map(ds -> ds.toLowerCase(Locale.ROOT))
        .map(ds -> ServerAnswers.line(zoneName(), plan.ttls().atRest(), Type.DS, ds))
        .toList();
  }

  /** RFC 4034 §2.1.1, RFC 5011 §2.1: a key for zones that is meant for DS records, not revoked. */
  private static boolean isEntry(int flags) {
    int entry = DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY;
    return (flags & (entry | REVOKE)) == entry;
  }

  private Optional<DNSKEYRecord> dnskey(String rdata) {
    try {
      Record record = Record.fromString(zoneName(), Type.DNSKEY, DClass.IN, 0, rdata, Name.root);
      return Optional.of((DNSKEYRecord) record);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
