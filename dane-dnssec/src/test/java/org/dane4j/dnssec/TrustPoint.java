// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneKey;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A zone that shows its keys from day to day, for RFC 5011. */
final class TrustPoint {

  static final Name ZONE = RecordBag.name("example");
  static final Question QUESTION = new Question(ZONE, Type.DNSKEY);
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration SIGNATURES = Duration.ofDays(10);

  private final TrustAnchorUpdate update = TrustAnchorUpdate.with(AlgorithmPolicy.recommended());
  private AnchorState state;
  private Instant now = START;

  TrustPoint(TrustAnchors anchors) {
    state = AnchorState.of(anchors, ZONE, START);
  }

  /** Starts with keys as anchors. */
  static TrustPoint trusting(ZoneKey... keys) {
    StringBuilder text = new StringBuilder();
    for (ZoneKey key : keys) {
      text.append(key.dnskey()).append('\n');
    }
    return new TrustPoint(TrustAnchors.parse(text.toString()));
  }

  static ZoneKey key() {
    return ZoneKey.generate(ZONE, SigningAlgorithm.ED25519, ZoneKey.KEY_SIGNING);
  }

  AnchorState state() {
    return state;
  }

  Instant now() {
    return now;
  }

  /** The state of a key; empty if it is not known. */
  String of(ZoneKey key) {
    Octets rdata = Octets.of(key.dnskey().rdataToWireCanonical());
    return state.keys().stream()
        .filter(known -> known.dnskey().equals(rdata))
        .map(known -> known.state().toString())
        .findAny()
        .orElse("");
  }

  /** Lets time pass, then takes a step with what the zone shows, signed by some of its keys. */
  TrustPoint after(Duration time, List<ZoneKey> shown, List<ZoneKey> signers) {
    return after(time, response(now.plus(time), shown, signers));
  }

  TrustPoint afterDays(int days, List<ZoneKey> shown, List<ZoneKey> signers) {
    return after(Duration.ofDays(days), shown, signers);
  }

  TrustPoint after(Duration time, Evidence evidence) {
    now = now.plus(time);
    state = update.step(state, evidence, now);
    return this;
  }

  static Evidence response(Instant at, List<ZoneKey> shown, List<ZoneKey> signers) {
    return response(at, shown, signers, new Times(Duration.ofHours(1), SIGNATURES));
  }

  /** The TTL of the keys, and how long signatures are still valid. */
  record Times(Duration ttl, Duration signatures) {}

  static Evidence response(Instant at, List<ZoneKey> shown, List<ZoneKey> signers, Times times) {
    RRset rrset = new RRset();
    for (ZoneKey key : shown) {
      byte[] rdata = key.dnskey().rdataToWireCanonical();
      long ttl = times.ttl().toSeconds();
      rrset.addRR(Record.newRecord(ZONE, Type.DNSKEY, DClass.IN, ttl, rdata));
    }
    List<Record> records = new ArrayList<>(rrset.rrs(false));
    for (ZoneKey signer : signers) {
      records.add(signer.sign(rrset, at.minus(Duration.ofDays(1)), at.plus(times.signatures())));
    }
    return Evidence.builder()
        .response(QUESTION, RecordBag.response(QUESTION, Rcode.NOERROR, records, List.of()))
        .build();
  }
}
