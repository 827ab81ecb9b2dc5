// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.dane4j.internal.DomainNames;
import org.dane4j.internal.MalformedDerException;

/**
 * The names under which a server may be authenticated by any record but a DANE-EE one (RFC 7672
 * §3.2.2).
 *
 * <p>The TLSA base domain always comes first. What may follow it depends on how the server was
 * found, and all of it must have been found securely:
 *
 * <ul>
 *   <li>by a secure MX lookup: the next-hop domain, and what it is an alias of;
 *   <li>by an insecure MX lookup: nothing;
 *   <li>without MX records: the next-hop domain, if the base domain is what it is an alias of.
 * </ul>
 *
 * <p>Names are A-labels, compared without regard to case or a dot at their end. DANE-EE records do
 * not check names at all (RFC 7672 §3.2.1).
 *
 * @param names the names in that order, each once
 * @since 0.1
 */
public record ReferenceIdentifiers(List<String> names) {

  /**
   * Normalizes the names.
   *
   * @param names at least one fully qualified domain name in A-labels
   * @throws IllegalArgumentException if there is none, or one is no such name
   */
  public ReferenceIdentifiers {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "the TLSA base domain is always a reference identifier (RFC 7672 §3.2.2); pass it first");
    }
    names = List.copyOf(new LinkedHashSet<>(names.stream().map(DomainNames::normalize).toList()));
  }

  /**
   * Returns the identifiers of one server.
   *
   * @param tlsaBaseDomain where the records stand, without port and transport
   * @param further the names that RFC 7672 §3.2.2 allows besides
   * @return the identifiers
   * @throws IllegalArgumentException if one is no fully qualified domain name in A-labels
   */
  public static ReferenceIdentifiers of(String tlsaBaseDomain, String... further) {
    List<String> names = new ArrayList<>();
    names.add(tlsaBaseDomain);
    names.addAll(List.of(further));
    return new ReferenceIdentifiers(names);
  }

  /**
   * Returns the name by which a certificate is for the server (RFC 7672 §3.2.3), as it is looked
   * for with all records but DANE-EE ones.
   *
   * @param certificate the server's own certificate; no content is refused
   * @return the first of these names that it has; empty if it has none of them, or is no
   *     certificate
   */
  public Optional<MatchedName> in(ChainCertificate certificate) {
    try {
      return NameMatcher.match(NameMatcher.presentedIdentifiers(certificate.fields()), this);
    } catch (MalformedDerException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the primary name, which is also what SNI carries (RFC 7672 §8.1).
   *
   * @return the TLSA base domain
   */
  public String tlsaBaseDomain() {
    return names.get(0);
  }
}
