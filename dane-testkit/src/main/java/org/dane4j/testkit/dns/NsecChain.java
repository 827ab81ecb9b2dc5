// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;

/** Denial by NSEC (RFC 4034 §4, RFC 4035 §2.3 and §3.1.3). */
final class NsecChain implements DenialChain {

  private final ZoneContents contents;
  private final long ttl;

  NsecChain(ZoneContents contents, long ttl) {
    this.contents = contents;
    this.ttl = ttl;
  }

  @Override
  public int type() {
    return Type.NSEC;
  }

  @Override
  public List<Name> owners() {
    return List.copyOf(contents.owners());
  }

  @Override
  public Optional<RRset> rrset(Name owner) {
    if (!contents.owners().contains(owner)) {
      return Optional.empty();
    }
    Name higher = contents.owners().higher(owner);
    // RFC 4034 §4.1.1: the last record points back at the apex.
    Name next = higher == null ? contents.apex() : higher;
    return Optional.of(new RRset(new NSECRecord(owner, DClass.IN, ttl, next, types(owner))));
  }

  // RFC 4035 §2.3: at a delegation there are but NS, DS, and the signed NSEC itself.
  private int[] types(Name owner) {
    var types = new TreeSet<>(contents.types(owner));
    if (contents.isDelegation(owner)) {
      types.retainAll(List.of(Type.NS, Type.DS));
    }
    types.add(Type.RRSIG);
    types.add(Type.NSEC);
    return types.stream().mapToInt(Integer::intValue).toArray();
  }

  // RFC 4035 §3.1.3.1; an empty non-terminal has no NSEC, the one before it leads past it.
  @Override
  public List<Name> noData(Name name) {
    return List.of(contents.owners().contains(name) ? name : covering(name));
  }

  // RFC 4035 §3.1.3.2
  @Override
  public List<Name> noName(Name name) {
    Name encloser = contents.closestEncloser(name);
    return List.of(covering(name), covering(ZoneContents.wildcardBelow(encloser)));
  }

  // RFC 4035 §3.1.3.3
  @Override
  public List<Name> wildcardApplies(Name name, Name closestEncloser) {
    return List.of(covering(name));
  }

  // RFC 4035 §3.1.3.4
  @Override
  public List<Name> wildcardNoData(Name name, Name closestEncloser) {
    List<Name> proof = new ArrayList<>(noData(ZoneContents.wildcardBelow(closestEncloser)));
    proof.add(covering(name));
    return proof;
  }

  @Override
  public RRset madeUp(Name name) {
    Name owner = covering(name);
    Name higher = contents.owners().higher(name);
    Name next = higher == null ? contents.apex() : higher;
    return new RRset(new NSECRecord(owner, DClass.IN, ttl, next, types(owner)));
  }

  private Name covering(Name name) {
    Name lower = contents.owners().lower(name);
    // The chain is a circle: before the apex comes the last owner. Only a liar asks for that.
    return lower == null ? contents.owners().last() : lower;
  }
}
