// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Where the domain names stand in the RDATA of each type that has any: what is decompressed when a
 * message is read, and what is lower-cased for a signature.
 *
 * <p>A layout is a string: a digit stands for so many octets, {@code n} for a domain name, {@code
 * s} for a character-string, {@code *} for the rest whatever it is.
 */
public final class RdataLayout {

  private static final String OPAQUE = "*";
  private static final int TYPE_A6 = 38;

  private RdataLayout() {}

  /** The layout of a type's RDATA. Types without names are opaque (RFC 3597 §4). */
  private static String of(int type) {
    return switch (type) {
      case Type.NS, Type.MD, Type.MF, Type.CNAME, Type.MB, Type.MG, Type.MR, Type.PTR, Type.DNAME ->
          "n";
      case Type.SOA -> "nn488";
      case Type.MINFO, Type.RP -> "nn";
      case Type.MX, Type.AFSDB, Type.RT, Type.KX -> "2n";
      case Type.PX -> "2nn";
      case Type.SRV -> "6n";
      case Type.NAPTR -> "4sssn";
      case Type.SIG, Type.RRSIG -> "99n*";
      case Type.NSEC, Type.NXT -> "n*";
      default -> OPAQUE;
    };
  }

  /** Senders may compress names in these types only; RFC 3597 §4 adds some for receivers. */
  private static boolean mayBeCompressed(int type) {
    return type != Type.RRSIG && type != Type.NSEC && type != Type.KX;
  }

  /** Types whose names are lower-cased in the canonical form (RFC 4034 §6.2, RFC 6840 §5.1). */
  private static boolean isLowerCased(int type) {
    return type != Type.NSEC && type != Type.RRSIG;
  }

  /**
   * Returns RDATA with its domain names decompressed.
   *
   * @param message the whole message, which compression pointers refer to
   * @param offset where the RDATA begin
   * @param length the RDLENGTH
   * @param type the RR type
   * @return the RDATA, or null if they do not have the form of the type
   */
  public static byte @Nullable [] expand(byte[] message, int offset, int length, int type) {
    String layout = of(type);
    if (layout.equals(OPAQUE)) {
      return Arrays.copyOfRange(message, offset, offset + length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16);
    int end = offset + length;
    int at = offset;
    for (int i = 0; i < layout.length(); i++) {
      char part = layout.charAt(i);
      int next =
          part == 'n'
              ? WireName.copy(message, at, end, mayBeCompressed(type), out)
              : skip(message, at, end, part);
      if (next < 0 || next > end) {
        return null;
      }
      if (part != 'n') {
        out.write(message, at, next - at);
      }
      at = next;
    }
    return at == end ? out.toByteArray() : null;
  }

  /**
   * Returns RDATA in canonical form: the domain names of some types in lower case (RFC 4034 §6.2).
   *
   * @param rdata RDATA as {@link #expand} returns them
   * @param type the RR type
   * @return the canonical RDATA; the same array if the type has no names to change
   */
  public static byte[] canonical(byte[] rdata, int type) {
    if (type == TYPE_A6) {
      return canonicalA6(rdata);
    }
    String layout = of(type);
    if (layout.equals(OPAQUE) || !isLowerCased(type)) {
      return rdata;
    }
    byte[] result = rdata.clone();
    int at = 0;
    for (int i = 0; i < layout.length(); i++) {
      char part = layout.charAt(i);
      if (part == 'n') {
        int end = WireName.end(rdata, at);
        WireName.lowerCase(result, at, end);
        at = end;
      } else {
        at = skip(rdata, at, rdata.length, part);
      }
    }
    return result;
  }

  /** A6 has a name only behind a prefix length of more than zero (RFC 2874 §3.1). */
  private static byte[] canonicalA6(byte[] rdata) {
    int prefix = rdata.length == 0 ? 0 : rdata[0] & 0xff;
    int name = 1 + (128 - Math.min(prefix, 128) + 7) / 8;
    int end = prefix == 0 || prefix > 128 ? -1 : WireName.end(rdata, name);
    if (end != rdata.length) {
      return rdata;
    }
    byte[] result = rdata.clone();
    WireName.lowerCase(result, name, end);
    return result;
  }

  private static int skip(byte[] octets, int at, int end, char part) {
    if (part == '*') {
      return end;
    }
    if (part == 's') {
      return at < end ? at + 1 + (octets[at] & 0xff) : -1;
    }
    return at + (part - '0');
  }
}
