// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;
import static org.dane4j.smtp.audit.Judged.isA;
import static org.dane4j.smtp.audit.Judged.ofZone;
import static org.dane4j.smtp.audit.Judged.soa;
import static org.dane4j.smtp.audit.Judged.zone;

import java.util.List;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/** Which name server of a signed zone is not in order. */
class ServedKeysTest {

  private static final Rrset KEYS =
      Dns.rrset(
          DOMAIN,
          Type.DNSKEY,
          "257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==");
  private static final DNSKEYRecord KEY = (DNSKEYRecord) KEYS.records().get(0);
  private static final Rrset OTHER_KEYS = Dns.rrset(DOMAIN, Type.DNSKEY, "257 3 13 q6up5A==");

  private static ZoneDraft signed() {
    String ds = new DSRecord(Dns.name(DOMAIN), DClass.IN, 3600, 2, KEY).rdataToString();
    return zone()
        .keys(Dns.bogus(DOMAIN, Type.DNSKEY, BogusReason.KEY_MISSING))
        .delegation(Dns.secure(DOMAIN, Type.DS, ds));
  }

  private static Response by(DNSKEYRecord key, Rrset rrset) {
    RRSIGRecord template = ZoneDraft.reply(rrset).signatures().get(0);
    return ZoneDraft.signed(
        ZoneDraft.reply(rrset),
        new RRSIGRecord(
            template.getName(),
            DClass.IN,
            template.getTTL(),
            rrset.type(),
            13,
            template.getOrigTTL(),
            template.getExpire(),
            template.getTimeSigned(),
            key.getFootprint(),
            template.getSigner(),
            new byte[64]));
  }

  private static List<Finding> ofServers(ZoneDraft zone) {
    return DomainDraft.healthy().zone(zone.facts()).findings(Check.SIGNED).stream()
        .filter(finding -> finding.subject().startsWith("ns"))
        .toList();
  }

  @Test
  void serversInOrder_areSaidNothingOf() {
    assertThat(ofServers(signed().server("ns1.d.test", by(KEY, KEYS), by(KEY, soa(1))))).isEmpty();
  }

  @Test
  void serverWithKeysThatTheParentDoesNotKnow_isNamedWithTheTags() {
    DNSKEYRecord other = (DNSKEYRecord) OTHER_KEYS.records().get(0);
    ZoneDraft all = signed().server("ns1.d.test", by(other, OTHER_KEYS));
    Finding finding = ofServers(all).get(0);
    isA(Severity.FAIL, finding, "have the parent publish DS records");
    assertThat(finding.evidence())
        .contains("key tags " + other.getFootprint(), "key tags " + KEY.getFootprint());
    isA(Severity.WARN, ofServers(all.server("ns2.d.test", by(KEY, KEYS))).get(0));
  }

  @Test
  void serverWithoutSignatures_orWithThoseOfAnotherKey_isNamed() {
    DNSKEYRecord other = (DNSKEYRecord) OTHER_KEYS.records().get(0);
    assertThat(
            ofServers(
                    signed()
                        .server("ns1.d.test", by(KEY, KEYS), ZoneDraft.unsigned(by(KEY, soa(1)))))
                .get(0)
                .evidence())
        .contains("d.test. SOA without a signature");
    assertThat(
            ofServers(signed().server("ns1.d.test", by(KEY, KEYS), by(other, soa(1))))
                .get(0)
                .evidence())
        .contains("signed by key " + other.getFootprint());
  }

  @Test
  void whatWasCutOff_orIsOfALameServer_isNotHeldAgainstIt() {
    Response unsigned = ZoneDraft.unsigned(by(KEY, soa(1)));
    assertThat(ofServers(signed().server("ns1.d.test", ZoneDraft.truncated(unsigned)))).isEmpty();
    assertThat(ofServers(signed().server("ns1.d.test", ZoneDraft.lame(unsigned)))).isEmpty();
  }

  @Test
  void unsignedZone_needsNoSignatures() {
    ZoneDraft zone =
        zone()
            .keys(Dns.insecureNoData(DOMAIN, Type.DNSKEY))
            .delegation(Dns.noData(DOMAIN, Type.DS))
            .server("ns1.d.test", ZoneDraft.unsigned(by(KEY, soa(1))));
    assertThat(ofServers(zone)).isEmpty();
    assertThat(ofZone(Check.SIGNED, zone).severity()).isEqualTo(Severity.PASS);
  }
}
