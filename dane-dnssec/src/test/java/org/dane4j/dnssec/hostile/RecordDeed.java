// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What can be done to the records of a response, without anything of the attacker's own. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum RecordDeed implements Deed {
  DUPLICATE(
      (message, chance) -> {
        for (int section = Section.ANSWER; section <= Section.AUTHORITY; section++) {
          for (Record record : List.copyOf(message.getSection(section))) {
            message.addRecord(record, section);
          }
        }
        return message;
      }),
  REORDER(
      (message, chance) -> {
        for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
          List<Record> records = new ArrayList<>(message.getSection(section));
          Collections.shuffle(records, new Random(chance.a()));
          replace(message, section, records);
        }
        return message;
      }),
  SWAP_SECTIONS(
      (message, chance) -> {
        int one = Section.ANSWER + chance.a() % 2;
        int other = one + 1 + chance.b() % (Section.ADDITIONAL - one);
        List<Record> records = List.copyOf(message.getSection(one));
        replace(message, one, List.copyOf(message.getSection(other)));
        replace(message, other, records);
        return message;
      }),
  REMOVE_RECORD(
      (message, chance) -> {
        List<Record> all = Edit.all(message);
        Record victim = all.get(chance.a() % all.size());
        return Edit.remove(message, victim::equals);
      }),
  REMOVE_TYPE(
      (message, chance) -> {
        List<Integer> types = Edit.all(message).stream().map(Record::getType).distinct().toList();
        int victim = types.get(chance.a() % types.size());
        return Edit.remove(message, record -> record.getType() == victim);
      }),
  REMOVE_ANSWER((message, chance) -> Edit.clear(message, Section.ANSWER)),
  REMOVE_AUTHORITY((message, chance) -> Edit.clear(message, Section.AUTHORITY)),
  REMOVE_ALL((message, chance) -> Edit.remove(message, record -> true)),
  STRIP_SIGNATURES(
      (message, chance) -> Edit.remove(message, record -> record.getType() == Type.RRSIG)),
  STRIP_SIGNATURES_OF_TYPE(
      (message, chance) -> {
        List<Integer> types = Edit.all(message).stream().map(Record::getType).distinct().toList();
        int victim = types.get(chance.a() % types.size());
        return Edit.remove(
            message, record -> record instanceof RRSIGRecord s && s.getTypeCovered() == victim);
      }),
  TTL(
      (message, chance) -> {
        long[] ttls = {0, 1, 60, 86_400, Integer.MAX_VALUE};
        long ttl = ttls[chance.a() % ttls.length];
        return Edit.records(message, record -> Edit.ttl(record, ttl));
      }),
  CASE(
      (message, chance) ->
          Edit.records(
              message,
              record ->
                  record.withName(
                      Name.fromConstantString(
                          record.getName().toString().toUpperCase(Locale.ROOT))))),
  ALGORITHM(
      (message, chance) -> {
        int[] numbers = {0, 1, 3, 5, 7, 8, 10, 13, 15, 17, 23, 200, 253, 255};
        byte number = (byte) numbers[chance.a() % numbers.length];
        int[] types = {Type.RRSIG, Type.DNSKEY, Type.DS};
        int type = types[chance.b() % 3];
        int offset = type == Type.DNSKEY ? 3 : 2;
        return onType(message, type, rdata -> set(rdata, offset, number));
      }),
  DIGEST_TYPE(
      (message, chance) ->
          onType(message, Type.DS, rdata -> set(rdata, 3, (byte) (chance.a() % 6)))),
  KEY_FLAGS(
      (message, chance) -> onType(message, Type.DNSKEY, rdata -> flip(rdata, chance.a() % 24))),
  RRSIG_FIELDS(
      (message, chance) ->
          onType(message, Type.RRSIG, rdata -> flip(rdata, chance.a() % (18 * 8)))),
  RRSIG_LABELS(
      (message, chance) ->
          onType(message, Type.RRSIG, rdata -> set(rdata, 3, (byte) (chance.a() % 6)))),
  RRSIG_SIGNER(
      (message, chance) -> {
        byte[] signer = chance.scene().zone(chance.a()).name().toWireCanonical();
        return Edit.records(
            message,
            record ->
                record instanceof RRSIGRecord signature
                    ? Edit.rdata(record, rdata -> withSigner(rdata, signature, signer))
                    : record);
      }),
  DENIAL_FIELDS(
      (message, chance) ->
          Edit.records(
              message,
              record ->
                  Scene.isDenial(record.getType())
                      ? Edit.rdata(record, rdata -> flip(rdata, chance.a() % (rdata.length * 8)))
                      : record));

  /** A change of a message. */
  private interface Change {
    Message on(Message message, Chance chance);
  }

  private final Change change;

  RecordDeed(Change change) {
    this.change = change;
  }

  @Override
  public byte[] on(byte[] response, Chance chance) {
    return Edit.message(
        response, message -> Edit.all(message).isEmpty() ? message : change.on(message, chance));
  }

  private static void replace(Message message, int section, List<Record> records) {
    message.removeAllRecords(section);
    records.forEach(record -> message.addRecord(record, section));
  }

  private static Message onType(Message message, int type, UnaryOperator<byte[]> change) {
    return Edit.records(
        message, record -> record.getType() == type ? Edit.rdata(record, change) : record);
  }

  private static byte[] set(byte[] octets, int at, byte octet) {
    octets[at] = octet;
    return octets;
  }

  private static byte[] flip(byte[] octets, int bit) {
    octets[bit / 8] ^= (byte) (0x80 >>> bit % 8);
    return octets;
  }

  private static byte[] withSigner(byte[] rdata, RRSIGRecord signature, byte[] signer) {
    byte[] octets = signature.getSignature();
    byte[] changed = new byte[18 + signer.length + octets.length];
    System.arraycopy(rdata, 0, changed, 0, 18);
    System.arraycopy(signer, 0, changed, 18, signer.length);
    System.arraycopy(octets, 0, changed, 18 + signer.length, octets.length);
    return changed;
  }
}
