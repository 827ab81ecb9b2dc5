// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.tlsa.Octets;

/**
 * The addresses that nobody has on the internet (RFC 6890, the IANA registries of special-purpose
 * addresses): a domain that names them is asking its auditor to look into the auditor's own house.
 */
final class ReservedAddresses {

  private static final List<Block> BLOCKS =
      Stream.of(
              "0.0.0.0/8 this network",
              "10.0.0.0/8 private use",
              "100.64.0.0/10 shared by customers of a carrier",
              "127.0.0.0/8 loopback",
              "169.254.0.0/16 link-local",
              "172.16.0.0/12 private use",
              "192.0.0.0/24 protocol assignments",
              "192.0.2.0/24 documentation",
              "192.168.0.0/16 private use",
              "198.18.0.0/15 benchmarking",
              "198.51.100.0/24 documentation",
              "203.0.113.0/24 documentation",
              "224.0.0.0/3 multicast or reserved",
              "::/3 no global unicast",
              "2001::/23 protocol assignments",
              "2001:db8::/32 documentation",
              "2002::/16 6to4, which may hide a private address",
              "3fff::/20 documentation",
              "4000::/2 no global unicast",
              "8000::/1 no global unicast, such as private use or link-local")
          .map(Block::parse)
          .toList();

  private final boolean allowed;

  private ReservedAddresses(boolean allowed) {
    this.allowed = allowed;
  }

  static ReservedAddresses refused() {
    return new ReservedAddresses(false);
  }

  static ReservedAddresses allowed() {
    return new ReservedAddresses(true);
  }

  boolean isEverythingAllowed() {
    return allowed;
  }

  private record Block(Octets prefix, int bits, String use) {

    static Block parse(String text) {
      String[] parts = text.split("[/ ]", 3);
      try {
        byte[] prefix = InetAddress.getByName(parts[0]).getAddress();
        return new Block(Octets.of(prefix), Integer.parseInt(parts[1]), parts[2]);
      } catch (UnknownHostException e) {
        throw new AssertionError(text, e);
      }
    }

    boolean contains(byte[] address) {
      byte[] first = prefix.toByteArray();
      if (address.length != first.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >>> (bit % 8);
        if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Returns why an address is left alone; empty if it is not. */
  Optional<String> objection(InetAddress address) {
    if (allowed) {
      return Optional.empty();
    }
    return BLOCKS.stream()
        .filter(block -> block.contains(address.getAddress()))
        .findFirst()
        .map(
            block ->
                address.getHostAddress()
                    + " is reserved ("
                    + block.use
                    + "): nobody has it on the internet, so it is left alone");
  }
}
