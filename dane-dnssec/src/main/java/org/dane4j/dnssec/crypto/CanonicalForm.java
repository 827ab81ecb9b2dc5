// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.dane4j.dnssec.wire.RdataLayout;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/** The octets that a signature is made of (RFC 4034 §3.1.8.1 and §6). */
public final class CanonicalForm {

  /** Type, class, TTL and length stand between a record's owner and RDATA. */
  private static final int FIXED_OCTETS = 10;

  private CanonicalForm() {}

  /**
   * Returns the data that an RRSIG signs: its own RDATA without the signature, then the RRset in
   * canonical form and order.
   *
   * @param rrset the RRset
   * @param rrsig a signature that covers it, whose labels field is not above the owner's
   * @return the octets to verify
   */
  public static byte[] signedData(SignedRrset rrset, Rrsig rrsig) {
    byte[] owner = signedOwner(rrset.owner(), rrsig.labels()).toWireCanonical();
    byte[] prefix = rrsig.signedPrefix();
    byte[] signer = rrsig.signer().toWireCanonical();
    byte[][] all = canonicalOrder(rrset);
    int length = prefix.length + signer.length;
    for (byte[] rdata : all) {
      length += owner.length + FIXED_OCTETS + rdata.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(prefix).put(signer);
    byte[] previous = null;
    for (byte[] rdata : all) {
      // RFC 4034 §6.3: duplicates count once. Some appear only when names are lower-cased.
      if (previous != null && Arrays.equals(previous, rdata)) {
        continue;
      }
      previous = rdata;
      out.put(owner);
      out.putShort((short) rrset.type()).putShort((short) DClass.IN);
      out.putInt((int) rrsig.originalTtl());
      out.putShort((short) rdata.length).put(rdata);
    }
    return out.hasRemaining() ? Arrays.copyOf(out.array(), out.position()) : out.array();
  }

  /**
   * Returns the owner's name as it was signed: the wildcard, if the RRset was expanded from one
   * (RFC 4035 §5.3.2).
   *
   * @param owner the owner's name in the message
   * @param labels the labels field of the RRSIG, not above the number of the owner's labels
   * @return the owner's name in the zone
   */
  public static Name signedOwner(Name owner, int labels) {
    int surplus = labelCount(owner) - labels;
    return surplus > 0 ? owner.wild(surplus + (owner.isWild() ? 1 : 0)) : owner;
  }

  /** Returns the number of labels as RRSIG counts them: without root and leading wildcard. */
  public static int labelCount(Name name) {
    return name.labels() - 1 - (name.isWild() ? 1 : 0);
  }

  private static byte[][] canonicalOrder(SignedRrset rrset) {
    byte[][] canonical = new byte[rrset.rdata().size()][];
    for (int i = 0; i < canonical.length; i++) {
      canonical[i] = RdataLayout.canonical(rrset.rdata().get(i), rrset.type());
    }
    if (canonical.length > 1) {
      Arrays.sort(canonical, Arrays::compareUnsigned);
    }
    return canonical;
  }
}
