// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The chains and the proofs that the RFCs print for their example zones. */
class RfcDenialExamplesTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  /** What RFC 4035 Appendix A and RFC 5155 Appendix A have in common. */
  private static final String COMMON =
      """
      @ 3600 SOA ns1 bugs.x.w 1 3600 300 3600000 3600
      @ NS ns1
      @ NS ns2
      @ MX 1 xx
      a NS ns1.a
      a NS ns2.a
      a DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
      ns1.a A 192.0.2.5
      ns2.a A 192.0.2.6
      ai A 192.0.2.9
      ai HINFO "KLH-10" "ITS"
      ai AAAA 2001:db8::f00:baa9
      ns1 A 192.0.2.1
      ns2 A 192.0.2.2
      *.w MX 1 ai
      x.w MX 1 xx
      x.y.w MX 1 xx
      xx A 192.0.2.10
      xx HINFO "KLH-10" "TOPS-20"
      xx AAAA 2001:db8::f00:baaa
      """;

  private static final DnsTree RFC_4035 =
      DnsTree.at(AT)
          .zone(
              "example.",
              z ->
                  z.record(COMMON)
                      .record("b NS ns1.b\nb NS ns2.b")
                      .record("ns1.b A 192.0.2.7\nns2.b A 192.0.2.8"))
          .build();

  private static final DnsTree RFC_5155 =
      DnsTree.at(AT)
          .zone(
              "example.",
              z ->
                  z.nsec3(12, "aabbccdd")
                      .optOut()
                      .record(COMMON)
                      .record("2t7b4g4vsa5smi47k61mv5bv1a22bojr A 192.0.2.127")
                      .record("c NS ns1.c\nc NS ns2.c")
                      .record("ns1.c A 192.0.2.7\nns2.c A 192.0.2.8"))
          .build();

  @Test
  void nsecChain_isThatOfRfc4035() {
    assertThat(RFC_4035.zone("example").rrsets())
        .filteredOn(rrset -> rrset.getType() == Type.NSEC)
        .extracting(RRset::first)
        .map(NSECRecord.class::cast)
        .extracting(nsec -> nsec.getName() + " " + nsec.rdataToString())
        .containsExactly(
            "example. a.example. NS SOA MX RRSIG NSEC DNSKEY",
            "a.example. ai.example. NS DS RRSIG NSEC",
            "ai.example. b.example. A HINFO AAAA RRSIG NSEC",
            "b.example. ns1.example. NS RRSIG NSEC",
            "ns1.example. ns2.example. A RRSIG NSEC",
            "ns2.example. *.w.example. A RRSIG NSEC",
            "*.w.example. x.w.example. MX RRSIG NSEC",
            "x.w.example. x.y.w.example. MX RRSIG NSEC",
            "x.y.w.example. xx.example. MX RRSIG NSEC",
            "xx.example. example. A HINFO AAAA RRSIG NSEC");
  }

  @Test
  void nsec3Chain_isThatOfRfc5155() {
    assertThat(RFC_5155.zone("example").rrsets())
        .filteredOn(rrset -> rrset.getType() == Type.NSEC3)
        .extracting(RRset::first)
        .map(NSEC3Record.class::cast)
        .extracting(
            nsec3 -> (nsec3.getName() + " " + nsec3.rdataToString()).toLowerCase(Locale.ROOT))
        .map(String::stripTrailing)
        .containsExactly(
            nsec3("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom", "2t7b4g4vsa5smi47k61mv5bv1a22bojr")
                + " ns soa mx rrsig dnskey nsec3param",
            nsec3("2t7b4g4vsa5smi47k61mv5bv1a22bojr", "2vptu5timamqttgl4luu9kg21e0aor3s")
                + " a rrsig",
            nsec3("2vptu5timamqttgl4luu9kg21e0aor3s", "35mthgpgcu1qg68fab165klnsnk3dpvl")
                + " mx rrsig",
            nsec3("35mthgpgcu1qg68fab165klnsnk3dpvl", "b4um86eghhds6nea196smvmlo4ors995")
                + " ns ds rrsig",
            nsec3("b4um86eghhds6nea196smvmlo4ors995", "gjeqe526plbf1g8mklp59enfd789njgi")
                + " mx rrsig",
            nsec3("gjeqe526plbf1g8mklp59enfd789njgi", "ji6neoaepv8b5o6k4ev33abha8ht9fgc")
                + " a hinfo aaaa rrsig",
            nsec3("ji6neoaepv8b5o6k4ev33abha8ht9fgc", "k8udemvp1j2f7eg6jebps17vp3n8i58h"),
            nsec3("k8udemvp1j2f7eg6jebps17vp3n8i58h", "kohar7mbb8dc2ce8a9qvl8hon4k53uhi"),
            nsec3("kohar7mbb8dc2ce8a9qvl8hon4k53uhi", "q04jkcevqvmu85r014c7dkba38o0ji5r")
                + " a rrsig",
            nsec3("q04jkcevqvmu85r014c7dkba38o0ji5r", "r53bq7cc2uvmubfu5ocmm6pers9tk9en")
                + " a rrsig",
            nsec3("r53bq7cc2uvmubfu5ocmm6pers9tk9en", "t644ebqk9bibcna874givr6joj62mlhv")
                + " mx rrsig",
            nsec3("t644ebqk9bibcna874givr6joj62mlhv", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom")
                + " a hinfo aaaa rrsig");
  }

  private static String nsec3(String owner, String next) {
    return owner + ".example. 1 1 12 aabbccdd " + next;
  }

  /** RFC 4035 Appendix B; referrals are asked for as the DS of the delegation. */
  @ParameterizedTest
  @CsvSource({
    "ml.example., A, b.example.+example.",
    "ns1.example., MX, ns1.example.",
    "b.example., DS, b.example.",
    "a.z.w.example., MX, x.y.w.example.",
    "a.z.w.example., AAAA, x.y.w.example.+*.w.example."
  })
  void nsecProof_isThatOfRfc4035(String name, String type, String owners) {
    assertThat(proof(RFC_4035, name, Type.value(type)))
        .containsExactlyInAnyOrder(owners.split("\\+", -1));
  }

  /** RFC 5155 Appendix B; referrals are asked for as the DS of the delegation. */
  @ParameterizedTest
  @CsvSource({
    "a.c.x.w.example., A, 0p9m+b4um+35mt",
    "ns1.example., MX, 2t7b",
    "y.w.example., A, ji6n",
    "c.example., DS, 35mt+0p9m",
    "a.z.w.example., MX, q04j",
    "a.z.w.example., AAAA, k8ud+q04j+r53b"
  })
  void nsec3Proof_isThatOfRfc5155(String name, String type, String owners) {
    assertThat(proof(RFC_5155, name, Type.value(type)))
        .map(owner -> owner.substring(0, 4))
        .containsExactlyInAnyOrder(owners.split("\\+", -1));
  }

  private static List<String> proof(DnsTree tree, String name, int type) {
    Message answer = tree.answer(Queries.withDnssec(name, type));
    return Stream.of(Type.NSEC, Type.NSEC3)
        .flatMap(
            denial ->
                answer.getSectionRRsets(Section.AUTHORITY).stream()
                    .filter(rrset -> rrset.getType() == denial))
        .map(rrset -> rrset.getName().toString())
        .toList();
  }
}
