// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.rollover.TlsaZoneText;
import org.dane4j.smtp.enable.Task.Place;
import org.dane4j.tlsa.TlsaRrset;

/** What to do with a host's TLSA records. */
final class TlsaTasks {

  private final View view;

  TlsaTasks(View view) {
    this.view = view;
  }

  /** Whether the host is the provider's, whose records are too; the old one is not. */
  boolean isProviders(HostSight host) {
    return view.plan.target() instanceof Target.Provider provider
        && provider.host().equals(host.name());
  }

  /** Publishing is only asked for where TLS works at each address: the caller has seen to it. */
  Task publish(HostSight host) {
    if (isProviders(host)) {
      return Task.of(
          Place.PROVIDER,
          "Switch SMTP DANE for inbound mail on (Exchange Online: Enable-SmtpDaneInbound); the"
              + " TLSA records of "
              + host.name()
              + " take some time to come.");
    }
    return new Task(
        Place.ZONE,
        "Publish the TLSA records of "
            + host.name()
            + ", one for each key it showed, if these are yours: compare them on the server itself.",
        List.of(),
        lines(host));
  }

  /** Returns what to do about records that senders fail by. */
  Task replace(HostSight host) {
    if (isProviders(host)) {
      return Task.of(
          Place.PROVIDER,
          "Switch SMTP DANE for inbound mail off (Exchange Online: Disable-SmtpDaneInbound), and"
              + " tell the provider.");
    }
    if (!host.refusals().isEmpty() && !host.brokenDenials().isEmpty()) {
      // RFC 7672 §2.1.2: where their absence cannot be proven, senders wait as well.
      return Task.of(
          Place.SIGNER,
          "Repair the zone's proofs of absence (NSEC or NSEC3) first. Then take the TLSA records"
              + " away until TLS works at each address.");
    }
    if (!host.refusals().isEmpty()) {
      return new Task(
          Place.ZONE,
          "Take the TLSA records away until TLS works at each address.",
          served(host),
          List.of());
    }
    String back = "Put the key back that the TLSA records are of: that helps at once.";
    if (!host.unseen().isEmpty()) {
      // The records may be of the keys that were not seen.
      return Task.of(Place.ZONE, back + " What else is safe is not known before all is seen.");
    }
    return new Task(
        Place.ZONE,
        back
            + " Or replace the records by those of the keys that the host showed, if they are yours;"
            + " but keep the record of a key that is still to come.",
        without(served(host), lines(host)),
        without(lines(host), served(host)));
  }

  /** Returns what to do to have those that stood there before. */
  Task putBack(HostSight host, List<String> before) {
    return new Task(
        Place.ZONE,
        "Let the TLSA records of " + host.name() + " be those again that stood there before.",
        without(served(host), before),
        without(before, served(host)));
  }

  /**
   * Returns what to do to have none.
   *
   * @param why a sentence with a space before it, or nothing
   */
  Task remove(HostSight host, String why) {
    return isProviders(host)
        ? Task.of(
            Place.PROVIDER,
            "Switch SMTP DANE for inbound mail off (Exchange Online: Disable-SmtpDaneInbound).")
        : new Task(
            Place.ZONE,
            "Take the TLSA records of " + host.name() + " away, and nothing else yet." + why,
            served(host),
            List.of());
  }

  /** Returns the lines whose data are in none of the others, whatever the TTL. */
  private static List<String> without(List<String> lines, List<String> others) {
    Set<String> data = others.stream().map(TlsaTasks::data).collect(Collectors.toSet());
    return lines.stream().filter(line -> !data.contains(data(line))).toList();
  }

  private static String data(String line) {
    return line.replaceFirst("\\S+ \\d+ IN ", "").toLowerCase(Locale.ROOT);
  }

  private List<String> lines(HostSight host) {
    Optional<TlsaRrset> wanted = host.wantedTlsa();
    TlsaZoneText text = TlsaZoneText.withTtl(Duration.ofSeconds(view.plan.ttls().atRest()));
    return wanted.map(rrset -> text.master(rrset).lines().toList()).orElse(List.of());
  }

  private List<String> served(HostSight host) {
    return view.observed(host.tlsaQuestion()).lines();
  }
}
