// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.wire.MalformedMessageException;
import org.dane4j.dnssec.wire.MessageReader;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneKey;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Which signatures over a DNSKEY RRset count as its keys' own. */
class SelfSignaturesTest {

  private static final Instant AT = TrustPoint.START;
  private static final ZoneKey A = TrustPoint.key();

  private static RRset rrset(List<byte[]> keys) {
    RRset rrset = new RRset();
    keys.forEach(
        rdata ->
            rrset.addRR(Record.newRecord(TrustPoint.ZONE, Type.DNSKEY, DClass.IN, 3600, rdata)));
    return rrset;
  }

  private static RRSIGRecord signature(RRset rrset) {
    return A.sign(rrset, AT.minus(Duration.ofDays(1)), AT.plus(Duration.ofDays(1)));
  }

  /** Returns the same signature record with some bits of one octet turned over. */
  private static Record changed(RRSIGRecord rrsig, int offset, int bits) {
    byte[] rdata = rrsig.rdataToWireCanonical();
    int at = offset < 0 ? rdata.length + offset : offset;
    rdata[at] ^= (byte) bits;
    return Record.newRecord(rrsig.getName(), Type.RRSIG, DClass.IN, 3600, rdata);
  }

  private static List<Dnskey> signers(RRset keys, List<? extends Record> signatures) {
    List<Record> records = new ArrayList<>(keys.rrs(false));
    records.addAll(signatures);
    byte[] wire =
        RecordBag.response(TrustPoint.QUESTION, Rcode.NOERROR, records, List.of()).toWire();
    try {
      SignedRrset rrset =
          Objects.requireNonNull(MessageReader.read(wire).answer(TrustPoint.ZONE, Type.DNSKEY));
      SelfSignatures check =
          new SelfSignatures(AlgorithmPolicy.recommended(), ValidationLimits.defaults());
      return List.copyOf(check.of(rrset, AT).keySet());
    } catch (MalformedMessageException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] rdata(ZoneKey key) {
    return key.dnskey().rdataToWireCanonical();
  }

  @Test
  void goodSignature_isItsKeys() {
    RRset keys = rrset(List.of(rdata(A), rdata(TrustPoint.key())));
    assertThat(signers(keys, List.of(signature(keys)))).containsExactly(Dnskey.read(rdata(A)));
  }

  @Test
  void signatureWithAWrongField_isNobodys() {
    RRset keys = rrset(List.of(rdata(A)));
    RRSIGRecord good = signature(keys);
    int labels = 3;
    int algorithm = 2;
    int keyTag = 17;
    int signer = 19;
    for (int offset : new int[] {labels, algorithm, keyTag, signer, -1}) {
      Record bad = changed(good, offset, 1);
      assertThat(signers(keys, List.of(bad))).as("octet " + offset).isEmpty();
    }
  }

  @Test
  void signatureForTheWildcardAbove_isNobodys() {
    RRset keys = rrset(List.of(rdata(A)));
    RRSIGRecord template = (RRSIGRecord) changed(signature(keys), 3, 1);
    RRSIGRecord signed = A.sign(keys, template);
    assertThat(signers(keys, List.of(signed))).isEmpty();
  }

  @Test
  void keyThatIsNoZoneKey_signsNothing() {
    byte[] plain = rdata(ZoneKey.generate(TrustPoint.ZONE, SigningAlgorithm.ED25519, 1));
    RRset keys = rrset(List.of(plain, rdata(A)));
    ZoneKey other = ZoneKey.generate(TrustPoint.ZONE, SigningAlgorithm.ED25519, 1);
    RRset withOther = rrset(List.of(rdata(other)));
    RRSIGRecord byOther = other.sign(withOther, AT, AT.plusSeconds(60));
    assertThat(signers(withOther, List.of(byOther))).isEmpty();
    assertThat(signers(keys, List.of(signature(keys)))).hasSize(1);
  }

  @Test
  void signatures_areLookedAtUpToALimit() {
    RRset keys = rrset(List.of(rdata(A)));
    List<Record> seven = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      seven.add(changed(signature(keys), -1, i + 1));
      seven.add(changed(signature(keys), 2, 128 + i));
    }
    List<Record> eight = new ArrayList<>(seven);
    eight.add(changed(signature(keys), -2, 77));
    seven.add(signature(keys));
    eight.add(signature(keys));
    assertThat(signers(keys, seven)).hasSize(1);
    assertThat(signers(keys, eight)).isEmpty();
  }

  @Test
  void keysOfEqualTag_areTriedUpToALimit() {
    // RFC 4034 Appendix B: words can change places without a change of the tag.
    List<byte[]> twins = new ArrayList<>();
    for (int word : new int[] {6, 8}) {
      byte[] twin = rdata(A);
      byte[] first = {twin[4], twin[5]};
      twin[4] = twin[word];
      twin[5] = twin[word + 1];
      twin[word] = first[0];
      twin[word + 1] = first[1];
      twins.add(twin);
    }
    RRset two = rrset(List.of(twins.get(0), rdata(A)));
    assertThat(signers(two, List.of(signature(two)))).containsExactly(Dnskey.read(rdata(A)));
    RRset three = rrset(List.of(twins.get(0), twins.get(1), rdata(A)));
    assertThat(signers(three, List.of(signature(three)))).isEmpty();
  }
}
