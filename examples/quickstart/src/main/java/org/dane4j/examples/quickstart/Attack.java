// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.ForgedDenial;
import org.dane4j.testkit.dns.Tampering;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.MailServerBuilder;
import org.xbill.DNS.Type;

/**
 * An attack on the mail to bank.example.
 *
 * @param title what the attacker does
 * @param doing how
 */
record Attack(String title, Consumer<World> doing) {

  static List<Attack> all() {
    return List.of(
        new Attack(
            "STARTTLS is stripped: the client is to believe that the servers have no TLS.",
            servers(server -> server.hostile(Hostility.NO_STARTTLS))),
        new Attack(
            "Wrong certificate: the attacker answers in place of the servers, with a key of his own.",
            Attack::impersonate),
        new Attack(
            "Forged TLSA records: the attacker's key, with the signatures of the true records.",
            path(Attack::replaceTlsa)),
        new Attack(
            "Forged TLSA records, signed by a zone of the attacker's.",
            zone(
                zone ->
                    forBoth(
                        owner ->
                            zone.damage(
                                owner,
                                Type.TLSA,
                                Damage.forged("3 1 1 " + "00".repeat(32))
                                    .then(Damage.signedByZone("attacker.example.")))))),
        new Attack(
            "Expired signatures: old TLSA records are replayed.",
            zone(zone -> forBoth(owner -> zone.damage(owner, Type.TLSA, Damage.expired())))),
        new Attack(
            "Forged denial: \"there are no TLSA records\", with a proof about other names.",
            zone(
                zone ->
                    forBoth(
                        owner -> zone.deny(owner, Type.TLSA, ForgedDenial.UNRELATED_NXDOMAIN)))),
        new Attack(
            "DNSSEC is stripped: answers without any signatures.",
            path(DnsResponder::withoutDnssec)),
        new Attack(
            "Forged MX records: the mail is to go to the attacker's server.",
            path(
                responder ->
                    responder.tampering(
                        Tampering.replacing("bank.example.", Type.MX, "10 mx.attacker.example.")))),
        new Attack(
            "TLSA queries get no answer: silence is to pass for \"no records\".",
            path(responder -> responder.dropping(question -> question.getType() == Type.TLSA))),
        new Attack(
            "Plain text is injected behind the reply to STARTTLS, to be taken for what comes under TLS.",
            servers(server -> server.hostile(Hostility.STARTTLS_INJECTION))));
  }

  void begin(World world) {
    doing.accept(world);
  }

  private static Consumer<World> servers(Consumer<MailServerBuilder> change) {
    return world -> World.HOSTS.forEach(host -> world.internet().mailServer(host).change(change));
  }

  private static Consumer<World> path(UnaryOperator<DnsResponder> attacker) {
    return world -> world.internet().attack(attacker);
  }

  private static Consumer<World> zone(Consumer<ZoneBuilder> change) {
    return world -> world.internet().publish(tree -> tree.zone("bank.example.", change));
  }

  private static void forBoth(Consumer<String> owner) {
    World.HOSTS.forEach(host -> owner.accept("_25._tcp." + host + "."));
  }

  private static void impersonate(World world) {
    for (String host : World.HOSTS) {
      CertificateSpec spec =
          CertificateSpec.forNames(host).validity(Duration.ofDays(-1), Duration.ofDays(30));
      TestIdentity attacker = TestIdentity.selfSigned(spec, world.internet().at());
      world.internet().mailServer(host).change(server -> server.identity(attacker));
    }
  }

  private static DnsResponder replaceTlsa(DnsResponder responder) {
    DnsResponder forger = responder;
    for (String host : World.HOSTS) {
      forger =
          forger.tampering(
              Tampering.replacing("_25._tcp." + host + ".", Type.TLSA, "3 1 1 " + "00".repeat(32)));
    }
    return forger;
  }
}
