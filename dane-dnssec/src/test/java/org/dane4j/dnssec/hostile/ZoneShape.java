// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.xbill.DNS.Type;

/**
 * One zone of a random tree: how it is signed, how it denies, and which odd things it holds.
 *
 * @param parent chooses the zone above it
 * @param initial the first letter of its label, which decides where it stands in canonical order
 * @param deep whether an empty non-terminal stands between it and its parent
 * @param trust whether the chain of trust reaches it
 * @param oddAnchor whether it has a trust anchor of its own, or, if it is the root, has none
 * @param denial the form of its denial
 * @param algorithm what it is signed with
 * @param splitKeys whether it has a KSK and a ZSK
 * @param features what it holds
 * @param other chooses the zone that its aliases lead to
 */
record ZoneShape(
    int parent,
    char initial,
    boolean deep,
    Trust trust,
    boolean oddAnchor,
    Form denial,
    SigningAlgorithm algorithm,
    boolean splitKeys,
    Set<Feature> features,
    int other) {

  /** An algorithm number and a digest type that nobody has. */
  private static final int UNKNOWN = 200;

  /** How a zone is tied to its parent. */
  enum Trust {
    SIGNED,
    UNSIGNED,
    WITHOUT_DS,
    UNKNOWN_ALGORITHM,
    UNKNOWN_DIGEST;

    boolean hasDs() {
      return this != UNSIGNED && this != WITHOUT_DS;
    }

    /** Whether there are keys that a trust anchor can name. */
    boolean hasKeys() {
      return this != UNSIGNED && this != UNKNOWN_ALGORITHM;
    }
  }

  /** How a zone denies. */
  enum Form {
    NSEC,
    NSEC3,
    OPT_OUT,
    MANY_ITERATIONS
  }

  /** Odd things that a zone may hold. */
  enum Feature {
    WILDCARD,
    APEX_WILDCARD,
    EMPTY_NON_TERMINAL,
    ALIAS,
    CHAIN,
    DNAME,
    LOOP,
    CUT
  }

  /** One record, with an owner relative to the zone. */
  record Rr(String owner, int type, String rdata) {
    @Override
    public String toString() {
      return owner + " " + Type.string(type) + " " + rdata;
    }
  }

  /** Returns a zone that holds everything that a zone may hold, and has no trust anchor. */
  static ZoneShape full(int parent, Trust trust, Form denial) {
    SigningAlgorithm algorithm = SigningAlgorithm.ED25519;
    Set<Feature> all = EnumSet.allOf(Feature.class);
    return new ZoneShape(parent, 'm', false, trust, false, denial, algorithm, false, all, 1);
  }

  /** Returns this zone, signed so that it counts. */
  ZoneShape signed() {
    return with(Trust.SIGNED, oddAnchor);
  }

  /** Returns this zone with a trust anchor of its own, or, if it is to be the root, without one. */
  ZoneShape withOddAnchor() {
    return with(trust, true);
  }

  private ZoneShape with(Trust newTrust, boolean newAnchor) {
    return new ZoneShape(
        parent, initial, deep, newTrust, newAnchor, denial, algorithm, splitKeys, features, other);
  }

  /** Returns the records of the zone, those that every zone has left out. */
  List<Rr> records(String target) {
    List<Rr> records = new ArrayList<>();
    records.add(new Rr("@", Type.MX, "10 mx"));
    records.add(new Rr("mx", Type.A, "192.0.2.1"));
    records.add(new Rr("_25._tcp.mx", Type.TLSA, "3 1 1 " + "ab".repeat(32)));
    for (Feature feature : features) {
      records.addAll(recordsOf(feature, target));
    }
    return records;
  }

  private static List<Rr> recordsOf(Feature feature, String target) {
    return switch (feature) {
      case WILDCARD ->
          List.of(
              new Rr("*.w", Type.TXT, "wild"),
              new Rr("*.w", Type.A, "192.0.2.2"),
              new Rr("host.w", Type.A, "192.0.2.3"),
              new Rr("*.v", Type.CNAME, "mx"));
      case APEX_WILDCARD -> List.of(new Rr("*", Type.TXT, "apex"));
      case EMPTY_NON_TERMINAL ->
          List.of(new Rr("a.b.ent", Type.TXT, "deep"), new Rr("a.*.hollow", Type.TXT, "deep"));
      case ALIAS ->
          List.of(
              new Rr("alias", Type.CNAME, "mx" + (target.equals(".") ? "." : "." + target)),
              new Rr("dangling", Type.CNAME, "none" + (target.equals(".") ? "." : "." + target)));
      case CHAIN -> List.of(new Rr("c0", Type.CNAME, "c1"), new Rr("c1", Type.CNAME, "mx"));
      case DNAME -> List.of(new Rr("moved", Type.DNAME, target));
      case LOOP ->
          List.of(
              new Rr("l0", Type.CNAME, "l1"),
              new Rr("l1", Type.CNAME, "l0"),
              new Rr("d0", Type.DNAME, "d1"),
              new Rr("d1", Type.DNAME, "d0"));
      case CUT -> List.of(new Rr("cut", Type.NS, "ns.cut"));
    };
  }

  /** Sets a zone of the testkit up. */
  void setUp(ZoneBuilder zone, String target) {
    zone.algorithm(algorithm).validity(Duration.ofHours(-1), Duration.ofDays(2));
    if (splitKeys) {
      zone.splitKeys();
    }
    switch (denial) {
      case NSEC -> {}
      case NSEC3 -> zone.nsec3(1, "ab12");
      case OPT_OUT -> zone.optOut();
      case MANY_ITERATIONS -> zone.nsec3(101, "");
    }
    switch (trust) {
      case SIGNED -> {}
      case UNSIGNED -> zone.unsigned();
      case WITHOUT_DS -> zone.withoutDs();
      case UNKNOWN_ALGORITHM -> zone.labeledAs(UNKNOWN);
      case UNKNOWN_DIGEST -> zone.ds(DsForm.UNKNOWN_DIGEST);
    }
    records(target).forEach(rr -> zone.record(rr.toString()));
  }
}
