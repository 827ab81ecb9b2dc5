// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NXDOMAIN;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.crypto.RsaScheme;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The example zones of RFC 4035 and RFC 5155, and the responses that these print. */
class RfcZoneExamplesTest {

  private static final List<Record> NOTHING = List.of();

  /** A zone with the keys, the algorithms and the time at which it is valid. */
  private record Example(RecordBag zone, ChainValidator validator, Instant at) {

    static Example of(String resource, AlgorithmPolicy policy, String at) {
      RecordBag zone = RecordBag.resource(resource);
      String keys =
          zone.rrsets("example. DNSKEY").stream()
              .filter(record -> record.getType() == Type.DNSKEY)
              .map(Record::toString)
              .filter(text -> text.contains(" 257 ") || text.contains("\t257 "))
              .collect(Collectors.joining("\n"));
      ChainValidator validator =
          ChainValidator.trusting(TrustAnchors.parse(keys)).withAlgorithms(policy);
      return new Example(zone, validator, Instant.parse(at));
    }

    Verdicts judge(Question question, int rcode, List<Record> answer, List<Record> proof) {
      Message response = RecordBag.response(question, rcode, answer, proof);
      return Verdicts.of(zone.judge(validator, question, response, at));
    }

    Verdicts denied(String name, int type, int rcode, String... proof) {
      return judge(Question.of(name, type), rcode, NOTHING, zone.rrsets(proof));
    }
  }

  private static Example nsec() {
    return Example.of(
        "rfc4035-appendix-a.zone",
        AlgorithmPolicy.recommended().withDangerousSha1(),
        "2004-05-01T00:00:00Z");
  }

  /** The zone of RFC 5155 has RSA keys of 512 bits. */
  private static Example nsec3() {
    try {
      RsaScheme scheme = RsaScheme.of("SHA1withRSA", null).withMinModulusBits(512);
      AlgorithmPolicy policy =
          AlgorithmPolicy.of(Map.of(AlgorithmPolicy.RSASHA1_NSEC3_SHA1, scheme), Set.of(Ds.SHA1));
      return Example.of("rfc5155-appendix-a.zone", policy, "2010-01-01T00:00:00Z");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everySignedRrsetOfBothZones_verifies() {
    for (Example example : List.of(nsec(), nsec3())) {
      for (String rrset :
          List.of(
              "example. SOA",
              "example. NS",
              "example. MX",
              "example. DNSKEY",
              "a.example. DS",
              "ai.example. A",
              "ai.example. HINFO",
              "ai.example. AAAA",
              "ns1.example. A",
              "ns2.example. A",
              "*.w.example. MX",
              "x.w.example. MX",
              "x.y.w.example. MX",
              "xx.example. A",
              "xx.example. HINFO",
              "xx.example. AAAA")) {
        String[] parts = rrset.split(" ", 2);
        Question question = Question.of(parts[0], Type.value(parts[1]));
        List<Record> records = example.zone().rrsets(rrset);
        assertThat(example.judge(question, Rcode.NOERROR, records, NOTHING))
            .as(rrset)
            .isEqualTo(SECURE_DATA);
      }
    }
  }

  @Test
  void sha1Zone_isInsecureByDefault() {
    // RFC 9905 §2
    Example example =
        Example.of(
            "rfc4035-appendix-a.zone", AlgorithmPolicy.recommended(), "2004-05-01T00:00:00Z");
    Question question = Question.of("x.w.example", Type.MX);
    List<Record> answer = example.zone().rrsets("x.w.example. MX");
    assertThat(example.judge(question, Rcode.NOERROR, answer, NOTHING)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void rfc4035_b2NameError() {
    Example example = nsec();
    assertThat(
            example.denied(
                "ml.example",
                Type.A,
                Rcode.NXDOMAIN,
                "example. SOA",
                "b.example. NSEC",
                "example. NSEC"))
        .isEqualTo(SECURE_NXDOMAIN);
    assertThat(
            example.denied("ml.example", Type.A, Rcode.NXDOMAIN, "example. SOA", "b.example. NSEC"))
        .as("without the wildcard's denial")
        .isEqualTo(BOGUS);
    assertThat(
            example.denied("ml.example", Type.A, Rcode.NXDOMAIN, "example. SOA", "example. NSEC"))
        .as("without the name's denial")
        .isEqualTo(BOGUS);
  }

  @Test
  void rfc4035_b3NoData() {
    assertThat(
            nsec()
                .denied("ns1.example", Type.MX, Rcode.NOERROR, "example. SOA", "ns1.example. NSEC"))
        .isEqualTo(SECURE_NODATA);
    assertThat(
            nsec()
                .denied("ns1.example", Type.A, Rcode.NOERROR, "example. SOA", "ns1.example. NSEC"))
        .as("a type that the NSEC record has")
        .isEqualTo(BOGUS);
  }

  @Test
  void rfc4035_b4AndB5Referrals() {
    Example example = nsec();
    Question signed = Question.of("a.example", Type.DS);
    assertThat(
            example.judge(signed, Rcode.NOERROR, example.zone().rrsets("a.example. DS"), NOTHING))
        .isEqualTo(SECURE_DATA);
    assertThat(example.denied("b.example", Type.DS, Rcode.NOERROR, "b.example. NSEC"))
        .isEqualTo(SECURE_NODATA);
    assertThat(
            example.denied(
                "mc.b.example", Type.MX, Rcode.NOERROR, "b.example. NS", "b.example. NSEC"))
        .isEqualTo(INSECURE_NODATA);
    assertThat(example.denied("mc.a.example", Type.MX, Rcode.NOERROR, "a.example. NS"))
        .as("a signed zone is not unsigned because its parent says nothing of it")
        .isEqualTo(BOGUS);
  }

  @Test
  void rfc4035_b6WildcardExpansion() {
    Example example = nsec();
    Question question = Question.of("a.z.w.example", Type.MX);
    List<Record> answer = example.zone().expanded("*.w.example. MX", "a.z.w.example.");
    assertThat(
            example.judge(
                question, Rcode.NOERROR, answer, example.zone().rrsets("x.y.w.example. NSEC")))
        .isEqualTo(SECURE_DATA);
    // RFC 4035 §5.3.4
    assertThat(example.judge(question, Rcode.NOERROR, answer, NOTHING)).isEqualTo(BOGUS);
  }

  @Test
  void rfc4035_b7WildcardNoData() {
    Example example = nsec();
    assertThat(
            example.denied(
                "a.z.w.example",
                Type.AAAA,
                Rcode.NOERROR,
                "example. SOA",
                "x.y.w.example. NSEC",
                "*.w.example. NSEC"))
        .isEqualTo(SECURE_NODATA);
    assertThat(
            example.denied(
                "a.z.w.example", Type.AAAA, Rcode.NOERROR, "example. SOA", "*.w.example. NSEC"))
        .isEqualTo(BOGUS);
  }

  @Test
  void b8AndB6DsFromTheChild_provesNothingAboutTheDelegation() {
    // RFC 4035 App. B.8, RFC 5155 App. B.6: no anchor is above, so nobody can say.
    Example four = nsec();
    assertThat(four.denied("example", Type.DS, Rcode.NOERROR, "example. SOA", "example. NSEC"))
        .isEqualTo(INSECURE_NODATA);
    assertThat(
            nsec3()
                .denied(
                    "example",
                    Type.DS,
                    Rcode.NOERROR,
                    "example. SOA",
                    "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3"))
        .isEqualTo(INSECURE_NODATA);
  }

  @Test
  void rfc5155_b1NameError() {
    String closest = "b4um86eghhds6nea196smvmlo4ors995.example. NSEC3";
    String next = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3";
    String wildcard = "35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3";
    Example example = nsec3();
    // RFC 5155 §9.2: the records have the Opt-Out flag, so the answer cannot be secure.
    assertThat(
            example.denied(
                "a.c.x.w.example", Type.A, Rcode.NXDOMAIN, "example. SOA", next, closest, wildcard))
        .isEqualTo(INSECURE_NXDOMAIN);
  }

  @Test
  void rfc5155_b2NoData() {
    assertThat(
            nsec3()
                .denied(
                    "ns1.example",
                    Type.MX,
                    Rcode.NOERROR,
                    "example. SOA",
                    "2t7b4g4vsa5smi47k61mv5bv1a22bojr.example. NSEC3"))
        .isEqualTo(SECURE_NODATA);
    assertThat(
            nsec3()
                .denied(
                    "y.w.example",
                    Type.A,
                    Rcode.NOERROR,
                    "example. SOA",
                    "ji6neoaepv8b5o6k4ev33abha8ht9fgc.example. NSEC3"))
        .as("B.2.1, an empty non-terminal")
        .isEqualTo(SECURE_NODATA);
  }

  @Test
  void rfc5155_b3OptOutReferral() {
    String covering = "35mthgpgcu1qg68fab165klnsnk3dpvl.example. NSEC3";
    String closest = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example. NSEC3";
    assertThat(
            nsec3()
                .denied("mc.c.example", Type.MX, Rcode.NOERROR, "c.example. NS", covering, closest))
        .isEqualTo(INSECURE_NODATA);
  }

  @Test
  void rfc5155_b4WildcardExpansion() {
    Example example = nsec3();
    Question question = Question.of("a.z.w.example", Type.MX);
    List<Record> answer = example.zone().expanded("*.w.example. MX", "a.z.w.example.");
    List<Record> proof = example.zone().rrsets("q04jkcevqvmu85r014c7dkba38o0ji5r.example. NSEC3");
    // RFC 5155 §9.2: opt-out again.
    assertThat(example.judge(question, Rcode.NOERROR, answer, proof)).isEqualTo(INSECURE_DATA);
    assertThat(example.judge(question, Rcode.NOERROR, answer, NOTHING)).isEqualTo(BOGUS);
  }

  @Test
  void rfc5155_b5WildcardNoData() {
    String closest = "k8udemvp1j2f7eg6jebps17vp3n8i58h.example. NSEC3";
    String next = "q04jkcevqvmu85r014c7dkba38o0ji5r.example. NSEC3";
    String wildcard = "r53bq7cc2uvmubfu5ocmm6pers9tk9en.example. NSEC3";
    Example example = nsec3();
    assertThat(
            example.denied(
                "a.z.w.example", Type.AAAA, Rcode.NOERROR, "example. SOA", closest, next, wildcard))
        .isEqualTo(INSECURE_NODATA);
    assertThat(example.denied("a.z.w.example", Type.AAAA, Rcode.NOERROR, closest, next))
        .as("without the wildcard's record")
        .isNotEqualTo(SECURE_NODATA);
  }
}
