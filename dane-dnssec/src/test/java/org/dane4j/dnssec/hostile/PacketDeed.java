// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.Arrays;
import java.util.Random;

/** What can be done to a response without reading it. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum PacketDeed implements Deed {
  DROP((wire, chance) -> new byte[0]),
  CUT((wire, chance) -> Arrays.copyOf(wire, chance.a() % wire.length)),
  CUT_RECORDS(
      (wire, chance) -> {
        // The counts stay: the message ends too early.
        int end = 12 + chance.a() % (wire.length - 11);
        return Arrays.copyOf(wire, Math.min(end, wire.length));
      }),
  FLIP_BIT(
      (wire, chance) -> {
        int bit = chance.a() % (wire.length * 8);
        wire[bit / 8] ^= (byte) (1 << bit % 8);
        return wire;
      }),
  SET_OCTET(
      (wire, chance) -> {
        wire[chance.a() % wire.length] = (byte) chance.b();
        return wire;
      }),
  RCODE(
      (wire, chance) -> {
        wire[3] = (byte) ((wire[3] & 0xf0) | (chance.a() & 0xf));
        return wire;
      }),
  NXDOMAIN_OR_NOT(
      (wire, chance) -> {
        wire[3] = (byte) ((wire[3] & 0xf0) | (chance.a() % 2 == 0 ? 0 : 3));
        return wire;
      }),
  FLAGS(
      (wire, chance) -> {
        // AA, TC, RD; RA, Z, AD, CD
        wire[2] ^= (byte) (chance.a() & 0x07);
        wire[3] ^= (byte) (chance.b() & 0xf0);
        return wire;
      }),
  AUTHENTIC_DATA(
      (wire, chance) -> {
        wire[3] |= 0x20;
        return wire;
      }),
  COUNTS(
      (wire, chance) -> {
        wire[5 + 2 * (chance.a() % 4)] = (byte) chance.b();
        return wire;
      }),
  GARBAGE(
      (wire, chance) -> {
        byte[] octets = new byte[chance.b() % 600];
        new Random(chance.a()).nextBytes(octets);
        return octets;
      }),
  GARBAGE_BEHIND_QUESTION(
      (wire, chance) -> {
        byte[] octets = new byte[wire.length];
        new Random(chance.a()).nextBytes(octets);
        int end = Math.min(wire.length, 12 + chance.asked().name().length() + 4);
        System.arraycopy(wire, 0, octets, 0, end);
        return octets;
      });

  private final Deed deed;

  PacketDeed(Deed deed) {
    this.deed = deed;
  }

  @Override
  public byte[] on(byte[] response, Chance chance) {
    return response.length < 12 ? response : deed.on(response.clone(), chance);
  }
}
