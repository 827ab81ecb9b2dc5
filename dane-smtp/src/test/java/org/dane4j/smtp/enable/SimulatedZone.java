// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A zone on several name servers, each of which gets every change after a time of its own. */
final class SimulatedZone {

  final Name apex;
  private final long denialTtl;
  private final List<List<Copy>> servers = new ArrayList<>();

  /** What a server has from some time on. */
  private record Copy(Instant from, Signing signing, Map<Question, Data> data) {}

  private record Data(long ttl, List<String> rdata) {}

  SimulatedZone(String apex, int servers, Signing signing, long denialTtl) {
    this.apex = MxTarget.name(apex);
    this.denialTtl = denialTtl;
    for (int i = 0; i < servers; i++) {
      List<Copy> copies = new ArrayList<>();
      copies.add(new Copy(Instant.MIN, signing, Map.of()));
      this.servers.add(copies);
    }
  }

  long denialTtl() {
    return denialTtl;
  }

  int servers() {
    return servers.size();
  }

  /** Puts records in from the beginning. */
  void initially(Name name, int type, long ttl, String... rdata) {
    for (List<Copy> copies : servers) {
      Map<Question, Data> data = new LinkedHashMap<>(copies.get(0).data());
      data.put(new Question(name, type), new Data(ttl, List.of(rdata)));
      copies.set(0, new Copy(Instant.MIN, copies.get(0).signing(), data));
    }
  }

  /** Changes an RRset; each server has it at the time that {@code when} says for it. */
  void change(List<String> remove, List<String> publish, Supplier<Instant> when) {
    for (List<Copy> copies : servers) {
      Copy last = copies.get(copies.size() - 1);
      Map<Question, Data> data = new LinkedHashMap<>(last.data());
      remove.forEach(line -> edit(data, line, Edit.REMOVE));
      publish.forEach(line -> edit(data, line, Edit.PUBLISH));
      add(copies, new Copy(when.get(), last.signing(), data));
    }
  }

  void sign(Signing signing, Supplier<Instant> when) {
    for (List<Copy> copies : servers) {
      add(copies, new Copy(when.get(), signing, copies.get(copies.size() - 1).data()));
    }
  }

  /** A transfer does not overtake another. */
  private static void add(List<Copy> copies, Copy copy) {
    Instant last = copies.get(copies.size() - 1).from();
    copies.add(
        new Copy(copy.from().isBefore(last) ? last : copy.from(), copy.signing(), copy.data()));
  }

  private enum Edit {
    REMOVE,
    PUBLISH
  }

  private static void edit(Map<Question, Data> data, String line, Edit edit) {
    String[] parts = line.split(" ", 5);
    Question question = new Question(MxTarget.name(parts[0]), Type.value(parts[3]));
    Data before = data.getOrDefault(question, new Data(0, List.of()));
    Set<String> rdata = new LinkedHashSet<>(before.rdata());
    rdata.remove(parts[4]);
    if (edit == Edit.PUBLISH) {
      rdata.add(parts[4]);
    }
    long ttl = edit == Edit.PUBLISH ? Long.parseLong(parts[1]) : before.ttl();
    data.put(question, new Data(ttl, List.copyOf(rdata)));
  }

  /** Returns what a server says. */
  ServedAnswer answer(int server, Question question, Instant now) {
    List<Copy> copies = servers.get(server);
    Copy current = copies.get(0);
    for (Copy copy : copies) {
      current = copy.from().isAfter(now) ? current : copy;
    }
    return answer(current, question);
  }

  Signing signing(int server, Instant now) {
    return answer(server, new Question(apex, Type.SOA), now).signing();
  }

  private ServedAnswer answer(Copy copy, Question question) {
    Data data = copy.data().getOrDefault(question, new Data(0, List.of()));
    long ttl = data.rdata().isEmpty() ? denialTtl : data.ttl();
    return new ServedAnswer(question, copy.signing(), ttl, data.rdata());
  }

  /** Returns all that a resolver may hold: each answer of each server until its TTL is over. */
  Set<ServedAnswer> held(Question question, Instant now) {
    Set<ServedAnswer> held = new LinkedHashSet<>();
    for (List<Copy> copies : servers) {
      for (int i = 0; i < copies.size(); i++) {
        if (copies.get(i).from().isAfter(now)) {
          break;
        }
        ServedAnswer answer = answer(copies.get(i), question);
        boolean current = i + 1 == copies.size() || copies.get(i + 1).from().isAfter(now);
        boolean neverServed =
            i + 1 < copies.size() && copies.get(i + 1).from().equals(copies.get(i).from());
        if (current
            || (!neverServed && copies.get(i + 1).from().plusSeconds(answer.ttl()).isAfter(now))) {
          held.add(answer);
        }
      }
    }
    return held;
  }

  /** Returns when no change is on its way any more. */
  Instant settled(Instant now) {
    return changes(now, Instant.MAX).stream().reduce(now, (first, last) -> last);
  }

  /** Returns the times at which a server changes, after a time and until another. */
  List<Instant> changes(Instant after, Instant until) {
    return servers.stream()
        .flatMap(List::stream)
        .map(Copy::from)
        .filter(from -> from.isAfter(after) && !from.isAfter(until))
        .distinct()
        .sorted()
        .toList();
  }
}
