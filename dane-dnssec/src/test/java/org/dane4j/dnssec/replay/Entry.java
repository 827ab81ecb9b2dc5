// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * A message of a replay file, with the conditions under which it is sent or accepted.
 *
 * @param match the words behind MATCH
 * @param reply the words behind REPLY: flags and a response code
 * @param question name and type; the root's A record if the entry has none
 */
record Entry(Set<String> match, Set<String> reply, Query question, int dclass, Sections sections) {

  /** The question section. */
  record Query(Name name, int type) {
    @Override
    public String toString() {
      return name + " " + Type.string(type);
    }
  }

  /** The other sections. */
  record Sections(List<Rr> answer, List<Rr> authority, List<Rr> additional) {
    Stream<Rr> all() {
      return Stream.of(answer, authority, additional).flatMap(List::stream);
    }
  }

  boolean isInternet() {
    return dclass == DClass.IN;
  }

  boolean has(String flag) {
    return reply.contains(flag);
  }

  int rcode() {
    for (String word : reply) {
      int rcode = word.equals("NOTIMPL") ? Rcode.NOTIMP : Rcode.value(word);
      if (rcode >= 0) {
        return rcode;
      }
    }
    return Rcode.NOERROR;
  }

  /** Whether one of these words stands behind MATCH. */
  boolean matches(String... words) {
    for (String word : words) {
      if (match.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this entry answers a query; what does not concern a resolver's query is not asked. */
  boolean answers(Query query) {
    Name name = question.name();
    boolean sameName = name.equals(query.name());
    boolean below = matches("subdomain") && query.name().subdomain(name);
    boolean typeMatters = matches("qtype", "question", "all", "answer");
    return isInternet()
        && !has("TC")
        && !matches("ednsdata")
        && (sameName || below)
        && (!typeMatters || question.type() == query.type());
  }

  /** Whether it is for queries without EDNS, which a resolver sends if others fail. */
  boolean isLastResort() {
    return matches("noedns");
  }

  /** Whether it names the servers of a zone, and nothing else. */
  boolean isReferral() {
    boolean hasNs = sections.authority().stream().anyMatch(rr -> rr.type() == Type.NS);
    boolean hasSoa = sections.authority().stream().anyMatch(rr -> rr.type() == Type.SOA);
    boolean isEmpty = sections.answer().isEmpty() && rcode() == Rcode.NOERROR;
    return isEmpty && hasNs && !hasSoa;
  }

  /** The extended error that a check asks for: a number, or "any"; empty if it asks for none. */
  String extendedError() {
    for (String word : match) {
      if (word.startsWith("ede=")) {
        return word.substring(4);
      }
    }
    return "";
  }

  @Override
  public String toString() {
    return question + " -> " + new TreeSet<>(reply);
  }
}
