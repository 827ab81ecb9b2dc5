// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.wire.MessageReader;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A DNSSEC authentication chain (RFC 9102 §2.3): all records that it takes to validate an answer,
 * from the answer up to a trust anchor, as a TLS server sends them along with its certificates.
 *
 * <p>Both directions: {@link #of} makes the chain of a verdict, and {@link #validate} judges a
 * chain that somebody sent, by the same validator as everything else. A chain is evidence, not
 * proof: whoever sends one may leave records out, and then the verdict is not secure.
 *
 * <p><b>Not covered.</b> The ExtSupportLifetime field that stands before the chain in the TLS
 * extension, and its length, are the TLS layer's. Immutable and thread-safe.
 */
public final class AuthenticationChain {

  /** RFC 9102 §2.3: the length of a chain has two octets. */
  private static final int MAX_OCTETS = 0xffff;

  private final Octets octets;
  private final List<ChainRecord> records;

  private AuthenticationChain(Octets octets, List<ChainRecord> records) {
    this.octets = octets;
    this.records = List.copyOf(records);
  }

  /**
   * Reads a chain from octets.
   *
   * @param octets the content of the field AuthenticationChain, without its length: records in wire
   *     form, one behind the other
   * @return the chain
   * @throws MalformedEvidenceException if the octets are not uncompressed records of class IN, or
   *     none, or more than 65,535
   */
  public static AuthenticationChain read(byte[] octets) throws MalformedEvidenceException {
    OctetReader in = new OctetReader(octets);
    if (octets.length < 1 || octets.length > MAX_OCTETS) {
      throw in.malformed("a chain has from 1 to 65535 octets, not " + octets.length);
    }
    List<ChainRecord> records = new ArrayList<>();
    while (in.hasMore()) {
      if (records.size() == MessageReader.MAX_RECORDS) {
        throw in.malformed("there are more than " + MessageReader.MAX_RECORDS + " records");
      }
      records.add(record(in, octets));
    }
    return new AuthenticationChain(Octets.of(octets), records);
  }

  private static ChainRecord record(OctetReader in, byte[] octets)
      throws MalformedEvidenceException {
    int start = in.at();
    Name owner = in.name("a record's owner");
    int type = in.u16("a record's type");
    int dclass = in.u16("a record's class");
    if (dclass != DClass.IN) {
      throw in.malformed("a record has class " + dclass + ", and only 1 (IN) is allowed");
    }
    long unused = in.u32("a record's TTL");
    byte[] rdata = in.octets(in.u16("the length of RDATA"), "RDATA");
    Rrsig rrsig = type == Type.RRSIG ? Rrsig.read(rdata) : null;
    int covered = rrsig == null ? type : rrsig.typeCovered();
    Octets wire = Octets.of(Arrays.copyOfRange(octets, start, in.at()));
    return new ChainRecord(owner, type, covered, Octets.of(rdata), wire);
  }

  /**
   * Returns the chain of a verdict, the answer first and the trust anchor's zone last (RFC 9102
   * §3).
   *
   * @param result a verdict
   * @return the chain; empty if the verdict is neither secure nor proven to be insecure, or the
   *     records do not fit into 65,535 octets
   */
  public static Optional<AuthenticationChain> of(ValidationResult result) {
    boolean proven =
        result instanceof ValidationResult.Secure || result instanceof ValidationResult.Insecure;
    OctetWriter out = new OctetWriter();
    if (proven) {
      result.proof().rrsets().forEach(rrset -> write(out, rrset));
    }
    try {
      return Optional.of(read(out.toByteArray()));
    } catch (MalformedEvidenceException e) {
      return Optional.empty();
    }
  }

  private static void write(OctetWriter out, SignedRrset rrset) {
    rrset.rdata().forEach(rdata -> write(out, rrset, rrset.type(), rdata));
    rrset.signatures().forEach(rrsig -> write(out, rrset, Type.RRSIG, rrsig.rdata()));
  }

  private static void write(OctetWriter out, SignedRrset rrset, int type, byte[] rdata) {
    out.octets(rrset.owner().toWire()).u16(type).u16(DClass.IN).u32((int) rrset.ttl());
    out.u16(rdata.length).octets(rdata);
  }

  /**
   * Returns the chain's octets.
   *
   * @return the content of the field AuthenticationChain, without its length
   */
  public Octets octets() {
    return octets;
  }

  /**
   * Returns the responses that name servers would have given, had they been asked for what the
   * chain has: to the question itself, and for the keys and delegations above it and its aliases.
   *
   * @param question what the chain is to prove, such as {@code _443._tcp.www.example.com TLSA}
   * @return the responses; a question on which the chain has nothing has none
   */
  public Evidence evidence(Question question) {
    return new ChainResponses(records).evidence(question);
  }

  /**
   * Judges the chain.
   *
   * @param question what the chain is to prove
   * @param validator who judges, and by which trust anchors
   * @param at the time at which the verdict is to hold
   * @return the verdict; indeterminate if records are missing
   */
  public ValidationResult validate(Question question, ChainValidator validator, Instant at) {
    return validator.validate(question, evidence(question), at);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuthenticationChain that && octets.equals(that.octets);
  }

  @Override
  public int hashCode() {
    return octets.hashCode();
  }

  /** Returns owners and types of the records, in order. */
  @Override
  public String toString() {
    return records.toString();
  }
}
