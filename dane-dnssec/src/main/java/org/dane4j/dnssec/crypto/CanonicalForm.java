// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.dane4j.dnssec.wire.RdataLayout;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;

/** The octets that a signature is made of (RFC 4034 §3.1.8.1 and §6). */
public final class CanonicalForm {

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
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    out.writeBytes(rrsig.signedPrefix());
    out.writeBytes(rrsig.signer().toWireCanonical());
    byte[] previous = null;
    for (byte[] rdata : canonicalOrder(rrset)) {
      // RFC 4034 §6.3: duplicates count once. Some appear only when names are lower-cased.
      if (previous != null && Arrays.equals(previous, rdata)) {
        continue;
      }
      previous = rdata;
      out.writeBytes(owner);
      u16(out, rrset.type());
      u16(out, DClass.IN);
      u16(out, (int) (rrsig.originalTtl() >>> 16));
      u16(out, (int) rrsig.originalTtl());
      u16(out, rdata.length);
      out.writeBytes(rdata);
    }
    return out.toByteArray();
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

  private static List<byte[]> canonicalOrder(SignedRrset rrset) {
    byte[][] canonical = new byte[rrset.rdata().size()][];
    for (int i = 0; i < canonical.length; i++) {
      canonical[i] = RdataLayout.canonical(rrset.rdata().get(i), rrset.type());
    }
    if (canonical.length > 1) {
      Arrays.sort(canonical, Arrays::compareUnsigned);
    }
    return Arrays.asList(canonical);
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }
}
