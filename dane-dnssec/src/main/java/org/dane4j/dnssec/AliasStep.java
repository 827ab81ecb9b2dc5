// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.dnssec.wire.WireMessage;
import org.dane4j.dnssec.wire.WireName;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Type;

/**
 * An alias in a response: the record that must be proven, and where it leads.
 *
 * @param owner the name that is an alias
 * @param record the CNAME record, or the DNAME record that stands for it
 * @param target the name that it leads to; null if it leads nowhere
 */
record AliasStep(Name owner, SignedRrset record, @Nullable Name target) {

  /** Returns the alias at a name, or null if the response has none. */
  static @Nullable AliasStep from(Name name, WireMessage response) {
    SignedRrset cname = response.answer(name, Type.CNAME);
    SignedRrset dname = dnameAbove(name, response);
    if (dname != null && (cname == null || cname.signatures().isEmpty())) {
      // RFC 6672 §5.3.1: a synthesized CNAME is not signed; the DNAME is its proof.
      Name target = substitute(name, dname);
      boolean contradiction = cname != null && target != null && !target.equals(target(cname));
      return new AliasStep(name, dname, contradiction ? null : target);
    }
    return cname == null ? null : new AliasStep(name, cname, target(cname));
  }

  /** Whether a DNAME record above the name makes it an alias. */
  boolean isByDname() {
    return record.type() == Type.DNAME;
  }

  private static @Nullable SignedRrset dnameAbove(Name name, WireMessage response) {
    for (SignedRrset rrset : response.answer()) {
      boolean above = name.subdomain(rrset.owner()) && !name.equals(rrset.owner());
      if (rrset.type() == Type.DNAME && above) {
        return rrset;
      }
    }
    return null;
  }

  /** RFC 6672 §2.2; null if the new name would be too long. */
  private static @Nullable Name substitute(Name name, SignedRrset dname) {
    Name target = target(dname);
    if (target == null) {
      return null;
    }
    try {
      Name prefix = name.relativize(dname.owner());
      return Name.concatenate(prefix, target);
    } catch (NameTooLongException e) {
      return null;
    }
  }

  /** RFC 2181 §10.1: there is one CNAME record at a name, or none; so too with DNAME. */
  private static @Nullable Name target(SignedRrset rrset) {
    return rrset.rdata().size() == 1 ? WireName.read(rrset.rdata().get(0), 0) : null;
  }
}
