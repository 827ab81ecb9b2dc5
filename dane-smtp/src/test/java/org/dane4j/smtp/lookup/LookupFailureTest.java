// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ForgedDenial;
import org.dane4j.testkit.dns.QueryLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What is missing, wrong or no host: it is never used, and never taken for something else. */
class LookupFailureTest {

  private static final String HOST = "mx A 192.0.2.1\nmx AAAA 2001:db8::1\n";
  private static final String DOMAIN = "@ MX 10 mx\n" + HOST + "_25._tcp.mx" + Lookups.TLSA;

  private static MxHost host(Destination destination) {
    return destination.hosts().get(0);
  }

  private static Cause cause(Destination destination) {
    TlsRequirement requirement = host(destination).requirement();
    assertThat(requirement).isInstanceOf(Avoid.class);
    return ((Avoid) requirement).cause();
  }

  // ------ Addresses ------

  @ParameterizedTest
  @CsvSource({"AAAA, 192.0.2.1", "A, 2001:db8:0:0:0:0:0:1"})
  void forgedFamily_givesNoAddress_andLeavesTheOther(String type, String left) {
    String forged = type.equals("A") ? "203.0.113.66" : "2001:db8:bad::66";
    DnsTree tree =
        Lookups.tree(
            zone -> zone.record(DOMAIN).damage("mx", Type.value(type), Damage.forged(forged)), "");
    MxHost host = host(Lookups.look(tree, "a.test"));
    assertThat(host.requirement()).isInstanceOf(Dane.class);
    assertThat(host.addresses()).extracting(InetAddress::getHostAddress).containsExactly(left);
  }

  @ParameterizedTest
  @CsvSource({"AAAA, A 192.0.2.1", "A, AAAA 2001:db8::1"})
  void brokenDenialOfAFamily_leavesTheOther(String type, String address) {
    DnsTree tree =
        Lookups.tree(
            zone ->
                zone.record("@ MX 10 mx\nmx " + address + "\n_25._tcp.mx" + Lookups.TLSA)
                    .deny("mx", Type.value(type), ForgedDenial.UNRELATED_NODATA),
            "");
    assertThat(host(Lookups.look(tree, "a.test")).requirement()).isInstanceOf(Dane.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.A, Type.AAAA})
  void absentFamilyBesideAFailedOne_isNoAbsenceOfAddresses(int type) {
    // RFC 7672 §2.1.2
    String other = type == Type.A ? "mx A 192.0.2.1\n" : "mx AAAA 2001:db8::1\n";
    DnsTree tree = Lookups.tree("@ MX 10 mx\n" + other, "");
    DnsResponder failing = tree.failing(question -> question.getType() == type, Rcode.SERVFAIL);
    assertThat(cause(Lookups.look(tree, failing, it -> it.resolve("a.test"))))
        .isEqualTo(Cause.ADDRESS_LOOKUP);
  }

  @Test
  void addressOfAnotherLength_isNone() {
    DnsTree tree =
        Lookups.tree(
            zone ->
                zone.record("@ MX 10 mx\n_25._tcp.mx" + Lookups.TLSA)
                    .rawRecord("mx", Type.A, new byte[] {(byte) 192, 0, 2}),
            "");
    MxHost host = host(Lookups.look(tree, "a.test"));
    assertThat(host.addresses()).isEmpty();
    assertThat(host.requirement()).isInstanceOf(Avoid.class);
  }

  // ------ MX records that name no host ------

  @Test
  void addressInWriting_isNoHost_andIsNotAskedFor() {
    // RFC 7672 §2.2, RFC 5321 §5.1
    DnsTree tree = Lookups.tree("@ MX 5 192.0.2.66.\n" + DOMAIN, "");
    QueryLog log = new QueryLog();
    Destination destination = Lookups.look(tree, tree.recordedIn(log), it -> it.resolve("a.test"));
    assertThat(destination.hosts()).extracting(MxHost::name).containsExactly("mx.a.test");
    assertThat(log.count(question -> question.getName().toString().startsWith("192"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.66.", "m\\032x", "_25._tcp.mx"})
  void nothingButSuchRecords_isNoReasonToTryTheDomainItself(String target) {
    // RFC 5321 §5.1: where there are MX records, there is no implicit one.
    DnsTree tree = Lookups.tree("@ MX 10 " + target + "\n@ A 192.0.2.1\n", "");
    assertThat(Lookups.look(tree, "a.test")).isInstanceOf(Destination.Undetermined.class);
  }

  @Test
  void nullMx_isTheLastQuestion() {
    // RFC 7505 §3: neither addresses nor TLSA records
    DnsTree tree = Lookups.tree("@ MX 0 .\n@ A 192.0.2.1\n_25._tcp" + Lookups.TLSA, "");
    QueryLog log = new QueryLog();
    assertThat(Lookups.look(tree, tree.recordedIn(log), it -> it.resolve("a.test")))
        .isInstanceOf(Destination.NullMx.class);
    assertThat(log.questions())
        .extracting(question -> Type.string(question.getType()))
        .contains("MX")
        .doesNotContain("A", "AAAA", "TLSA");
  }

  @Test
  void hostsBeyondTheThirtySecond_areNotLookedUp() {
    StringBuilder zone = new StringBuilder();
    for (int i = 10; i < 60; i++) {
      zone.append("@ MX ").append(i).append(" mx").append(i).append('\n');
      zone.append("mx").append(i).append(" A 192.0.2.").append(i).append('\n');
    }
    DnsTree tree = Lookups.tree(zone.toString(), "");
    assertThat(Lookups.look(tree, "a.test").hosts())
        .hasSize(32)
        .extracting(MxHost::preference)
        .contains(10, 41)
        .doesNotContain(42);
  }
}
