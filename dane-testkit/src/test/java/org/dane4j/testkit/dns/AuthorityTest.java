// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A name server of one zone. */
class AuthorityTest {

  private final DnsTree tree =
      DnsTree.at(Instant.parse("2026-05-01T12:00:00Z"))
          .zone("test.")
          .zone(
              "a.test.",
              zone -> zone.record("mx A 192.0.2.1").record("alias CNAME mx\nout CNAME mx.b.test."))
          .zone("sub.a.test.", zone -> zone.record("mx A 192.0.2.2"))
          .build();

  private final DnsResponder server = tree.zone("a.test.").authority();

  private Message ask(String name, int type) {
    Record question = Record.newRecord(Name.fromConstantString(name), type, DClass.IN);
    return server.respond(Message.newQuery(question)).message().orElseThrow();
  }

  @Test
  void zonesOwnData_isAuthoritative_withoutRecursion() {
    Message response = ask("mx.a.test.", Type.A);
    assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(response.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(response.getHeader().getFlag(Flags.RA)).isFalse();
    assertThat(response.getSection(Section.ANSWER)).hasSize(1);
    assertThat(ask("nobody.a.test.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void namesOfOtherZones_areRefused() {
    assertThat(ask("mx.b.test.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(ask("mx.sub.a.test.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(ask("mx.b.test.", Type.A).getHeader().getFlag(Flags.AA)).isFalse();
  }

  @Test
  void aliases_areFollowedAsFarAsTheZoneGoes() {
    assertThat(ask("alias.a.test.", Type.A).getSection(Section.ANSWER)).hasSize(2);
    assertThat(ask("out.a.test.", Type.A).getSection(Section.ANSWER)).hasSize(1);
  }

  @Test
  void serverWithTwoResponders_answersEachTransportByItsOwn() throws IOException {
    DnsResponder refusing = DnsResponder.alwaysFailing(Rcode.REFUSED);
    try (DnsServer running = DnsServer.start(server, refusing)) {
      SimpleResolver client = new SimpleResolver(running.address());
      client.setTimeout(Duration.ofSeconds(5));
      Message query =
          Message.newQuery(
              Record.newRecord(Name.fromConstantString("mx.a.test."), Type.A, DClass.IN));
      assertThat(client.send(query).getRcode()).isEqualTo(Rcode.NOERROR);
      client.setTCP(true);
      assertThat(client.send(query).getRcode()).isEqualTo(Rcode.REFUSED);
    }
  }
}
