// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Reads one DNS response. Every length is checked before it is used, and work is linear in the
 * message's length: records are bounded, and pointers for each name.
 */
public final class MessageReader {

  private static final int HEADER = 12;
  private static final int QR = 0x8000;
  private static final int OPCODE = 0x7800;
  private static final int TC = 0x0200;

  /** How most responses write the owner of most records. */
  private static final int POINTER_TO_QUESTION = 0xc000 | HEADER;

  /** A message cannot use more records than this: 64 KiB hold about 5,400 empty ones. */
  public static final int MAX_RECORDS = 4096;

  /** RFC 1035 §4.2.2: what the length field over TCP can say. */
  private static final int MAX_LENGTH = 65535;

  private final byte[] message;
  private final ByteArrayOutputStream nameBuffer = new ByteArrayOutputStream(64);
  private final List<Signature> signatures = new ArrayList<>();
  private int at;
  private int extendedRcode;
  private @Nullable Name questionName;

  private MessageReader(byte[] message) {
    this.message = message;
  }

  /**
   * Reads a response.
   *
   * @param message the octets of the whole message; kept, and not changed
   * @return the response
   * @throws MalformedMessageException if the octets are no response, with what is wrong with them
   */
  public static WireMessage read(byte[] message) throws MalformedMessageException {
    return new MessageReader(message).read();
  }

  private WireMessage read() throws MalformedMessageException {
    if (message.length < HEADER) {
      throw new MalformedMessageException("shorter than a DNS header");
    }
    if (message.length > MAX_LENGTH) {
      throw new MalformedMessageException("longer than " + MAX_LENGTH + " octets");
    }
    int flags = u16(2);
    if ((flags & QR) == 0 || (flags & OPCODE) != 0) {
      throw new MalformedMessageException("not a response to a query");
    }
    int questions = u16(4);
    if (questions + u16(6) + u16(8) + u16(10) > MAX_RECORDS) {
      throw new MalformedMessageException("more than " + MAX_RECORDS + " records");
    }
    at = HEADER;
    int questionType = 0;
    for (int i = 0; i < questions; i++) {
      Name name = name();
      need(4);
      // RFC 9619: a query has exactly one question. Another class is another question.
      boolean only = questions == 1 && u16(at + 2) == DClass.IN;
      questionName = only ? name : null;
      questionType = u16(at);
      at += 4;
    }
    Map<Key, Records> answer = section(u16(6));
    Map<Key, Records> authority = section(u16(8));
    Map<Key, Records> additional = section(u16(10));
    return new WireMessage(
        (flags & TC) != 0,
        extendedRcode << 4 | (flags & 0xf),
        questionName,
        questionType,
        rrsets(answer),
        rrsets(authority),
        rrsets(additional),
        !signatures.isEmpty());
  }

  private Map<Key, Records> section(int count) throws MalformedMessageException {
    Map<Key, Records> sets = count == 0 ? Map.of() : new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Name owner = name();
      need(10);
      int type = u16(at);
      int dclass = u16(at + 2);
      long ttl = (long) u16(at + 4) << 16 | u16(at + 6);
      int length = u16(at + 8);
      at += 10;
      need(length);
      if (type == Type.OPT) {
        extendedRcode = (int) (ttl >>> 24);
      } else if (dclass == DClass.IN) {
        record(sets, owner, type, ttl, length);
      }
      at += length;
    }
    return sets;
  }

  private void record(Map<Key, Records> sets, Name owner, int type, long ttl, int length) {
    byte[] rdata = RdataLayout.expand(message, at, length, type);
    if (type == Type.RRSIG) {
      Rrsig rrsig = rdata == null ? null : Rrsig.read(rdata);
      if (rrsig != null) {
        signatures.add(new Signature(owner, rrsig));
      }
      return;
    }
    // RFC 2181 §8: a TTL with the most significant bit set counts as zero.
    long seconds = ttl > Integer.MAX_VALUE ? 0 : ttl;
    sets.computeIfAbsent(new Key(owner, type), Records::new).add(rdata, seconds);
  }

  /** Gives every RRset the signatures that cover it, in whichever section they stand. */
  private List<SignedRrset> rrsets(Map<Key, Records> sets) {
    for (Signature signature : signatures) {
      Records covered = sets.get(new Key(signature.owner, signature.rrsig.typeCovered()));
      if (covered != null) {
        covered.signatures.add(signature.rrsig);
      }
    }
    List<SignedRrset> result = new ArrayList<>(sets.size());
    for (Records records : sets.values()) {
      result.addAll(records.toRrsets());
    }
    return result;
  }

  private Name name() throws MalformedMessageException {
    Name asked = questionName;
    if (asked != null && message.length - at >= 2 && u16(at) == POINTER_TO_QUESTION) {
      at += 2;
      return asked;
    }
    nameBuffer.reset();
    int end = WireName.copy(message, at, message.length, true, nameBuffer);
    if (end < 0) {
      throw new MalformedMessageException("bad domain name at octet " + at);
    }
    at = end;
    return WireName.of(nameBuffer.toByteArray());
  }

  private void need(int octets) throws MalformedMessageException {
    if (message.length - at < octets) {
      throw new MalformedMessageException("cut off at octet " + message.length);
    }
  }

  private int u16(int offset) {
    return (message[offset] & 0xff) << 8 | (message[offset + 1] & 0xff);
  }

  private record Signature(Name owner, Rrsig rrsig) {}

  /** Comparable, so that a map stays fast where an attacker makes all hash codes equal. */
  private record Key(Name owner, int type) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = owner.compareTo(other.owner);
      return order == 0 ? Integer.compare(type, other.type) : order;
    }
  }

  /** The records of one RRset while a section is read. */
  private static final class Records {
    private final Key key;
    private final List<Rrsig> signatures = new ArrayList<>(1);
    private final Map<ByteBuffer, byte[]> rdata = new LinkedHashMap<>(2);
    private long ttl = Long.MAX_VALUE;
    private boolean malformed;

    Records(Key key) {
      this.key = key;
    }

    void add(byte @Nullable [] octets, long seconds) {
      ttl = Math.min(ttl, seconds);
      if (octets == null) {
        malformed = true;
      } else {
        rdata.putIfAbsent(ByteBuffer.wrap(octets), octets);
      }
    }

    /**
     * One RRset, as a rule. In a zone, a name has one NSEC record (RFC 4035 §2.3): two are of both
     * sides of a zone cut, and each has its own signatures among those of both.
     */
    List<SignedRrset> toRrsets() {
      List<byte[]> distinct = List.copyOf(rdata.values());
      return key.type == Type.NSEC && distinct.size() == 2
          ? List.of(rrset(distinct.subList(0, 1)), rrset(distinct.subList(1, 2)))
          : List.of(rrset(distinct));
    }

    private SignedRrset rrset(List<byte[]> part) {
      return new SignedRrset(key.owner, key.type, ttl, part, malformed, signatures);
    }
  }
}
