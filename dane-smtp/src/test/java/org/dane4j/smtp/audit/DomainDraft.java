// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.xbill.DNS.Type;

/** The facts of the domain d.test, as a test describes them. What is not described is in order. */
final class DomainDraft {

  static final String DOMAIN = "d.test";
  static final String HOST = "mx.d.test";

  /** Issues for all tests: making keys takes time. */
  static final TestAuthority ROOT = TestAuthority.root("Root", Dns.AT);

  static final TestAuthority ISSUER = ROOT.intermediate("Issuer");
  static final TestIdentity CURRENT = ISSUER.issue(HOST);
  static final TestIdentity NEXT = ISSUER.issue(CertificateSpec.forNames(HOST));

  private final List<HostDraft> hosts = new ArrayList<>();
  private final List<ZoneFacts> zones = new ArrayList<>();
  private Optional<ValidationResult> mx = Optional.empty();
  private Optional<Destination> destination = Optional.empty();
  private ValidationResult mtaSts = Dns.noData("_mta-sts.d.test", Type.TXT);
  private Optional<MtaStsPolicy> policy = Optional.empty();
  private ValidationResult reporting =
      Dns.secure("_smtp._tls.d.test", Type.TXT, "\"v=TLSRPTv1; rua=mailto:tls@d.test\"");

  /** A domain whose one host has the records of two keys and shows the first. */
  static DomainDraft healthy() {
    DomainDraft draft = new DomainDraft();
    draft
        .host(HOST)
        .tlsa(3, 1, 1, CURRENT.certificate())
        .tlsa(3, 1, 1, NEXT.certificate())
        .shows(CURRENT);
    return draft;
  }

  static DomainDraft withoutHosts() {
    return new DomainDraft();
  }

  /** Adds a host, which is less preferred than those before. */
  HostDraft host(String name) {
    HostDraft host = new HostDraft(name, 10 * (hosts.size() + 1));
    hosts.add(host);
    return host;
  }

  DomainDraft zone(ZoneFacts zone) {
    zones.add(zone);
    return this;
  }

  DomainDraft mx(ValidationResult result) {
    mx = Optional.of(result);
    return this;
  }

  DomainDraft insecureMx() {
    return mx(Dns.insecure(DOMAIN, Type.MX, mxRecords()));
  }

  DomainDraft destination(Destination other) {
    destination = Optional.of(other);
    return this;
  }

  DomainDraft mtaSts(ValidationResult record, MtaStsPolicy fetched) {
    mtaSts = record;
    policy = Optional.of(fetched);
    return this;
  }

  DomainDraft mtaSts(String mode, String... patterns) {
    return mtaSts(
        Dns.secure("_mta-sts.d.test", Type.TXT, "\"v=STSv1; id=1\""),
        new MtaStsPolicy.Fetched(mode, 1_209_600, List.of(patterns)));
  }

  DomainDraft reporting(ValidationResult record) {
    reporting = record;
    return this;
  }

  static NextHop nextHop() {
    return new NextHop.Domain(Dns.name(DOMAIN), 25);
  }

  private String[] mxRecords() {
    return hosts.isEmpty()
        ? new String[] {"10 " + HOST + "."}
        : hosts.stream().map(host -> "10 " + host.name + ".").toArray(String[]::new);
  }

  DomainFacts facts() {
    ValidationResult found = mx.orElseGet(() -> Dns.secure(DOMAIN, Type.MX, mxRecords()));
    MxSecurity security = found instanceof Insecure ? MxSecurity.INSECURE : MxSecurity.SECURE;
    List<HostFacts> facts = hosts.stream().map(host -> host.facts(security)).toList();
    Destination all =
        destination.orElseGet(
            () ->
                new Destination.Hosts(
                    nextHop(), facts.stream().map(HostFacts::host).toList(), List.of(found)));
    return new DomainFacts(
        Dns.AT,
        Dns.name(DOMAIN),
        25,
        all,
        zones,
        destination.isPresent() ? List.of() : facts,
        new PolicyFacts(mtaSts, policy, reporting));
  }

  AuditReport report() {
    return AuditReport.of(facts());
  }

  /** What one check found. */
  List<Finding> findings(Check check) {
    return report().findings().stream().filter(finding -> finding.check() == check).toList();
  }

  /** The worst that one check found. */
  Finding worst(Check check) {
    return findings(check).stream()
        .max((one, other) -> one.severity().compareTo(other.severity()))
        .orElseThrow(() -> new AssertionError("nothing on " + check));
  }

  SenderVerdict sender(SenderProfile profile) {
    return report().senders().stream()
        .filter(verdict -> verdict.profile() == profile)
        .findFirst()
        .orElseThrow();
  }
}
