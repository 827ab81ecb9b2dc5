// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Encrypt;
import org.dane4j.smtp.policy.TlsRequirement.Opportunistic;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Which names count where some of the records on the way are aliases (RFC 7672 §2.2.2, §2.2.3). */
class AliasLookupTest {

  /** The MX host mx is an alias of real. */
  private static final String ALIAS = "@ MX 10 mx\nmx CNAME real\nreal A 192.0.2.1\n";

  private static final String USABLE = "3 1 1 " + "cd".repeat(32) + "\n";

  private static TlsRequirement requirement(Destination destination) {
    return destination.hosts().get(0).requirement();
  }

  private static List<String> names(Destination destination) {
    return ((Dane) requirement(destination)).referenceIdentifiers().names();
  }

  private static boolean isTlsa(Record question) {
    return question.getType() == Type.TLSA;
  }

  @Test
  void insecureAlias_endsTheSearch_thoughItsTargetIsSigned() {
    // RFC 7672 §2.1.3, §2.2.2: whoever wrote the alias chose the target.
    DnsTree tree =
        Lookups.tree(
            "@ MX 10 mx.plain.test.\nreal A 192.0.2.1\n_25._tcp.real" + Lookups.TLSA,
            "mx CNAME real.a.test.\n_25._tcp.mx" + Lookups.TLSA);
    QueryLog log = new QueryLog();
    Destination destination = Lookups.look(tree, tree.recordedIn(log), it -> it.resolve("a.test"));
    assertThat(requirement(destination)).isEqualTo(new Opportunistic("its addresses are insecure"));
    assertThat(log.count(AliasLookupTest::isTlsa)).isZero();
  }

  @Test
  void insecureRecordsAtTheFirstName_leaveTheSecond() {
    // RFC 7672 §2.2.3
    DnsTree tree =
        Lookups.tree(
            ALIAS + "_25._tcp.real CNAME tlsa.plain.test.\n_25._tcp.mx" + Lookups.TLSA,
            "tlsa" + Lookups.TLSA);
    Dane dane = (Dane) requirement(Lookups.look(tree, "a.test"));
    assertThat(dane.tlsa().owner().baseDomain()).isEqualTo("mx.a.test");
    assertThat(dane.referenceIdentifiers().names()).containsExactly("mx.a.test", "a.test");
  }

  @Test
  void unusableRecordsAtTheFirstName_endTheSearch() {
    // RFC 7672 §2.2.3: secure records make it the base domain, whatever is in them.
    DnsTree tree =
        Lookups.tree(ALIAS + "_25._tcp.real TLSA 1 1 1 00\n_25._tcp.mx TLSA " + USABLE, "");
    Encrypt encrypt = (Encrypt) requirement(Lookups.look(tree, "a.test"));
    assertThat(encrypt.tlsa().owner().baseDomain()).isEqualTo("real.a.test");
  }

  @Test
  void failedLookupAtTheSecondName_forbidsTheHost() {
    // RFC 7672 §2.1.2
    DnsTree tree = Lookups.tree(ALIAS + "_25._tcp.mx" + Lookups.TLSA, "");
    DnsResponder failing =
        tree.failing(
            question -> isTlsa(question) && question.getName().toString().contains("mx.a.test"),
            Rcode.SERVFAIL);
    assertThat(requirement(Lookups.look(tree, failing, it -> it.resolve("a.test"))))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.TLSA_LOOKUP));
  }

  @Test
  void aliasOfTheRecords_leavesTheBaseDomain() {
    // RFC 7672 §2.2.3: a shared RRset says nothing of whose server it is.
    DnsTree tree =
        Lookups.tree(
            "@ MX 10 mx\nmx A 192.0.2.1\n_25._tcp.mx CNAME shared\nshared" + Lookups.TLSA, "");
    Destination destination = Lookups.look(tree, "a.test");
    Dane dane = (Dane) requirement(destination);
    assertThat(dane.tlsa().owner()).hasToString("_25._tcp.mx.a.test.");
    assertThat(names(destination)).containsExactly("mx.a.test", "a.test");
  }

  @Test
  void domainThatIsAnInsecureAlias_hasAnInsecureMx() {
    // RFC 7672 §2.2.1: "or any CNAME leading to it"
    DnsTree tree =
        Lookups.tree("@ MX 10 mx\nmx A 192.0.2.1\n_25._tcp.mx" + Lookups.TLSA, "b CNAME a.test.");
    Destination.Hosts destination = (Destination.Hosts) Lookups.look(tree, "b.plain.test");
    assertThat(destination.lookups().get(0)).isInstanceOf(ValidationResult.Insecure.class);
    assertThat(requirement(destination)).isInstanceOf(Opportunistic.class);
  }

  @Test
  void aliasOfADomainWithoutMx_isAHostWithBothNames() {
    // RFC 7672 §2.2.2, §3.2.2
    DnsTree tree = Lookups.tree("b CNAME c\nc A 192.0.2.1\n_25._tcp.c" + Lookups.TLSA, "");
    Destination.Hosts destination = (Destination.Hosts) Lookups.look(tree, "b.a.test");
    assertThat(requirement(destination)).isInstanceOf(TlsRequirement.Dane.class);
    assertThat(names(destination)).containsExactly("c.a.test", "b.a.test");
  }

  @Test
  void configuredHostThatIsAnAlias_keepsItsOwnName() {
    // RFC 7672 §3.2.2
    DnsTree tree = Lookups.tree(ALIAS + "_25._tcp.real" + Lookups.TLSA, "");
    Destination destination =
        Lookups.look(tree, tree, it -> it.resolve(NextHop.host("mx.a.test", 25)));
    assertThat(names(destination)).containsExactly("real.a.test", "mx.a.test");
  }

  @Test
  void aliasBelowDname_isAnAliasAsAnyOther() {
    // RFC 7672 §2.1.3
    DnsTree tree =
        Lookups.tree(
            "@ MX 10 mx.old\nold DNAME new\nmx.new A 192.0.2.1\n_25._tcp.mx.new" + Lookups.TLSA,
            "");
    Dane dane = (Dane) requirement(Lookups.look(tree, "a.test"));
    assertThat(dane.tlsa().owner().baseDomain()).isEqualTo("mx.new.a.test");
  }
}
