// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.xbill.DNS.DClass;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The facts of a zone and its name servers, as a test describes them. */
final class ZoneDraft {

  private final String name;
  private ValidationResult keys;
  private Optional<ValidationResult> delegation = Optional.empty();
  private final List<NameServerFacts> servers = new ArrayList<>();

  ZoneDraft(String name) {
    this.name = name;
    this.keys = Dns.secure(name, Type.DNSKEY, "257 3 13 q6up5A==");
  }

  ZoneDraft keys(ValidationResult result) {
    keys = result;
    return this;
  }

  ZoneDraft delegation(ValidationResult result) {
    delegation = Optional.of(result);
    return this;
  }

  ZoneDraft server(String server, ServerReply... replies) {
    try {
      servers.add(
          new NameServerFacts(
              Dns.name(server),
              Optional.of(InetAddress.getByName("192.0.2." + (53 + servers.size()))),
              List.of(replies)));
      return this;
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  ZoneDraft serverWithoutAddress(String server, ServerReply... replies) {
    servers.add(new NameServerFacts(Dns.name(server), Optional.empty(), List.of(replies)));
    return this;
  }

  ZoneFacts facts() {
    return new ZoneFacts(Dns.name(name), keys, delegation, servers);
  }

  /** A response in order, whose signature is valid for a week. */
  static Response reply(Rrset rrset) {
    return reply(rrset, Duration.ofDays(7));
  }

  static Response reply(Rrset rrset, Duration signatureLife) {
    return reply(rrset, Dns.AT.minusSeconds(3600), Dns.AT.plus(signatureLife));
  }

  static Response reply(Rrset rrset, Instant inception, Instant expiration) {
    RRSIGRecord signature =
        new RRSIGRecord(
            rrset.name(),
            DClass.IN,
            rrset.ttl(),
            rrset.type(),
            13,
            rrset.ttl(),
            expiration,
            inception,
            1,
            Dns.name("d.test"),
            new byte[64]);
    return new Response(
        new Question(rrset.name(), rrset.type()),
        Transport.UDP,
        Rcode.NOERROR,
        true,
        false,
        true,
        300,
        Optional.of(rrset),
        List.of(signature));
  }

  static Response octets(Response of, int octets) {
    return like(of, of.authoritative(), of.truncated(), octets, of.signatures());
  }

  /** A response that was cut off. */
  static Response truncated(Response of) {
    return like(of, of.authoritative(), true, of.octets(), of.signatures());
  }

  static Response lame(Response of) {
    return like(of, false, of.truncated(), of.octets(), of.signatures());
  }

  static Response unsigned(Response of) {
    return signed(of);
  }

  /** A response with other signatures. */
  static Response signed(Response of, RRSIGRecord... signatures) {
    return like(of, of.authoritative(), of.truncated(), of.octets(), List.of(signatures));
  }

  private static Response like(
      Response of,
      boolean authoritative,
      boolean truncated,
      int octets,
      List<RRSIGRecord> signatures) {
    return new Response(
        of.question(),
        of.transport(),
        of.rcode(),
        authoritative,
        truncated,
        of.edns(),
        octets,
        of.rrset(),
        signatures);
  }

  /** A response without data. */
  static Response empty(String name, int type, int rcode) {
    return empty(Question.of(name, type), rcode, true, true);
  }

  static Response empty(Question question, int rcode, boolean authoritative, boolean edns) {
    return new Response(
        question,
        Transport.UDP,
        rcode,
        authoritative,
        false,
        edns,
        100,
        Optional.empty(),
        List.of());
  }

  static Silence silence(String name, int type, Transport transport) {
    return new Silence(Question.of(name, type), transport, "no response in time");
  }
}
