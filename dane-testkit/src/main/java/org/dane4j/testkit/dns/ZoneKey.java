// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.time.Instant;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A key of a zone: the DNSKEY record and the pair behind it, able to sign anything.
 *
 * <p>It signs whatever it is asked to sign, data of other zones and at any time included, because
 * that is what a test needs a key for.
 */
public final class ZoneKey {

  /** The flags of a key that signs data: zone key, RFC 4034 §2.1.1. */
  public static final int ZONE_SIGNING = 256;

  /** The flags of a key that a DS points at: zone key and secure entry point. */
  public static final int KEY_SIGNING = 257;

  /** dnsjava writes no RRSIG record that is without a signature. */
  private static final byte[] PLACEHOLDER = {0};

  private final SigningAlgorithm algorithm;
  private final KeyPair pair;
  private final DNSKEYRecord dnskey;

  private ZoneKey(SigningAlgorithm algorithm, KeyPair pair, DNSKEYRecord dnskey) {
    this.algorithm = algorithm;
    this.pair = pair;
    this.dnskey = dnskey;
  }

  /**
   * Returns a key that was made just now and belongs to no tree: one that an attacker may inject.
   *
   * @param zone the owner name of the DNSKEY record
   * @param algorithm the algorithm
   * @param flags {@link #ZONE_SIGNING}, {@link #KEY_SIGNING} or any other 16 bits
   * @return a new key
   */
  public static ZoneKey generate(Name zone, SigningAlgorithm algorithm, int flags) {
    return of(zone, algorithm, flags, algorithm.generateKeyPair());
  }

  static ZoneKey of(Name zone, SigningAlgorithm algorithm, int flags, KeyPair pair) {
    byte[] unusual = algorithm.unusualKey(pair.getPublic()).orElse(null);
    try {
      DNSKEYRecord dnskey =
          unusual == null
              ? new DNSKEYRecord(
                  zone,
                  DClass.IN,
                  ZoneBuilder.DEFAULT_TTL,
                  flags,
                  DNSKEYRecord.Protocol.DNSSEC,
                  algorithm.number(),
                  pair.getPublic())
              : new DNSKEYRecord(
                  zone,
                  DClass.IN,
                  ZoneBuilder.DEFAULT_TTL,
                  flags,
                  DNSKEYRecord.Protocol.DNSSEC,
                  algorithm.number(),
                  unusual);
      return new ZoneKey(algorithm, pair, dnskey);
    } catch (DNSSEC.DNSSECException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns a new key whose key tag is that of another key, as in CVE-2023-50387. RFC 4034 Appendix
   * B adds up the words of the record, so that flags without a meaning can make up the difference.
   *
   * @param other the key to collide with
   * @return a key of the same zone and algorithm
   */
  public static ZoneKey collidingWith(ZoneKey other) {
    DNSKEYRecord wanted = other.dnskey;
    while (true) {
      KeyPair pair = other.algorithm.generateKeyPair();
      int tag = of(wanted.getName(), other.algorithm, ZONE_SIGNING, pair).dnskey.getFootprint();
      // One carry more or less, and there may be no such flags: then the next key.
      for (int carry = -1; carry <= 1; carry++) {
        int flags = ZONE_SIGNING + wanted.getFootprint() - tag + carry & 0xFFFF;
        ZoneKey key = of(wanted.getName(), other.algorithm, flags, pair);
        boolean countsAsKey = (flags & (ZONE_SIGNING | DNSKEYRecord.Flags.REVOKE)) == ZONE_SIGNING;
        if (countsAsKey && key.dnskey.getFootprint() == wanted.getFootprint()) {
          return key;
        }
      }
    }
  }

  /**
   * Returns the same key under another algorithm number, in its DNSKEY record and in everything
   * that it signs. A validator that does not know the number cannot use it; one that pretends to
   * finds no valid signature.
   *
   * @param number the number to put on the wire
   * @return the relabeled key, whose key tag is another one
   */
  public ZoneKey labeledAs(int number) {
    return new ZoneKey(
        algorithm,
        pair,
        new DNSKEYRecord(
            dnskey.getName(),
            dnskey.getDClass(),
            dnskey.getTTL(),
            dnskey.getFlags(),
            dnskey.getProtocol(),
            number,
            dnskey.getKey()));
  }

  /**
   * Returns the same key with the REVOKE flag (RFC 5011 §3).
   *
   * @return the revoked key, whose key tag is another one
   */
  public ZoneKey revoked() {
    return new ZoneKey(
        algorithm,
        pair,
        new DNSKEYRecord(
            dnskey.getName(),
            dnskey.getDClass(),
            dnskey.getTTL(),
            dnskey.getFlags() | DNSKEYRecord.Flags.REVOKE,
            dnskey.getProtocol(),
            dnskey.getAlgorithm(),
            dnskey.getKey()));
  }

  /**
   * Returns the public half as the zone publishes it.
   *
   * @return the DNSKEY record
   */
  public DNSKEYRecord dnskey() {
    return dnskey;
  }

  /**
   * Returns both halves of the key.
   *
   * @return the key pair
   */
  public KeyPair keyPair() {
    return pair;
  }

  /**
   * Returns the algorithm that the signatures are really made with, whatever the label says.
   *
   * @return the algorithm
   */
  public SigningAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * Tells whether the secure entry point flag is set.
   *
   * @return true for a key that a DS record points at
   */
  public boolean isKeySigning() {
    return (dnskey.getFlags() & DNSKEYRecord.Flags.SEP_KEY) != 0;
  }

  /**
   * Signs an RRset.
   *
   * @param rrset the data, of any zone
   * @param inception when the signature becomes valid
   * @param expiration when it ends
   * @return the signature
   */
  public RRSIGRecord sign(RRset rrset, Instant inception, Instant expiration) {
    return sign(
        rrset,
        new RRSIGRecord(
            rrset.getName(),
            rrset.getDClass(),
            rrset.getTTL(),
            rrset.getType(),
            dnskey.getAlgorithm(),
            rrset.getTTL(),
            expiration,
            inception,
            dnskey.getFootprint(),
            dnskey.getName(),
            PLACEHOLDER));
  }

  /**
   * Signs an RRset with the fields of another signature: labels, original TTL, key tag, signer and
   * all. The outcome is a correct signature over those fields, however odd they are.
   *
   * @param rrset the data
   * @param template a signature whose fields to take; its octets are ignored
   * @return the signature
   */
  public RRSIGRecord sign(RRset rrset, RRSIGRecord template) {
    byte[] octets = algorithm.sign(pair.getPrivate(), DNSSEC.digestRRset(template, rrset));
    return withSignature(template, octets);
  }

  /** Returns an RRSIG record with other signature octets and the same fields. */
  static RRSIGRecord withSignature(RRSIGRecord template, byte[] octets) {
    byte[] rdata = template.rdataToWireCanonical();
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(rdata, 0, rdata.length - template.getSignature().length);
    fields.writeBytes(octets);
    return (RRSIGRecord)
        Record.newRecord(
            template.getName(),
            Type.RRSIG,
            template.getDClass(),
            template.getTTL(),
            fields.toByteArray());
  }

  @Override
  public String toString() {
    return dnskey.getName() + " " + dnskey.getAlgorithm() + " " + dnskey.getFootprint();
  }
}
