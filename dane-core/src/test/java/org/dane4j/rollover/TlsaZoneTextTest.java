// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;

class TlsaZoneTextTest {

  private static final String A = "aB".repeat(32);
  private static final TlsaRecord CURRENT = TlsaRecord.parse("3 1 1 " + A);
  private static final TlsaRecord NEXT = TlsaRecord.parse("3 1 1 " + "cd".repeat(32));
  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp("MX1.example.com");
  private static final TlsaRrset RRSET = TlsaRrset.of(OWNER, CURRENT, NEXT);

  private final TlsaZoneText text = TlsaZoneText.withTtl(Duration.ofHours(1));

  @Test
  void masterLines_haveAbsoluteNamesAndLowerCaseDigits() {
    assertThat(text.master(RRSET))
        .isEqualTo(
            "_25._tcp.mx1.example.com. 3600 IN TLSA 3 1 1 %s\n_25._tcp.mx1.example.com. 3600 IN TLSA 3 1 1 %s\n"
                .formatted("ab".repeat(32), "cd".repeat(32)));
  }

  @Test
  void genericLines_haveTypeNumberAndLength() {
    assertThat(text.generic(TlsaRrset.of(OWNER, CURRENT)))
        .isEqualTo(
            "_25._tcp.mx1.example.com. 3600 IN TYPE52 \\# 35 030101%s\n"
                .formatted("ab".repeat(32)));
  }

  @Test
  void sharedRecords_standOnce_andServersAreTheirAliases() {
    assertThat(
            text.shared(
                List.of(CURRENT),
                "tlsa._dane.Example.com",
                List.of(OWNER, TlsaOwnerName.smtp("mx2.example.com"))))
        .isEqualTo(
            """
            _25._tcp.mx1.example.com. 3600 IN CNAME tlsa._dane.example.com.
            _25._tcp.mx2.example.com. 3600 IN CNAME tlsa._dane.example.com.
            tlsa._dane.example.com. 3600 IN TLSA 3 1 1 %s
            """
                .formatted("ab".repeat(32)));
    assertThatThrownBy(
            () -> text.shared(List.of(CURRENT), "_25._tcp.mx1.example.com", List.of(OWNER)))
        .hasMessageContaining("alias of itself");
  }

  @Test
  void nsupdate_changesNothing_unlessTheCurrentRecordsAreThere() {
    assertThat(text.nsupdate(OWNER, List.of(CURRENT), List.of(NEXT)))
        .isEqualTo(
            """
            prereq yxrrset _25._tcp.mx1.example.com. IN TLSA %s
            update delete _25._tcp.mx1.example.com. IN TLSA %s
            update add _25._tcp.mx1.example.com. 3600 IN TLSA %s
            send
            """
                .formatted(CURRENT, CURRENT, NEXT));
    assertThat(text.nsupdate(OWNER, List.of(), List.of(NEXT)))
        .isEqualTo("update add _25._tcp.mx1.example.com. 3600 IN TLSA " + NEXT + "\nsend\n");
  }

  @Test
  void change_hasWhatIsMissingAndWhatIsTooMany() {
    TlsaRecord old = TlsaRecord.parse("3 1 1 " + "ef".repeat(32));
    TlsaChange change = TlsaChange.between(List.of(old, CURRENT), List.of(CURRENT, NEXT));
    assertThat(change).isEqualTo(new TlsaChange(List.of(NEXT), List.of(old)));
    assertThat(change).hasToString("- " + old + "\n+ " + NEXT + "\n");
  }

  @Test
  void ttl_isWhatDnsCanHold() {
    assertThatThrownBy(() -> TlsaZoneText.withTtl(Duration.ofSeconds(-1)))
        .hasMessageContaining("RFC 2181");
    assertThatThrownBy(() -> TlsaZoneText.withTtl(Duration.ofMillis(1500)))
        .hasMessageContaining("RFC 2181");
    assertThatThrownBy(() -> TlsaZoneText.withTtl(Duration.ofSeconds(1L << 31)))
        .hasMessageContaining("RFC 2181");
  }
}
