// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.DomainNames;
import org.dane4j.internal.MalformedDerException;

/** Whether a certificate is for a server (RFC 7672 §3.2.3). */
final class NameMatcher {

  private static final int DNS_NAME = DerElement.context(2);
  private static final String WILDCARD = "*.";

  private NameMatcher() {}

  static Optional<MatchedName> match(List<String> presented, ReferenceIdentifiers identifiers) {
    for (String reference : identifiers.names()) {
      for (String name : presented) {
        if (matches(name, reference)) {
          return Optional.of(new MatchedName(reference, name));
        }
      }
    }
    return Optional.empty();
  }

  /** The names a certificate claims: its DNS-IDs, and only if it has none its CN-IDs. */
  static List<String> presentedIdentifiers(CertificateFields leaf) throws MalformedDerException {
    Optional<DerSlice> alternatives = leaf.extension(Extensions.SUBJECT_ALT_NAME);
    List<String> dnsIds = alternatives.isPresent() ? dnsIds(alternatives.get()) : List.of();
    // RFC 7672 §3.2.3: the CN-ID is only considered when no DNS-IDs are present. A DNS-ID of junk
    // is present, too.
    return dnsIds.isEmpty() ? leaf.subject().valuesAlone(DistinguishedName.COMMON_NAME) : dnsIds;
  }

  private static List<String> dnsIds(DerSlice alternatives) throws MalformedDerException {
    List<String> names = new ArrayList<>();
    DerReader outside = DerReader.over(alternatives);
    DerReader list = outside.enter(DerElement.SEQUENCE);
    outside.requireEnd("the subject alternative names");
    while (!list.atEnd()) {
      DerElement name = list.read();
      if (name.tag() == DNS_NAME) {
        names.add(new String(name.content().toByteArray(), StandardCharsets.ISO_8859_1));
      }
    }
    return names;
  }

  private static boolean matches(String presented, String reference) {
    boolean wildcard = presented.startsWith(WILDCARD);
    String fixed = wildcard ? presented.substring(WILDCARD.length()) : presented;
    // A NUL, a second asterisk, a space: no host is called so, and no parser should guess.
    if (!DomainNames.isHostName(fixed)) {
      return false;
    }
    // RFC 7672 §3.2.3: the wildcard is the entire first label and matches exactly one label.
    String compared = wildcard ? reference.substring(reference.indexOf('.') + 1) : reference;
    return (!wildcard || reference.indexOf('.') >= 0)
        && compared.equals(fixed.toLowerCase(Locale.ROOT));
  }
}
