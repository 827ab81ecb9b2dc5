// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dane4j.rollover.TlsaZoneText;
import org.dane4j.smtp.enable.Task.Place;
import org.dane4j.tlsa.TlsaRrset;

/** What to do with a host's TLSA records. */
final class TlsaTasks {

  private final View view;

  TlsaTasks(View view) {
    this.view = view;
  }

  private boolean isProviders() {
    return view.plan.target() instanceof Target.Provider;
  }

  /** Publishing is only asked for where TLS works at each address: the caller has seen to it. */
  Task publish(HostSight host) {
    if (isProviders()) {
      return Task.of(
          Place.PROVIDER,
          "Switch SMTP DANE for inbound mail on (Exchange Online: Enable-SmtpDaneInbound); the"
              + " TLSA records of "
              + host.name()
              + " take some time to come.");
    }
    return new Task(
        Place.ZONE,
        "Publish the TLSA records of " + host.name() + ", one for each key it showed.",
        List.of(),
        lines(host));
  }

  /** Returns what to do about records that senders fail by. */
  Task replace(HostSight host) {
    if (isProviders()) {
      return Task.of(
          Place.PROVIDER,
          "Switch SMTP DANE for inbound mail off (Exchange Online: Disable-SmtpDaneInbound), and"
              + " tell the provider.");
    }
    boolean tlsWorks = host.withoutTls().isEmpty();
    return new Task(
        Place.ZONE,
        tlsWorks
            ? "Replace the TLSA records by those of the keys that the host showed, if they are"
                + " yours."
            : "Take the TLSA records away until TLS works at each address.",
        served(host),
        tlsWorks ? lines(host) : List.of());
  }

  /** Returns what to do to have none. */
  Task remove(HostSight host) {
    return isProviders()
        ? Task.of(
            Place.PROVIDER,
            "Switch SMTP DANE for inbound mail off (Exchange Online: Disable-SmtpDaneInbound).")
        : new Task(
            Place.ZONE,
            "Take the TLSA records of " + host.name() + " away, and nothing else yet.",
            served(host),
            List.of());
  }

  private List<String> lines(HostSight host) {
    Optional<TlsaRrset> wanted = host.wantedTlsa();
    TlsaZoneText text = TlsaZoneText.withTtl(Duration.ofSeconds(view.plan.ttls().atRest()));
    return wanted.map(rrset -> text.master(rrset).lines().toList()).orElse(List.of());
  }

  private List<String> served(HostSight host) {
    return view.observed(host.tlsaQuestion()).distinct().stream()
        .flatMap(
            answer ->
                answer.rdata().stream()
                    .map(
                        rdata ->
                            NameServers.line(
                                answer.question().name(),
                                answer.ttl(),
                                answer.question().type(),
                                rdata)))
        .distinct()
        .toList();
  }
}
