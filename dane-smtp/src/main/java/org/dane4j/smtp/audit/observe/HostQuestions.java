// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.lookup.MxHost;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What is asked about one mail host beyond what a sender asks.
 *
 * @param tlsa where a sender may look for TLSA records, the first candidate first
 * @param denials what senders' lookups rest on, and is not there if all is in order
 * @param misplaced where operators put TLSA records by mistake
 */
record HostQuestions(List<Question> tlsa, List<Question> denials, List<Question> misplaced) {

  /** Names below a host that look like that of TLSA records, or are of other services. */
  private static final List<String> NEAR_MISSES =
      List.of("25._tcp", "_25.tcp", "25.tcp", "_25", "_tcp._25", "_tcp");

  private static final List<Integer> OTHER_PORTS = List.of(25, 465, 587, 443);

  static HostQuestions of(MxHost host, Name domain, int port) {
    Name name = absolute(host.name());
    List<Name> bases = bases(name, host.lookups());
    List<Question> tlsa = new ArrayList<>();
    Set<Question> denials = new LinkedHashSet<>();
    for (Name base : bases) {
      owner(port, base).ifPresent(it -> tlsa.add(new Question(it, Type.TLSA)));
      if (isUnsigned(host, base)) {
        // RFC 7672 §2.2.2: no sender asks any further, so nothing rests on denials.
        continue;
      }
      // A port beside it where nothing listens: the same records deny it.
      owner(port == 65535 ? 1 : port + 1, base)
          .ifPresent(it -> denials.add(new Question(it, Type.TLSA)));
      owner(port, base).ifPresent(it -> denials.add(new Question(it, Type.A)));
    }
    host.lookups().stream()
        .filter(verdict -> verdict.question().type() != Type.TLSA)
        .filter(verdict -> !(Answers.of(verdict).orElse(null) instanceof Answer.Positive))
        .forEach(verdict -> denials.add(verdict.question()));
    return new HostQuestions(tlsa, List.copyOf(denials), misplaced(name, domain, port));
  }

  private static boolean isUnsigned(MxHost host, Name base) {
    return host.lookups().stream()
        .filter(verdict -> verdict.question().type() != Type.TLSA)
        .anyMatch(
            verdict ->
                verdict instanceof Insecure insecure
                    && insecure.unauthenticatedAnswer().name().equals(base));
  }

  /** RFC 7672 §2.2.3: the name that the host's aliases lead to, then its own. */
  static List<Name> bases(Name host, List<ValidationResult> lookups) {
    Set<Name> bases = new LinkedHashSet<>();
    lookups.stream()
        .filter(verdict -> verdict.question().name().equals(host))
        .flatMap(verdict -> Answers.data(verdict).stream())
        .forEach(rrset -> bases.add(rrset.name()));
    bases.add(host);
    return List.copyOf(bases);
  }

  private static List<Question> misplaced(Name host, Name domain, int port) {
    Set<Name> owners = new LinkedHashSet<>();
    if (!host.equals(domain)) {
      owner(port, domain).ifPresent(owners::add);
    }
    OTHER_PORTS.stream()
        .filter(other -> other != port)
        .forEach(other -> owner(other, host).ifPresent(owners::add));
    NEAR_MISSES.forEach(prefix -> below(prefix, host).ifPresent(owners::add));
    owners.add(host);
    // The name of a zone file that lacks its final dot.
    owner(port, host).flatMap(it -> concatenated(it, domain)).ifPresent(owners::add);
    return owners.stream().map(owner -> new Question(owner, Type.TLSA)).toList();
  }

  /** RFC 6698 §3; empty if the name would be too long. */
  static Optional<Name> owner(int port, Name base) {
    return below("_" + port + "._tcp", base);
  }

  static Optional<Name> below(String prefix, Name base) {
    try {
      return Optional.of(Name.fromString(prefix, base));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Name> concatenated(Name name, Name origin) {
    try {
      return Optional.of(Name.concatenate(name.relativize(Name.root), origin));
    } catch (NameTooLongException e) {
      return Optional.empty();
    }
  }

  static Name absolute(String host) {
    try {
      return Name.fromString(host, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("'" + host + "' is no host name", e);
    }
  }
}
