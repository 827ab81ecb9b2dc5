// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.NameServerFacts;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What counts as heard from a name server with two addresses, of which one answers. */
class TlsaSpreadTest {

  private static final Question SOA = Question.of("example.test", Type.SOA);
  private static final Question TLSA = Question.of("_25._tcp.mx.example.test", Type.TLSA);
  private static final Rrset SEEN =
      new Rrset(
          TLSA.name(),
          Type.TLSA,
          3600,
          List.of(TlsaRecord.parse("3 1 1 " + "aa".repeat(32)).toRdata()));

  private static NameServerFacts at(String address, ServerReply... replies) {
    try {
      return new NameServerFacts(
          Name.fromConstantString("ns.example.test."),
          Optional.of(InetAddress.getByName(address)),
          List.of(replies));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static NotAsked notAsked(Question question) {
    return new NotAsked(question, Transport.UDP, "why");
  }

  private static TlsaSpread withAnother(NameServerFacts other) {
    Response answer =
        new Response(
            TLSA,
            Transport.UDP,
            Rcode.NOERROR,
            true,
            false,
            true,
            100,
            Optional.of(SEEN),
            List.of());
    ValidationResult keys =
        ValidationResult.Indeterminate.because(
            Question.of("example.test", Type.DNSKEY), FetchFailure.TIMEOUT);
    ZoneFacts zone =
        new ZoneFacts(
            Name.fromConstantString("example.test."),
            keys,
            Optional.empty(),
            List.of(at("192.0.2.1", answer), other));
    return TlsaSpread.of(List.of(zone), TLSA, SEEN);
  }

  @Test
  void addressWithoutAWayFromHere_isForgiven() {
    assertThat(withAnother(at("2001:db8::1", notAsked(SOA), notAsked(TLSA))).isEverywhere())
        .isTrue();
  }

  @Test
  void addressThatIsSilent_isUnheard() {
    Silence silence = new Silence(SOA, Transport.UDP, "no response in time");
    for (String address : List.of("192.0.2.2", "2001:db8::1")) {
      assertThat(withAnother(at(address, silence, notAsked(TLSA))).unheard()).hasSize(1);
    }
  }

  @Test
  void addressThatWasLeftOut_isUnheard_withTheReason() {
    assertThat(withAnother(at("192.0.2.2", notAsked(SOA))).unheard())
        .singleElement()
        .asString()
        .endsWith("not asked: why");
  }
}
