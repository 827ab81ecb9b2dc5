// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What can be done with data that the tree's zones did sign, for another question. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum ReplayDeed implements Deed {
  ADD_TO_ANSWER(
      (message, chance) -> Edit.add(message, pick(chance.scene().signed(), chance.a()), 1)),
  ADD_TO_AUTHORITY(
      (message, chance) -> Edit.add(message, pick(chance.scene().signed(), chance.a()), 2)),
  INSTEAD_OF_ANSWER(
      (message, chance) ->
          Edit.add(
              Edit.remove(message, record -> true), pick(chance.scene().signed(), chance.a()), 1)),
  RENAMED(
      (message, chance) -> {
        RRset rrset = pick(chance.scene().signed(), chance.a());
        return Edit.add(
            Edit.clear(message, Section.ANSWER), renamed(rrset, chance.asked().name()), 1);
      }),
  WILDCARD(
      (message, chance) -> {
        List<RRset> wildcards =
            chance.scene().signed().stream()
                .filter(rrset -> rrset.getName().isWild() && !Scene.isDenial(rrset.getType()))
                .toList();
        RRset rrset = pick(wildcards, chance.a());
        return Edit.add(
            Edit.clear(message, Section.ANSWER), renamed(rrset, chance.asked().name()), 1);
      }),
  WILDCARD_AND_DENIALS(
      (message, chance) -> {
        byte[] wire = WILDCARD.on(message.toWire(), chance);
        return Edit.parse(wire, replaced -> withDenialsOfZone(replaced, chance));
      }),
  DENIAL(
      (message, chance) ->
          Edit.add(denying(message, chance), pick(chance.scene().denials(), chance.a()), 2)),
  TWO_DENIALS(
      (message, chance) -> {
        List<RRset> denials = chance.scene().denials();
        denying(message, chance);
        Edit.add(message, pick(denials, chance.a()), 2);
        return Edit.add(message, pick(denials, chance.a() / 97), 2);
      }),
  DENIALS_OF_ZONE((message, chance) -> withDenialsOfZone(denying(message, chance), chance)),
  DENIALS_OF_ENCLOSING_ZONE(
      (message, chance) -> {
        denying(message, chance);
        Name name = chance.asked().name();
        int up = chance.a() % name.labels();
        Name above = new Name(name, up);
        chance.scene().denialsOf(chance.scene().zoneOf(above)).stream()
            .limit(24)
            .forEach(rrset -> Edit.add(message, rrset, 2));
        return message;
      }),
  EXPANDED_DENIAL(
      (message, chance) -> {
        RRset denial = pick(chance.scene().denials(), chance.a());
        return Edit.add(denying(message, chance), renamed(denial, chance.asked().name()), 2);
      }),
  RESPONSE(
      (message, chance) -> {
        Question other =
            chance
                .scene()
                .model()
                .others(chance.a())
                .skip(chance.b() % 5)
                .findFirst()
                .orElseThrow();
        Message response = chance.scene().tree().answer(other.name().toString(), other.type());
        return takingPlaceOf(message, response);
      }),
  RESPONSE_FOR_ANOTHER_TYPE(
      (message, chance) -> {
        int[] types = {Type.A, Type.MX, Type.TXT, Type.DS, Type.DNSKEY, Type.NS, Type.AAAA};
        String name = chance.asked().name().toString();
        int type = types[chance.a() % types.length];
        return takingPlaceOf(message, chance.scene().tree().answer(name, type));
      }),
  RESPONSE_FOR_A_NEIGHBOR(
      (message, chance) -> {
        Name name = chance.asked().name();
        Name above = new Name(name, chance.a() % name.labels());
        String label = List.of("", "none.", "mx.", "*.").get(chance.b() % 4);
        String neighbor = above.equals(Name.root) && !label.isEmpty() ? label : label + above;
        return takingPlaceOf(
            message, chance.scene().tree().answer(neighbor, chance.asked().type()));
      }),
  FOREIGN_SOA(
      (message, chance) -> {
        Edit.remove(message, record -> isAbout(record, Type.SOA));
        Optional<RRset> soa = chance.scene().zone(chance.a()).rrset("@", Type.SOA);
        soa.ifPresent(rrset -> Edit.add(message, rrset, Section.AUTHORITY));
        return message;
      });

  private interface Change {
    Message on(Message message, Chance chance);
  }

  private final Change change;

  ReplayDeed(Change change) {
    this.change = change;
  }

  @Override
  public byte[] on(byte[] response, Chance chance) {
    return Edit.message(response, message -> change.on(message, chance));
  }

  /** Returns one of the RRsets; an empty one if there are none. */
  private static RRset pick(List<RRset> rrsets, int seed) {
    return rrsets.isEmpty() ? new RRset() : rrsets.get(seed % rrsets.size());
  }

  private static RRset renamed(RRset rrset, Name name) {
    RRset renamed = new RRset();
    rrset.rrs(false).forEach(record -> renamed.addRR(record.withName(name)));
    rrset.sigs().forEach(record -> renamed.addRR(record.withName(name)));
    return renamed;
  }

  /** A response that says that something is not there, and that lacks its proof. */
  private static Message denying(Message message, Chance chance) {
    Edit.clear(message, Section.ANSWER);
    Edit.remove(message, record -> isDenial(record));
    message.getHeader().setRcode(chance.b() % 2 == 0 ? Rcode.NOERROR : Rcode.NXDOMAIN);
    return message;
  }

  private static Message withDenialsOfZone(Message message, Chance chance) {
    chance.scene().denialsOf(chance.scene().zone(chance.a())).stream()
        .limit(24)
        .forEach(rrset -> Edit.add(message, rrset, Section.AUTHORITY));
    return message;
  }

  private static boolean isDenial(Record record) {
    return isAbout(record, Type.NSEC) || isAbout(record, Type.NSEC3);
  }

  private static boolean isAbout(Record record, int type) {
    return record.getRRsetType() == type;
  }

  /** Everything from another response but its question. */
  private static Message takingPlaceOf(Message message, Message other) {
    message.getHeader().setRcode(other.getRcode());
    for (int section = Section.ANSWER; section <= Section.AUTHORITY; section++) {
      message.removeAllRecords(section);
      for (Record record : other.getSection(section)) {
        message.addRecord(record, section);
      }
    }
    return message;
  }
}
