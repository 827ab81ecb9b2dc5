// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** How long an answer, or an absence, may be kept: no longer than any of its signatures. */
class LifetimeTest {

  private static final String ZONE = "bank.example.";
  private static final String NAME = "m.bank.example.";
  private static final String SOA = ZONE + " SOA ns.bank.example. h.bank.example. 1 2 3 4 60";
  private static final String COVER = "l.bank.example. NSEC n.bank.example. A";
  private static final String APEX = ZONE + " NSEC a.bank.example. NS SOA";

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(ZONE, zone -> zone.record("host A 192.0.2.1"))
          .build();

  private final Staged staged = new Staged(TREE);

  private RRset signed(String line) {
    return staged.signed(ZONE, line);
  }

  /** Returns records whose signature ends so many seconds from now. */
  private static RRset ending(int seconds, String line) {
    Instant end = Offline.AT.plusSeconds(seconds);
    return TREE.zone(ZONE).sign(Staged.unsigned(line), Offline.AT.minusSeconds(60), end);
  }

  private static RRset withTtl(RRset rrset, int ttl) {
    RRset changed = new RRset();
    List<Record> all = new ArrayList<>(rrset.rrs(false));
    all.addAll(rrset.sigs());
    for (Record record : all) {
      byte[] rdata = record.rdataToWireCanonical();
      changed.addRR(Record.newRecord(record.getName(), record.getType(), DClass.IN, ttl, rdata));
    }
    return changed;
  }

  private Duration lifetimeOfAbsence(RRset... authority) {
    staged.to(NAME, Type.TXT).rcode(Rcode.NXDOMAIN).authority(authority);
    Secure secure = (Secure) staged.ask(NAME, Type.TXT);
    return Duration.between(Offline.AT, secure.validUntil());
  }

  @Test
  void absence_lastsAsLongAsTheSoaRecordSays() {
    // RFC 2308 §5: the lesser of its TTL and its MINIMUM field.
    RRset[] denial = {signed(COVER), signed(APEX)};
    assertThat(lifetimeOfAbsence(signed(SOA), denial[0], denial[1])).hasSeconds(60);
    assertThat(lifetimeOfAbsence(denial[0], denial[1], withTtl(signed(SOA), 20))).hasSeconds(20);
  }

  @Test
  void absenceWithoutOneSoaRecord_isNotKept() {
    // RFC 2308 §5
    RRset[] denial = {signed(COVER), signed(APEX)};
    assertThat(lifetimeOfAbsence(denial)).isZero();
    RRset two = Staged.unsigned(SOA, ZONE + " SOA ns.bank.example. h.bank.example. 2 2 3 4 70");
    assertThat(lifetimeOfAbsence(two, denial[0], denial[1])).isZero();
  }

  @Test
  void absence_endsWithTheFirstOfItsSignatures() {
    // RFC 4035 §5.3.3
    assertThat(lifetimeOfAbsence(signed(SOA), ending(5, COVER), signed(APEX))).hasSeconds(5);
    assertThat(lifetimeOfAbsence(signed(SOA), signed(COVER), ending(5, APEX))).hasSeconds(5);
  }

  @Test
  void ttlOfAnAnswer_endsWithItsSignature() {
    // RFC 4035 §5.3.3
    assertThat(ttl(signed(NAME + " TXT hello"))).isEqualTo(3600);
    assertThat(ttl(withTtl(signed(NAME + " TXT hello"), 7))).isEqualTo(7);
    assertThat(ttl(ending(5, NAME + " TXT hello"))).isEqualTo(5);
    assertThat(ttl(ending(5, NAME + " CNAME n.bank.example."), signed("n.bank.example. TXT x")))
        .as("behind an alias, with that of the alias")
        .isEqualTo(5);
  }

  private long ttl(RRset... answer) {
    staged.to(NAME, Type.TXT).answer(answer);
    Secure secure = (Secure) staged.ask(NAME, Type.TXT);
    return ((Answer.Positive) secure.answer()).rrset().ttl();
  }
}
