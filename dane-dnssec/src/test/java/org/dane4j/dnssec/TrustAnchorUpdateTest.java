// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneKey;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

/** The states of RFC 5011, and what leads from one to another. */
class TrustAnchorUpdateTest {

  private static final ZoneKey A = TrustPoint.key();
  private static final ZoneKey B = TrustPoint.key();
  private static final ZoneKey C = TrustPoint.key();

  private static Octets rdata(ZoneKey key) {
    return Octets.of(key.dnskey().rdataToWireCanonical());
  }

  private static boolean isAnchor(TrustPoint point, ZoneKey key) {
    TrustAnchors.ZoneAnchors anchors = point.state().trustAnchors().configuredAt(TrustPoint.ZONE);
    return anchors != null
        && anchors.keys().stream().anyMatch(known -> Octets.of(known.rdata()).equals(rdata(key)));
  }

  @Test
  void newKey_isAnAnchorAfterThirtyDays() {
    // RFC 5011 §2.2, §2.4.1
    TrustPoint point = TrustPoint.trusting(A).afterDays(0, List.of(A, B), List.of(A));
    assertThat(point.of(B)).isEqualTo("ADD_PENDING");
    assertThat(isAnchor(point, B)).isFalse();
    point.after(Duration.ofDays(30).minusSeconds(1), List.of(A, B), List.of(A));
    assertThat(point.of(B)).isEqualTo("ADD_PENDING");
    point.after(Duration.ofSeconds(1), List.of(A, B), List.of(A));
    assertThat(point.of(B)).isEqualTo("VALID");
    assertThat(isAnchor(point, B)).isTrue();
    assertThat(isAnchor(point, A)).isTrue();
  }

  @Test
  void holdDown_endsOnlyWhenTheKeyIsSeenThen() {
    TrustPoint point = TrustPoint.trusting(A).afterDays(0, List.of(A, B), List.of(A));
    Evidence nothing =
        Evidence.builder().failure(TrustPoint.QUESTION, FetchFailure.TIMEOUT, "").build();
    point.after(Duration.ofDays(40), nothing);
    assertThat(point.of(B)).isEqualTo("ADD_PENDING");
    point.afterDays(0, List.of(A, B), List.of(C));
    assertThat(point.of(B)).as("signed by a stranger").isEqualTo("ADD_PENDING");
    point.afterDays(0, List.of(A, B), List.of(A));
    assertThat(point.of(B)).isEqualTo("VALID");
  }

  @Test
  void newKeyThatIsGoneBetween_startsAnew() {
    TrustPoint point = TrustPoint.trusting(A).afterDays(0, List.of(A, B), List.of(A));
    point.afterDays(20, List.of(A), List.of(A));
    assertThat(point.of(B)).isEmpty();
    point.afterDays(1, List.of(A, B), List.of(A)).afterDays(29, List.of(A, B), List.of(A));
    assertThat(point.of(B)).isEqualTo("ADD_PENDING");
    point.afterDays(1, List.of(A, B), List.of(A));
    assertThat(point.of(B)).isEqualTo("VALID");
  }

  @Test
  void missingKey_remainsAnAnchor_andReturns() {
    // RFC 5011 §4.2
    TrustPoint point = TrustPoint.trusting(A, B).afterDays(0, List.of(A), List.of(A));
    assertThat(point.of(B)).isEqualTo("MISSING");
    assertThat(isAnchor(point, B)).isTrue();
    point.afterDays(400, List.of(A), List.of(A));
    assertThat(point.of(B)).isEqualTo("MISSING");
    point.afterDays(1, List.of(A, B), List.of(B));
    assertThat(point.of(B)).isEqualTo("VALID");
  }

  @Test
  void revokedKey_isNoAnchorFromThenOn() {
    // RFC 5011 §2.1
    TrustPoint point =
        TrustPoint.trusting(A, B).afterDays(0, List.of(A.revoked(), B), List.of(A.revoked(), B));
    assertThat(point.of(A)).isEqualTo("REVOKED");
    assertThat(isAnchor(point, A)).isFalse();
    assertThat(isAnchor(point, B)).isTrue();
    point.afterDays(1, List.of(A, B), List.of(A, B));
    assertThat(point.of(A)).as("shown without the flag again").isEqualTo("REVOKED");
  }

  @Test
  void missingKey_canBeRevoked() {
    TrustPoint point =
        TrustPoint.trusting(A, B)
            .afterDays(0, List.of(A), List.of(A))
            .afterDays(1, List.of(A, B.revoked()), List.of(A, B.revoked()));
    assertThat(point.of(B)).isEqualTo("REVOKED");
  }

  @Test
  void revocation_needsTheKeysOwnSignatureAndNoOther() {
    TrustPoint point = TrustPoint.trusting(A, B).afterDays(0, List.of(A.revoked(), B), List.of(B));
    assertThat(point.of(A)).as("by another key").isEqualTo("MISSING");
    assertThat(isAnchor(point, A)).isTrue();
    point.afterDays(1, List.of(A.revoked(), B), List.of(A.revoked()));
    assertThat(point.of(A)).isEqualTo("REVOKED");
  }

  @Test
  void revokedKey_vouchesForNothing() {
    TrustPoint point =
        TrustPoint.trusting(A, B).afterDays(0, List.of(A.revoked(), B, C), List.of(A.revoked()));
    assertThat(point.of(C)).isEmpty();
    point.afterDays(1, List.of(A.revoked(), C), List.of(A.revoked(), C));
    assertThat(point.of(C)).isEmpty();
    assertThat(point.of(B)).as("not validated, so nothing is missing").isEqualTo("VALID");
  }

  @Test
  void pendingKey_isDroppedWithTheKeysThatVouchedForIt() {
    // RFC 5011 §2.2
    TrustPoint point = TrustPoint.trusting(A, B).afterDays(0, List.of(A, B, C), List.of(A));
    point.afterDays(10, List.of(A.revoked(), B, C), List.of(A.revoked(), B));
    point.afterDays(25, List.of(A.revoked(), B, C), List.of(A.revoked(), B));
    assertThat(point.of(C)).as("35 days after it was first seen").isEqualTo("ADD_PENDING");
    point.afterDays(5, List.of(A.revoked(), B, C), List.of(B));
    assertThat(point.of(C)).as("30 days after B vouched for it").isEqualTo("VALID");
  }

  @Test
  void pendingKey_staysIfOneOfItsVouchersDoes() {
    TrustPoint point = TrustPoint.trusting(A, B).afterDays(0, List.of(A, B, C), List.of(A, B));
    point.afterDays(10, List.of(A.revoked(), B, C), List.of(A.revoked(), B));
    point.afterDays(20, List.of(A.revoked(), B, C), List.of(B));
    assertThat(point.of(C)).isEqualTo("VALID");
  }

  @Test
  void revokedKey_isRemovedThirtyDaysAfterItWasLastSeen_andNeverReturns() {
    // RFC 5011 §2.4.2, §4.2
    TrustPoint point =
        TrustPoint.trusting(A, B).afterDays(0, List.of(A.revoked(), B), List.of(A.revoked(), B));
    point.afterDays(60, List.of(A.revoked(), B), List.of(B));
    assertThat(point.of(A)).as("still shown").isEqualTo("REVOKED");
    point.afterDays(29, List.of(B), List.of(B));
    assertThat(point.of(A)).isEqualTo("REVOKED");
    point.afterDays(1, List.of(B), List.of(B));
    assertThat(point.of(A)).isEqualTo("REMOVED");
    point.afterDays(1, List.of(A, B), List.of(A, B)).afterDays(31, List.of(A, B), List.of(A, B));
    assertThat(point.of(A)).isEqualTo("REMOVED");
    assertThat(isAnchor(point, A)).isFalse();
  }

  @Test
  void allKeysRevoked_deleteTheTrustPoint() {
    // RFC 5011 §5
    TrustPoint point =
        TrustPoint.trusting(A, B)
            .afterDays(
                0, List.of(A.revoked(), B.revoked(), C), List.of(A.revoked(), B.revoked(), C));
    assertThat(point.state().isDeleted()).isTrue();
    assertThat(point.of(C)).isEmpty();
    assertThat(point.state().trustAnchors().configuredAt(TrustPoint.ZONE)).isNull();
    point.afterDays(1, List.of(A, B, C), List.of(A, B, C));
    assertThat(point.state().isDeleted()).isTrue();
  }

  @Test
  void configuredDs_becomesItsKey() {
    String ds = DsForm.SHA256.of(A.dnskey()) + "\n" + DsForm.SHA256.of(B.dnskey());
    TrustPoint point = new TrustPoint(TrustAnchors.parse(ds));
    point.afterDays(0, List.of(A, C), List.of(A));
    assertThat(point.of(A)).isEqualTo("VALID");
    assertThat(point.of(C)).isEqualTo("ADD_PENDING");
    assertThat(point.state().configured()).as("B was not seen yet").hasSize(1);
    point.afterDays(5, List.of(A, B), List.of(B));
    assertThat(point.of(B)).as("no hold-down: it was configured").isEqualTo("VALID");
    assertThat(point.state().configured()).isEmpty();
  }

  @Test
  void configuredDs_doesNotVouchForStrangers() {
    TrustPoint point = new TrustPoint(TrustAnchors.parse(DsForm.SHA256.of(A.dnskey()).toString()));
    AnchorState before = point.state();
    point.afterDays(0, List.of(A, B), List.of(B));
    assertThat(point.state().keys()).isEmpty();
    assertThat(point.state().configured()).isEqualTo(before.configured());
    point.afterDays(1, List.of(A, B.revoked()), List.of(B.revoked()));
    assertThat(point.state().configured()).isEqualTo(before.configured());
  }

  @Test
  void configuredDs_isRevokedWithItsKey() {
    String ds = DsForm.SHA256.of(A.dnskey()) + "\n" + DsForm.SHA256.of(B.dnskey());
    TrustPoint point = new TrustPoint(TrustAnchors.parse(ds));
    point.afterDays(0, List.of(A.revoked(), B), List.of(A.revoked()));
    assertThat(point.of(A)).isEqualTo("REVOKED");
    assertThat(point.state().configured()).hasSize(1);
    assertThat(point.state().isDeleted()).isFalse();
  }

  @Test
  void keysThatAreNoEntryPoints_areNotFollowed() {
    ZoneKey zoneSigning =
        ZoneKey.generate(TrustPoint.ZONE, SigningAlgorithm.ED25519, ZoneKey.ZONE_SIGNING);
    ZoneKey noZoneKey = ZoneKey.generate(TrustPoint.ZONE, SigningAlgorithm.ED25519, 1);
    ZoneKey unknown = B.labeledAs(200);
    ZoneKey revoked = C.revoked();
    List<ZoneKey> all = List.of(A, zoneSigning, noZoneKey, unknown, revoked);
    TrustPoint point = TrustPoint.trusting(A).afterDays(0, all, List.of(A, zoneSigning));
    assertThat(point.state().keys()).hasSize(1);
  }

  @Test
  void pendingKeys_areLimited() {
    List<ZoneKey> many = new ArrayList<>(List.of(A));
    for (int i = 0; i < 12; i++) {
      many.add(TrustPoint.key());
    }
    TrustPoint point = TrustPoint.trusting(A).afterDays(0, many, List.of(A));
    assertThat(point.state().keys()).hasSize(1 + 10);
  }

  @Test
  void responsesThatProveNothing_changeNothing() {
    TrustPoint point = TrustPoint.trusting(A);
    AnchorState before = point.state();
    Duration later = TrustPoint.SIGNATURES.plusDays(1);
    for (Evidence evidence :
        List.of(
            Evidence.builder().build(),
            Evidence.builder().failure(TrustPoint.QUESTION, FetchFailure.TIMEOUT, "").build(),
            TrustPoint.response(TrustPoint.START, List.of(A, B), List.of()),
            TrustPoint.response(TrustPoint.START, List.of(A, B), List.of(B)),
            TrustPoint.response(TrustPoint.START.minus(later), List.of(A, B), List.of(A)),
            TrustPoint.response(TrustPoint.START.plus(later), List.of(A, B), List.of(A)),
            TrustPoint.response(TrustPoint.START, List.of(B), List.of(A)))) {
      point.after(Duration.ZERO, evidence);
      assertThat(point.state().keys()).isEqualTo(before.keys());
      assertThat(point.state().nextQuery())
          .as("RFC 5011 §2.3: an hour later")
          .isEqualTo(point.now().plusSeconds(3600));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H,   P10D, PT1H,  PT1H",
    "PT3H,   P10D, PT1H30M, PT1H",
    "P2D,    P10D, P1D,   PT4H48M",
    "P100D,  P10D, P5D,   P1D",
    "P100D,  P90D, P15D,  P1D",
    "P100D,  P4D,  P2D,   PT9H36M",
    "P100D,  PT0S, PT1H,  PT1H"
  })
  void queryInterval_isHalfOfTtlOrSignature_andRetryATenth(
      Duration ttl, Duration signatures, Duration query, Duration retry) {
    // RFC 5011 §2.3
    TrustPoint.Times times = new TrustPoint.Times(ttl, signatures);
    Evidence seen = TrustPoint.response(TrustPoint.START, List.of(A), List.of(A), times);
    TrustPoint point = TrustPoint.trusting(A).after(Duration.ZERO, seen);
    assertThat(point.state().nextQuery()).isEqualTo(TrustPoint.START.plus(query));
    assertThat(point.state().retryInterval()).isEqualTo(retry);
    point.after(query, Evidence.builder().build());
    assertThat(point.state().nextQuery()).isEqualTo(TrustPoint.START.plus(query).plus(retry));
  }

  @Test
  void holdDown_isTheTtlIfThatIsLonger() {
    // RFC 5011 §2.4.1
    TrustPoint.Times times = new TrustPoint.Times(Duration.ofDays(40), Duration.ofDays(90));
    TrustPoint point = TrustPoint.trusting(A);
    for (int day : new int[] {0, 39, 40}) {
      Evidence seen =
          TrustPoint.response(
              TrustPoint.START.plus(Duration.ofDays(day)), List.of(A, B), List.of(A), times);
      point.after(Duration.between(point.now(), TrustPoint.START.plus(Duration.ofDays(day))), seen);
      assertThat(point.of(B)).isEqualTo(day < 40 ? "ADD_PENDING" : "VALID");
    }
  }

  @Test
  void anchorsOfAState_validateTheZone() {
    TrustPoint point = TrustPoint.trusting(A, B).afterDays(0, List.of(A), List.of(A));
    Evidence evidence = TrustPoint.response(point.now(), List.of(A, B), List.of(B));
    ChainValidator validator = ChainValidator.trusting(point.state().trustAnchors());
    assertThat(validator.validate(TrustPoint.QUESTION, evidence, point.now()))
        .isInstanceOf(ValidationResult.Secure.class);
    assertThat(point.state().keys().get(1)).hasToString(B.dnskey().getFootprint() + " MISSING");
  }

  @Test
  void stateOfOtherZone_cannotBeStarted() {
    TrustAnchors anchors = TrustAnchors.parse(A.dnskey().toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AnchorState.of(anchors, Name.root, TrustPoint.START))
        .withMessageContaining(". is none of the zones that have anchors");
  }

  @Test
  void storedKey_isADnskeyWithoutRevokeFlag() {
    for (Octets bad : List.of(Octets.ofHex("0101"), rdata(A.revoked()))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new AnchorKey(bad, AnchorKey.State.VALID, TrustPoint.START, Set.of()))
          .withMessageContaining("DNSKEY record without REVOKE flag");
    }
  }
}
