// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/** DNSKEY and DS records, octet by octet, and keys that verify with them. */
class KeyRecordsTest {

  @Test
  void dnskey_hasItsFieldsFromItsOctets() {
    byte[] rdata = {(byte) 0xab, (byte) 0xcd, 3, (byte) 200, 7, 8, 9};
    Dnskey key = Fixtures.dnskey(rdata);
    assertThat(key.flags()).isEqualTo(0xabcd);
    assertThat(key.algorithm()).isEqualTo(200);
    assertThat(key.publicKey()).containsExactly(7, 8, 9);
    assertThat(key.rdata()).isEqualTo(rdata);
    assertThat(key).hasToString("DNSKEY " + key.keyTag() + " (algorithm 200)");
  }

  @Test
  void dnskeyWithoutRoomForItsFields_isNone() {
    assertThat(Dnskey.read(new byte[3])).isNull();
    assertThat(Dnskey.read(new byte[4])).isNotNull();
  }

  @Test
  void zoneKey_hasTheFlagAndProtocol3() {
    // RFC 4034 §2.1.1, §2.1.2
    assertThat(Fixtures.dnskey((byte) 1, (byte) 0, (byte) 3, (byte) 8).isZoneKey()).isTrue();
    assertThat(Fixtures.dnskey((byte) 1, (byte) 1, (byte) 3, (byte) 8).isZoneKey()).isTrue();
    assertThat(Fixtures.dnskey((byte) 0, (byte) 1, (byte) 3, (byte) 8).isZoneKey()).isFalse();
    assertThat(Fixtures.dnskey((byte) 2, (byte) 0, (byte) 3, (byte) 8).isZoneKey()).isFalse();
    assertThat(Fixtures.dnskey((byte) 1, (byte) 0, (byte) 2, (byte) 8).isZoneKey()).isFalse();
  }

  @Test
  void revokedKey_hasTheFlag() {
    // RFC 5011 §7
    assertThat(Fixtures.dnskey((byte) 1, (byte) 0x80, (byte) 3, (byte) 8).isRevoked()).isTrue();
    assertThat(Fixtures.dnskey((byte) 0x81, (byte) 0x01, (byte) 3, (byte) 8).isRevoked()).isFalse();
  }

  @Test
  void keyTag_isTheSumOfRfc4034AppendixB() {
    // 0x0100 + 0x0308 + 0xffff, and the carry added once
    byte[] rdata = {1, 0, 3, 8, (byte) 0xff, (byte) 0xff};
    assertThat(Fixtures.dnskey(rdata).keyTag()).isEqualTo(0x0408);
    byte[] odd = {1, 0, 3, 8, (byte) 0xff};
    assertThat(Fixtures.dnskey(odd).keyTag()).isEqualTo(0x0309);
  }

  @Test
  void keyTagOfAlgorithm1_isTheEndOfTheModulus() {
    // RFC 4034 Appendix B.1
    assertThat(Fixtures.dnskey(new byte[] {1, 0, 3, 1, 0x12, 0x34, 0x56}).keyTag())
        .isEqualTo(0x1234);
    assertThat(Fixtures.dnskey(new byte[] {1, 0, 3, 1, 9, 0x12, (byte) 0x84, 0x56}).keyTag())
        .isEqualTo(0x1284);
    assertThat(Fixtures.dnskey(new byte[] {1, 0, 3, 1, 0x12, 0x34}).keyTag()).isZero();
  }

  @Test
  void records_areEqualByTheirOctets() {
    byte[] rdata = {1, 0, 3, 8, 1};
    assertThat(Fixtures.dnskey(rdata))
        .isEqualTo(Fixtures.dnskey(rdata.clone()))
        .hasSameHashCodeAs(Fixtures.dnskey(rdata.clone()))
        .isNotEqualTo(Fixtures.dnskey(new byte[] {1, 0, 3, 8, 2}))
        .isNotEqualTo("DNSKEY");
    assertThat(Fixtures.ds(rdata))
        .isEqualTo(Fixtures.ds(rdata.clone()))
        .hasSameHashCodeAs(Fixtures.ds(rdata.clone()))
        .isNotEqualTo(Fixtures.ds(new byte[] {1, 0, 3, 8, 2}))
        .isNotEqualTo("DS");
    assertThat(Fixtures.dnskey(rdata).hashCode())
        .isNotEqualTo(Fixtures.dnskey(new byte[] {1, 0, 3, 8, 2}).hashCode());
    assertThat(Fixtures.ds(rdata).hashCode())
        .isNotEqualTo(Fixtures.ds(new byte[] {1, 0, 3, 8, 2}).hashCode());
  }

  @Test
  void ds_hasItsFieldsFromItsOctets() {
    Ds ds = Fixtures.ds((byte) 0xab, (byte) 0xcd, (byte) 200, (byte) 2, (byte) 0xef, (byte) 1);
    assertThat(ds.keyTag()).isEqualTo(0xabcd);
    assertThat(ds.algorithm()).isEqualTo(200);
    assertThat(ds.digestType()).isEqualTo(2);
    assertThat(ds).hasToString("43981 200 2 ef01");
    assertThat(Ds.read(new byte[4])).as("no digest").isNull();
    assertThat(Ds.read(new byte[5])).isNotNull();
  }

  @Test
  void dsOfUnknownDigest_matchesNothing() {
    Dnskey key = Fixtures.dnskey(new byte[] {1, 0, 3, 8, 1});
    byte[] rdata = new byte[4 + 32];
    rdata[0] = (byte) (key.keyTag() >>> 8);
    rdata[1] = (byte) key.keyTag();
    rdata[2] = 8;
    rdata[3] = (byte) 250;
    Ds ds = Fixtures.ds(rdata);
    assertThat(ds.names(key)).isTrue();
    assertThat(ds.matches(Name.root, key)).isFalse();
    assertThat(Ds.supportsDigest(250)).isFalse();
  }

  /** A scheme that counts how often it decodes. */
  private record Counting(AtomicInteger decoded, boolean throwing) implements SignatureScheme {

    @Override
    public PublicKey decodeKey(byte[] key) throws GeneralSecurityException {
      decoded.incrementAndGet();
      return Keys.curve("Ed25519", "").getPublic();
    }

    @Override
    public boolean verify(PublicKey key, byte[] data, byte[] signature) {
      if (throwing) {
        throw new IllegalStateException("the module is shut down");
      }
      return true;
    }
  }

  @Test
  void zoneKeyOfManyUses_isDecodedNoMore() {
    Counting scheme = new Counting(new AtomicInteger(), false);
    verify(scheme, 8);
    int before = scheme.decoded().get();
    verify(scheme, 100);
    assertThat(scheme.decoded()).hasValue(2 * before);
  }

  @Test
  void zoneKeyOfFewUses_isNotKept() {
    // A mail domain's: its keys, MX, two addresses, TLSA. What a provider makes of it is large.
    Counting scheme = new Counting(new AtomicInteger(), false);
    verify(scheme, 5);
    assertThat(scheme.decoded()).hasValue(5);
  }

  /** Verifies some signatures by a new key. */
  private static void verify(Counting scheme, int times) {
    ZoneKey key = new ZoneKey(Fixtures.dnskey(new byte[] {1, 0, 3, 15, 1}), scheme);
    for (int i = 0; i < times; i++) {
      assertThat(key.verify(Keys.DATA, Keys.DATA)).isEqualTo(ZoneKey.Outcome.VALID);
    }
  }

  @Test
  void providerThatBreaksDown_hasVerifiedNothing() {
    Counting scheme = new Counting(new AtomicInteger(), true);
    ZoneKey key = new ZoneKey(Fixtures.dnskey(new byte[] {1, 0, 3, 15, 1}), scheme);
    assertThat(key.verify(Keys.DATA, Keys.DATA)).isEqualTo(ZoneKey.Outcome.WRONG);
  }

  @Test
  void keyThatCannotBeDecoded_isBad() throws GeneralSecurityException {
    ZoneKey key =
        new ZoneKey(
            Fixtures.dnskey(new byte[] {1, 0, 3, 15, 1}), EddsaScheme.ed25519(Keys.BOUNCY_CASTLE));
    assertThat(key.verify(Keys.DATA, new byte[64])).isEqualTo(ZoneKey.Outcome.BAD_KEY);
  }
}
