// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.ISSUER;
import static org.dane4j.smtp.audit.DomainDraft.NEXT;
import static org.dane4j.smtp.audit.HostDraft.SECOND;

import java.util.EnumMap;
import java.util.Map;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.audit.SenderVerdict.Fate;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestIdentity;
import org.junit.jupiter.api.Test;

/** Which senders would fail with a domain, and which would not. */
class SenderSimulationTest {

  private static final String BACKUP = "backup.d.test";

  private static Map<SenderProfile, Fate> fates(DomainDraft draft) {
    Map<SenderProfile, Fate> fates = new EnumMap<>(SenderProfile.class);
    draft.report().senders().forEach(sender -> fates.put(sender.profile(), sender.fate()));
    return fates;
  }

  /** All senders but those that are named meet with the same. */
  private static void allBut(DomainDraft draft, Fate common, Map<SenderProfile, Fate> exceptions) {
    Map<SenderProfile, Fate> expected = new EnumMap<>(SenderProfile.class);
    for (SenderProfile profile : SenderProfile.values()) {
      expected.put(profile, exceptions.getOrDefault(profile, common));
    }
    assertThat(fates(draft)).isEqualTo(expected);
  }

  private static DomainDraft domain(java.util.function.Consumer<HostDraft> settings) {
    DomainDraft draft = DomainDraft.withoutHosts();
    settings.accept(draft.host(HOST));
    return draft;
  }

  @Test
  void healthyDomain_isReachedByAllAuthenticated() {
    allBut(DomainDraft.healthy(), Fate.AUTHENTICATED, Map.of());
    assertThat(DomainDraft.healthy().sender(SenderProfile.RFC_7672).reason())
        .contains("mx.d.test at 192.0.2.1", "3 1 1");
  }

  @Test
  void withoutRecords_onlyThoseThatInsistOnDaneFail() {
    allBut(
        domain(host -> host.shows(CURRENT)),
        Fate.OPPORTUNISTIC,
        Map.of(
            SenderProfile.POSTFIX_DANE_ONLY, Fate.DEFERRED,
            SenderProfile.EXCHANGE_MANDATORY, Fate.DEFERRED));
  }

  @Test
  void insecureMx_isHeldToTheRecordsByPostfixAlone() {
    allBut(
        DomainDraft.healthy().insecureMx(),
        Fate.OPPORTUNISTIC,
        Map.of(
            SenderProfile.POSTFIX_DANE, Fate.ENCRYPTED,
            SenderProfile.POSTFIX_DANE_ONLY, Fate.DEFERRED,
            SenderProfile.EXCHANGE_MANDATORY, Fate.DEFERRED));
    DomainDraft mismatch = domain(host -> host.tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT));
    assertThat(fates(mismatch.insecureMx()))
        .containsEntry(SenderProfile.POSTFIX_DANE, Fate.DEFERRED)
        .containsEntry(SenderProfile.RFC_7672, Fate.OPPORTUNISTIC);
  }

  @Test
  void mismatch_failsWithAll() {
    DomainDraft draft = domain(host -> host.tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT));
    allBut(draft, Fate.DEFERRED, Map.of());
    assertThat(draft.sender(SenderProfile.RFC_7672).obstacles())
        .singleElement()
        .asString()
        .startsWith("mx.d.test at 192.0.2.1: ");
  }

  @Test
  void staleStrongerDigest_isNoticedBySendersWithAgilityOnly() {
    allBut(
        domain(
            host ->
                host.tlsa(3, 1, 1, CURRENT.certificate())
                    .tlsa(3, 1, 2, NEXT.certificate())
                    .shows(CURRENT)),
        Fate.DEFERRED,
        Map.of(
            SenderProfile.EXIM, Fate.AUTHENTICATED,
            SenderProfile.NO_DIGEST_AGILITY, Fate.AUTHENTICATED));
  }

  @Test
  void trustAnchorsOnly_areUnusableToAClientThatDoesNotKnowThem() {
    allBut(
        domain(host -> host.tlsa(2, 1, 1, ISSUER.certificate()).shows(CURRENT)),
        Fate.AUTHENTICATED,
        Map.of(SenderProfile.NO_TRUST_ANCHORS, Fate.ENCRYPTED));
  }

  @Test
  void certificateForTheDomainOnly_isRefusedByExim() {
    TestIdentity ofDomain = ISSUER.issue("d.test");
    allBut(
        domain(host -> host.tlsa(2, 1, 1, ISSUER.certificate()).shows(ofDomain)),
        Fate.AUTHENTICATED,
        Map.of(
            SenderProfile.EXIM, Fate.DEFERRED,
            SenderProfile.NO_TRUST_ANCHORS, Fate.ENCRYPTED));
  }

  @Test
  void expiredCertificateOfAKnownKey_isRefusedByExchange() {
    TestIdentity expired = ISSUER.issue(CertificateSpec.forNames(HOST).expired());
    DomainDraft draft = domain(host -> host.tlsa(3, 1, 1, expired.certificate()).shows(expired));
    allBut(
        draft,
        Fate.AUTHENTICATED,
        Map.of(
            SenderProfile.EXCHANGE_OPPORTUNISTIC, Fate.DEFERRED,
            SenderProfile.EXCHANGE_MANDATORY, Fate.DEFERRED));
    assertThat(draft.sender(SenderProfile.EXCHANGE_MANDATORY).obstacles())
        .singleElement()
        .asString()
        .contains("5.7.322");
  }

  @Test
  void unusableRecords_areEncryptionToMostAndTooLittleToSome() {
    allBut(
        domain(host -> host.tlsa("1 1 1 " + "00".repeat(32)).shows(CURRENT)),
        Fate.ENCRYPTED,
        Map.of(
            SenderProfile.EXIM, Fate.DEFERRED,
            SenderProfile.POSTFIX_DANE_ONLY, Fate.DEFERRED,
            SenderProfile.EXCHANGE_MANDATORY, Fate.DEFERRED));
  }

  @Test
  void backupThatMatches_takesTheMailAndTheObstacleIsTold() {
    DomainDraft draft = domain(host -> host.tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT));
    draft.host(BACKUP).tlsa(3, 1, 1, CURRENT.certificate()).shows(CURRENT);
    SenderVerdict sender = draft.sender(SenderProfile.RFC_7672);
    assertThat(sender.fate()).isEqualTo(Fate.AUTHENTICATED);
    assertThat(sender.reason()).startsWith(BACKUP);
    assertThat(sender.obstacles()).singleElement().asString().startsWith(HOST);
  }

  @Test
  void promiseOfTlsThatIsNotKept_failsWithAll() {
    allBut(
        domain(host -> host.tlsa(3, 1, 1, CURRENT.certificate()).look(HostDraft.plainText())),
        Fate.DEFERRED,
        Map.of());
  }

  @Test
  void addressThatNobodySaw_leavesTheFateUnknown() {
    allBut(
        domain(host -> host.tlsa(3, 1, 1, CURRENT.certificate()).omitted("no IPv6")),
        Fate.UNKNOWN,
        Map.of());
    SenderVerdict known =
        domain(
                host ->
                    host.tlsa(3, 1, 1, CURRENT.certificate())
                        .shows(CURRENT)
                        .look(SECOND, HOST, CertificateKeys.ANY, HostDraft.failed(Cause.CONNECT)))
            .sender(SenderProfile.RFC_7672);
    assertThat(known.fate()).isEqualTo(Fate.AUTHENTICATED);
    assertThat(known.obstacles()).singleElement().asString().contains(SECOND);
  }
}
