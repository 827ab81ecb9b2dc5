// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3PARAMRecord;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/** Denial by NSEC3 (RFC 5155 §7), with or without opt-out. */
final class Nsec3Chain implements DenialChain {

  private static final base32 BASE32HEX = new base32(base32.Alphabet.BASE32HEX, false, true);

  private final ZoneContents contents;
  private final Nsec3Parameters parameters;
  private final NSEC3PARAMRecord hasher;
  private final long ttl;

  /** From the hash in hexadecimal, which sorts as the octets do, to the name behind it. */
  private final NavigableMap<String, Name> chain = new TreeMap<>();

  Nsec3Chain(ZoneContents contents, Nsec3Parameters parameters, long ttl) {
    this.contents = contents;
    this.parameters = parameters;
    this.hasher = parameters.record(contents.apex());
    this.ttl = ttl;
    for (Name name : namesInChain()) {
      chain.put(hash(name), name);
    }
  }

  // RFC 5155 §7.1: with opt-out, insecure delegations and what exists but for them are left out.
  private Set<Name> namesInChain() {
    Set<Name> names = new TreeSet<>();
    for (Name owner : contents.owners()) {
      if (parameters.optOut() && contents.isInsecureDelegation(owner)) {
        continue;
      }
      for (Name name = owner; names.add(name) && !name.equals(contents.apex()); ) {
        name = ZoneContents.parent(name);
      }
    }
    return names;
  }

  @Override
  public int type() {
    return Type.NSEC3;
  }

  @Override
  public List<Name> owners() {
    return chain.keySet().stream().map(this::owner).toList();
  }

  @Override
  public Optional<RRset> rrset(Name owner) {
    if (owner.labels() != contents.apex().labels() + 1) {
      return Optional.empty();
    }
    byte[] hash = BASE32HEX.fromString(owner.getLabelString(0));
    String key = hash == null ? "" : HexFormat.of().formatHex(hash);
    Name name = chain.get(key);
    if (name == null || !owner.equals(owner(key))) {
      return Optional.empty();
    }
    return Optional.of(new RRset(record(owner, next(key), types(name))));
  }

  // RFC 5155 §7.2.3; §7.2.4 for a DS at a delegation that is left out.
  @Override
  public List<Name> noData(Name name) {
    return matching(name).map(List::of).orElseGet(() -> closestProvableEncloser(name));
  }

  // RFC 5155 §7.2.2
  @Override
  public List<Name> noName(Name name) {
    List<Name> proof = new ArrayList<>(closestProvableEncloser(name));
    proof.add(covering(ZoneContents.wildcardBelow(provableEncloser(name))));
    return proof;
  }

  // RFC 5155 §7.2.6
  @Override
  public List<Name> wildcardApplies(Name name, Name closestEncloser) {
    return List.of(covering(ZoneContents.nextCloser(name, closestEncloser)));
  }

  // RFC 5155 §7.2.5
  @Override
  public List<Name> wildcardNoData(Name name, Name closestEncloser) {
    List<Name> proof = new ArrayList<>(closestProvableEncloser(name));
    proof.addAll(noData(ZoneContents.wildcardBelow(closestEncloser)));
    return proof;
  }

  @Override
  public RRset madeUp(Name name) {
    String before = before(hash(name));
    String after = Objects.requireNonNullElse(chain.higherKey(hash(name)), chain.firstKey());
    Name behind = Objects.requireNonNull(chain.get(before));
    return new RRset(record(owner(before), after, types(behind)));
  }

  // RFC 5155 §7.2.1: a record that matches the encloser and one that covers the next closer name.
  private List<Name> closestProvableEncloser(Name name) {
    Name encloser = provableEncloser(name);
    return List.of(
        matching(encloser).orElseThrow(), covering(ZoneContents.nextCloser(name, encloser)));
  }

  private Name provableEncloser(Name name) {
    Name encloser = ZoneContents.parent(name);
    while (matching(encloser).isEmpty()) {
      encloser = ZoneContents.parent(encloser);
    }
    return encloser;
  }

  private Optional<Name> matching(Name name) {
    String hash = hash(name);
    return chain.containsKey(hash) ? Optional.of(owner(hash)) : Optional.empty();
  }

  private Name covering(Name name) {
    return owner(before(hash(name)));
  }

  private String before(String hash) {
    return Objects.requireNonNullElse(chain.lowerKey(hash), chain.lastKey());
  }

  private String next(String hash) {
    return Objects.requireNonNullElse(chain.higherKey(hash), chain.firstKey());
  }

  private Name owner(String hash) {
    String label = BASE32HEX.toString(HexFormat.of().parseHex(hash));
    Name apex = contents.apex();
    return Name.fromConstantString(label + "." + (apex.equals(Name.root) ? "" : apex));
  }

  private NSEC3Record record(Name owner, String next, int[] types) {
    return new NSEC3Record(
        owner,
        DClass.IN,
        ttl,
        NSEC3Record.Digest.SHA1,
        parameters.optOut() ? NSEC3Record.Flags.OPT_OUT : 0,
        parameters.iterations(),
        parameters.salt(),
        HexFormat.of().parseHex(next),
        types);
  }

  // RFC 5155 §7.1: the bit for RRSIG stands for a signed RRset, which an unsigned cut has not.
  private int[] types(Name name) {
    Set<Integer> types = new TreeSet<>(contents.types(name));
    if (contents.isDelegation(name)) {
      types.retainAll(List.of(Type.NS, Type.DS));
    }
    if (!types.isEmpty() && !contents.isInsecureDelegation(name)) {
      types.add(Type.RRSIG);
    }
    return types.stream().mapToInt(Integer::intValue).toArray();
  }

  private String hash(Name name) {
    try {
      return HexFormat.of().formatHex(hasher.hashName(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
