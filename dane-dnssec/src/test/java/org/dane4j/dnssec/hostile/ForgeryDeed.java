// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.SignedZone;
import org.dane4j.testkit.dns.ZoneKey;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What can be done with data of the attacker's own making. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum ForgeryDeed implements Deed {
  UNSIGNED((message, chance) -> answering(message, forged(chance))),
  OLD_SIGNATURES(
      (message, chance) -> {
        List<Record> signatures =
            message.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == Type.RRSIG)
                .toList();
        answering(message, forged(chance));
        signatures.forEach(record -> message.addRecord(record, Section.ANSWER));
        return message;
      }),
  UNSIGNED_BESIDE_TRUTH((message, chance) -> Edit.add(message, forged(chance), Section.ANSWER)),
  SIGNED_BY_OTHER_ZONE(
      (message, chance) -> {
        Optional<SignedZone> zone = chance.scene().owned(chance.a(), chance.goal());
        RRset forged = forged(chance);
        return zone.isEmpty()
            ? message
            : answering(
                message, zone.get().sign(forged, zone.get().inception(), zone.get().expiration()));
      }),
  SIGNED_AS_TRUE_ZONE(
      (message, chance) -> {
        RRset forged = forged(chance);
        SignedZone zone = chance.scene().zoneOf(new Name(chance.asked().name(), 0));
        if (zone.keys().isEmpty()) {
          return message;
        }
        ZoneKey truth = zone.keys().get(0);
        ZoneKey own = Scene.ownKey(zone.name());
        RRSIGRecord claim = truth.sign(forged, zone.inception(), zone.expiration());
        forged.addRR(own.sign(forged, claim));
        return answering(message, forged);
      }),
  OWN_KEYS(
      (message, chance) -> {
        // The attacker's key is in every DNSKEY RRset, signs it, and signs forged data.
        boolean key = chance.asked().type() == Type.DNSKEY;
        Name signer = key ? chance.asked().name() : zoneOf(chance).name();
        RRset rrset = key ? new RRset() : forged(chance);
        if (key) {
          message.getSection(Section.ANSWER).stream()
              .filter(record -> record instanceof DNSKEYRecord && chance.b() % 2 == 0)
              .filter(record -> record.getName().equals(signer) && record.getDClass() == 1)
              .forEach(rrset::addRR);
          rrset.addRR(Scene.ownKey(signer).dnskey());
        }
        Instant at = TreeShape.AT;
        Duration day = Duration.ofDays(1);
        rrset.addRR(Scene.ownKey(signer).sign(rrset, at.minus(day), at.plus(day)));
        return answering(message, rrset);
      }),
  OWN_DS(
      (message, chance) ->
          chance.asked().type() == Type.DS
              ? Edit.add(
                  message,
                  new RRset(DsForm.SHA256.of(Scene.ownKey(chance.asked().name()).dnskey())),
                  Section.ANSWER)
              : message),
  COLLIDING_KEYS(
      (message, chance) -> {
        List<Record> keys = List.copyOf(message.getSection(Section.ANSWER));
        for (Record record : keys) {
          for (int i = 0; record instanceof DNSKEYRecord && i <= chance.a() % 20; i++) {
            message.addRecord(colliding(record, i), Section.ANSWER);
          }
        }
        return reversed(message, Section.ANSWER);
      }),
  WRONG_SIGNATURES(
      (message, chance) -> {
        for (int section = Section.ANSWER; section <= Section.AUTHORITY; section++) {
          for (Record record : List.copyOf(message.getSection(section))) {
            for (int i = 0; record.getType() == Type.RRSIG && i <= chance.a() % 20; i++) {
              message.addRecord(wrong(record, i), section);
            }
          }
          reversed(message, section);
        }
        return message;
      }),
  ALIAS(
      (message, chance) -> {
        Name target = chance.scene().model().question(chance.a(), 0).name();
        return answering(message, alias(chance.asked().name(), Type.CNAME, target));
      }),
  ALIAS_BESIDE_TRUTH(
      (message, chance) -> {
        Name target = chance.scene().model().question(chance.a(), 0).name();
        RRset alias = alias(chance.asked().name(), Type.CNAME, target);
        Edit.add(message, alias, Section.ANSWER);
        return reversed(message, Section.ANSWER);
      }),
  ALIAS_LOOP(
      (message, chance) -> {
        Name name = chance.asked().name();
        Name other = chance.scene().model().question(chance.a(), 0).name();
        answering(message, alias(name, Type.CNAME, other));
        return Edit.add(message, alias(other, Type.CNAME, name), Section.ANSWER);
      }),
  REDIRECTION(
      (message, chance) -> {
        Name name = chance.asked().name();
        if (name.labels() == 1) {
          return message;
        }
        Name above = new Name(name, 1 + chance.a() % (name.labels() - 1));
        Name target = chance.b() % 2 == 0 ? above : chance.scene().zone(chance.b()).name();
        return answering(message, alias(above, Type.DNAME, target));
      }),
  UNSIGNED_DENIAL(
      (message, chance) -> {
        Edit.remove(message, record -> true);
        message.getHeader().setRcode(chance.b() % 2 == 0 ? Rcode.NOERROR : Rcode.NXDOMAIN);
        SignedZone zone = chance.scene().zone(chance.a());
        zone.rrset("@", Type.SOA).ifPresent(soa -> Edit.add(message, soa, Section.AUTHORITY));
        Name name = chance.asked().name();
        String next = "\\000." + (name.labels() == 1 ? "" : name);
        Record nsec = Scene.record(name, Type.NSEC, next + " NS RRSIG NSEC");
        message.addRecord(nsec, Section.AUTHORITY);
        return message;
      }),
  UNRELATED(
      (message, chance) -> {
        // Proves nothing, wherever it stands and whatever it says.
        int[] types = {Type.A, Type.TXT, Type.NS, Type.DS, Type.DNSKEY, Type.CNAME, Type.MX};
        for (int i = 0; i <= chance.b() % 5; i++) {
          Name name = chance.scene().model().question(chance.a() + 7 * i, 0).name();
          if (!chance.asked().name().subdomain(name)) {
            RRset rrset = Scene.forgery(name, types[(chance.a() + i) % types.length]);
            Edit.add(message, rrset, Section.ANSWER + (chance.a() + i) % 3);
          }
        }
        return message;
      }),
  LARGE(
      (message, chance) -> {
        // As much as fits into 64 KiB: records, signatures, or names.
        Name name = chance.asked().name();
        int section = Section.ANSWER + chance.b() % 3;
        for (int i = 0; i < 200; i++) {
          String text = ("" + (char) ('a' + i % 26)).repeat(200) + " " + i;
          message.addRecord(Scene.record(name, Type.TXT, text), section);
        }
        return message;
      }),
  MANY_RRSETS(
      (message, chance) -> {
        for (int i = 0; i < 800; i++) {
          Name name = ZoneModel.absolute("n" + i, chance.scene().zone(chance.a()).name());
          message.addRecord(Scene.record(name, Type.A, "192.0.2.66"), 1 + chance.b() % 3);
        }
        return message;
      });

  private interface Change {
    Message on(Message message, Chance chance);
  }

  private final Change change;

  ForgeryDeed(Change change) {
    this.change = change;
  }

  @Override
  public byte[] on(byte[] response, Chance chance) {
    return Edit.message(response, message -> change.on(message, chance));
  }

  private static RRset forged(Chance chance) {
    return Scene.forgery(chance.asked().name(), chance.asked().type());
  }

  private static SignedZone zoneOf(Chance chance) {
    Name name = chance.asked().name();
    boolean above = chance.asked().type() == Type.DS && name.labels() > 1;
    return chance.scene().zoneOf(above ? new Name(name, 1) : name);
  }

  private static Message answering(Message message, RRset rrset) {
    Edit.remove(message, record -> true);
    message.getHeader().setRcode(Rcode.NOERROR);
    return Edit.add(message, rrset, Section.ANSWER);
  }

  private static RRset alias(Name owner, int type, Name target) {
    return new RRset(Scene.record(owner, type, target.toString()));
  }

  /** RFC 4034 Appendix B adds up 16-bit words, so that words may change places. */
  private static Record colliding(Record key, int number) {
    return Edit.rdata(
        key,
        rdata -> {
          int words = (rdata.length - 4) / 2;
          if (words < 2) {
            return rdata;
          }
          int one = 4 + 2 * (number % words);
          int other = 4 + 2 * ((number + 1 + number / words) % words);
          for (int i = 0; i < 2; i++) {
            byte octet = rdata[one + i];
            rdata[one + i] = rdata[other + i];
            rdata[other + i] = octet;
          }
          return rdata;
        });
  }

  private static Record wrong(Record signature, int number) {
    return Edit.rdata(
        signature,
        rdata -> {
          rdata[rdata.length - 1 - new Random(number).nextInt(8)] ^= (byte) (1 << number % 8);
          rdata[rdata.length - 10] ^= (byte) number;
          return rdata;
        });
  }

  private static Message reversed(Message message, int section) {
    List<Record> records = List.copyOf(message.getSection(section));
    message.removeAllRecords(section);
    for (int i = records.size() - 1; i >= 0; i--) {
      message.addRecord(records.get(i), section);
    }
    return message;
  }
}
