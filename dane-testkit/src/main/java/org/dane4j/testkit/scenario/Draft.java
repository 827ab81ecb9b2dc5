// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A scenario that is being written: its domain is {@code <id>.example} unless told otherwise. */
final class Draft {

  private final String id;
  private final String description;
  private final String section;
  private String domain;
  private Consumer<TestInternetBuilder> composition = internet -> {};

  private Draft(String id, String description, String section) {
    this.id = id;
    this.description = description;
    this.section = section;
    this.domain = id + ".example";
  }

  static Draft scenario(String id, String section, String description) {
    return new Draft(id, description, section);
  }

  /** Sends the mail to another domain than {@code <id>.example}. */
  Draft to(String mailDomain) {
    domain = mailDomain;
    return this;
  }

  /** Composes an internet, given the name {@code <id>.example}. */
  Draft with(BiConsumer<TestInternetBuilder, String> parts) {
    Consumer<TestInternetBuilder> before = composition;
    String zone = id + ".example";
    composition =
        internet -> {
          before.accept(internet);
          parts.accept(internet, zone);
        };
    return this;
  }

  /** Adds a signed zone with one MX host {@code mx.<id>.example}. */
  Draft oneHost(Consumer<HostBuilder> host) {
    return with(
        (internet, zone) -> internet.mailDomain(zone, "mx." + zone).host("mx." + zone, host));
  }

  /** Adds a signed zone with one MX host that has a matching 3 1 1 record. */
  Draft matchingHost() {
    return oneHost(host -> host.tlsa(3, 1, 1));
  }

  /** Adds a signed zone with the MX hosts {@code mx1} and {@code mx2}, in this order. */
  Draft twoHosts(Consumer<HostBuilder> first, Consumer<HostBuilder> second) {
    return with(
        (internet, zone) ->
            internet
                .mailDomain(zone, "mx1." + zone, "mx2." + zone)
                .host("mx1." + zone, first)
                .host("mx2." + zone, second));
  }

  Scenario ends(Outcome outcome, Outcome... alsoAllowed) {
    return new Scenario(
        id, description, domain, outcome, Set.of(alsoAllowed), section, composition);
  }
}
