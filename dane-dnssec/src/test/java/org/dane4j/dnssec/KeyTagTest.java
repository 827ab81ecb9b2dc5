// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.util.Objects;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SignedZone;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Key tags need not be unique (RFC 4034 Appendix B), and an attacker can make them equal. */
class KeyTagTest {

  private static final String ZONE = "bank.example.";

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(ZONE, zone -> zone.record("@ TXT hello"))
          .build();

  /** Answers with a DNSKEY RRset that begins with malformed keys that have the real one's tag. */
  private static Verdicts withColliding(int count) {
    SignedZone zone = TREE.zone(ZONE);
    DNSKEYRecord real = zone.keys().get(0).dnskey();
    RRset keys = new RRset();
    for (int i = 0; i < count; i++) {
      byte[] rdata = {1, 0, 3, (byte) real.getAlgorithm(), 0, (byte) i, 0, 0};
      for (int j = 0; tag(rdata) != real.getFootprint(); j++) {
        rdata[6] = (byte) (j >> 8);
        rdata[7] = (byte) j;
      }
      keys.addRR(Record.newRecord(zone.name(), Type.DNSKEY, DClass.IN, 3600, rdata));
    }
    keys.addRR(real);
    Staged staged = new Staged(TREE);
    staged.to(ZONE, Type.DNSKEY).answer(zone.sign(keys, zone.inception(), zone.expiration()));
    return staged.verdict(ZONE, Type.TXT);
  }

  private static int tag(byte[] rdata) {
    return Objects.requireNonNull(Dnskey.read(rdata)).keyTag();
  }

  @Test
  void keyWithTheSameTag_isTriedAsWell() {
    assertThat(withColliding(0)).isEqualTo(SECURE_DATA);
    assertThat(withColliding(1)).isEqualTo(SECURE_DATA);
  }

  @Test
  void manyKeysWithTheSameTag_areNotAllTried() {
    // CVE-2023-50387: whoever wants to be validated has no three keys with one tag.
    assertThat(withColliding(2)).isEqualTo(BOGUS);
    assertThat(withColliding(30)).isEqualTo(BOGUS);
  }
}
