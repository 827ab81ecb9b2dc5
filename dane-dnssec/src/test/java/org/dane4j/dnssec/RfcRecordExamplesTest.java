// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dane4j.dnssec.crypto.CanonicalForm;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.crypto.RsaScheme;
import org.dane4j.dnssec.crypto.SignatureScheme;
import org.dane4j.dnssec.crypto.ZoneKey;
import org.dane4j.dnssec.wire.MalformedMessageException;
import org.dane4j.dnssec.wire.MessageReader;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Keys, digests and signatures that RFCs print as examples. */
class RfcRecordExamplesTest {

  private static final AlgorithmPolicy POLICY = withShortRsaKeys();

  /** RFC 5702 §6.1 signs with 512 bits. */
  private static AlgorithmPolicy withShortRsaKeys() {
    AlgorithmPolicy all = AlgorithmPolicy.recommended().withDangerousSha1().withGost12().withSm2();
    Map<Integer, SignatureScheme> schemes = new HashMap<>();
    for (int algorithm = 0; algorithm < 256; algorithm++) {
      SignatureScheme scheme = all.scheme(algorithm);
      if (scheme instanceof RsaScheme rsa) {
        schemes.put(algorithm, rsa.withMinModulusBits(512));
      } else if (scheme != null) {
        schemes.put(algorithm, scheme);
      }
    }
    return AlgorithmPolicy.of(schemes, Set.of(Ds.SHA1));
  }

  @Test
  void dnskey_rfc4034Section2_3() {
    Dnskey key =
        key(
            "example.com. DNSKEY 256 3 5 AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8no"
                + "kfzj31GajIQKY+5CptLr3buXA10hWqTkF7H6RfoRqXQeogmMHfpftf6zMv1LyBUgia7za6ZEzOJBOzty"
                + "vhjL742iU/TpPSEDhm2SNKLijfUppn1UaNvv4w==");
    assertThat(key.flags()).isEqualTo(256);
    assertThat(key.isZoneKey()).isTrue();
    assertThat(key.isRevoked()).isFalse();
    assertThat(key.algorithm()).isEqualTo(5);
    assertThat(key.keyTag()).as("the key tag in RFC 4034 §3.3").isEqualTo(2642);
  }

  @Test
  void rrsig_rfc4034Section3_3() {
    Record record =
        RecordBag.parse(
                "host.example.com. RRSIG A 5 3 86400 20030322173103 20030220173103 2642 example.com."
                    + " oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wf"
                    + "uh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8n"
                    + "N+6pBzeDQfsS3Ap3o=")
            .rrsets("host.example.com. A")
            .get(0);
    Rrsig rrsig = Objects.requireNonNull(Rrsig.read(record.rdataToWireCanonical()));
    assertThat(rrsig.typeCovered()).isEqualTo(Type.A);
    assertThat(rrsig.algorithm()).isEqualTo(5);
    assertThat(rrsig.labels()).isEqualTo(3);
    assertThat(rrsig.originalTtl()).isEqualTo(86400);
    assertThat(rrsig.expiration()).isEqualTo(1048354263);
    assertThat(rrsig.inception()).isEqualTo(1045762263);
    assertThat(rrsig.keyTag()).isEqualTo(2642);
    assertThat(rrsig.signer()).hasToString("example.com.");
    assertThat(rrsig.signature()).hasSize(128);
  }

  /** RFC 4034 §5.4 with SHA-1, RFC 4509 §2.3 with SHA-256. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118",
        "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"
      })
  void ds_rfc4034AndRfc4509(String ds) {
    String key =
        "dskey.example.com. DNSKEY 256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/"
            + "2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEV"
            + "v5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==";
    assertThat(matches(ds, key)).isTrue();
    assertThat(matches(ds.replace("60485 5", "60485 7"), key)).as("another algorithm").isFalse();
    assertThat(matches(ds.replace("60485", "60486"), key)).as("another tag").isFalse();
    assertThat(matches(ds.substring(0, ds.length() - 1) + "B", key)).as("last octet").isFalse();
    assertThat(matches(ds, key.replace("dskey", "other"))).as("another owner").isFalse();
    assertThat(matches(ds, key.replace("dskey", "DSKEY"))).as("in capitals").isTrue();
  }

  @Test
  void ds_rfc9558() {
    String key =
        "example. DNSKEY 257 3 23 p8Req8DLJOfPymO5vExuK4gCcihF5N1YL7veCJ47av+wh/qs9yJpD064k02rYUHf"
            + "Wnr7IjvJlbn3Z0sTZe9GRQ==";
    String ds = "29468 23 5 6033725b0ccfc05d1e9d844d49c6cf890b13d5eac9439189947d5db6c8d1c1ec";
    assertThat(matches(ds, key)).isTrue();
    assertThat(matches(ds.replace(" 5 ", " 6 "), key)).isFalse();
  }

  @Test
  void ds_rfc9563() {
    String key =
        "example.net. DNSKEY 257 3 17 jZbZMBImG9dtGWSVEwnv2l32OVKcX7MMJv+83/+A41iaZuO0ajXMcuyJbTr8"
            + "Ud+kae6UlfqrnsG6tgADIPHxXA==";
    String ds = "27215 17 6 86671f82dd872e4ee73647a95dff7fd0af599ff8a43ffa26c9a2593091653c0e";
    assertThat(matches(ds, key)).isTrue();
    assertThat(matches(ds.replace(" 6 ", " 5 "), key)).isFalse();
  }

  /** The signature that the standard behind RFC 9563, GB/T 32918.5, has as its example. */
  @Test
  void sm2_hasTheDefaultUserId() throws GeneralSecurityException {
    SignatureScheme sm2 = Objects.requireNonNull(POLICY.scheme(AlgorithmPolicy.SM2SM3));
    HexFormat hex = HexFormat.of();
    PublicKey key =
        sm2.decodeKey(
            hex.parseHex(
                "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                    + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"));
    byte[] signature =
        hex.parseHex(
            "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    assertThat(sm2.verify(key, "message digest".getBytes(UTF_8), signature)).isTrue();
    assertThat(sm2.verify(key, "another digest".getBytes(UTF_8), signature)).isFalse();
  }

  private static boolean matches(String ds, String key) {
    Record record = RecordBag.parse("x. DS " + ds).rrsets("x. DS").get(0);
    Name owner = RecordBag.name(key.substring(0, key.indexOf(' ')));
    return Objects.requireNonNull(Ds.read(record.rdataToWireCanonical())).matches(owner, key(key));
  }

  private static Dnskey key(String text) {
    String owner = text.substring(0, text.indexOf(' '));
    Record record = RecordBag.parse(text).rrsets(owner + " DNSKEY").get(0);
    return Objects.requireNonNull(Dnskey.read(record.rdataToWireCanonical()));
  }

  /** A key, its DS record if the RFC has one, an RRset, and its RRSIG record. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rfc5702-6.1.zone",
        "rfc5702-6.2.zone",
        "rfc6605-6.1.zone",
        "rfc6605-6.2.zone",
        "rfc8080-6.1a.zone",
        "rfc8080-6.1b.zone",
        "rfc8080-6.2a.zone",
        "rfc8080-6.2b.zone",
        "rfc9558.zone"
      })
  void signature_verifies_andDsMatches(String resource)
      throws MalformedMessageException, GeneralSecurityException {
    RecordBag example = RecordBag.resource(resource);
    Record keyRecord = example.all(Type.DNSKEY).get(0);
    Dnskey key = Objects.requireNonNull(Dnskey.read(keyRecord.rdataToWireCanonical()));
    for (Record record : example.all(Type.DS)) {
      Ds ds = Objects.requireNonNull(Ds.read(record.rdataToWireCanonical()));
      assertThat(ds.matches(keyRecord.getName(), key)).as(record.toString()).isTrue();
    }
    SignedRrset rrset = signed(example);
    Rrsig rrsig = rrset.signatures().get(0);
    assertThat(rrsig.keyTag()).isEqualTo(key.keyTag());
    assertThat(rrsig.algorithm()).isEqualTo(key.algorithm());
    byte[] data = CanonicalForm.signedData(rrset, rrsig);
    ZoneKey zoneKey = new ZoneKey(key, Objects.requireNonNull(POLICY.scheme(key.algorithm())));
    assertThat(zoneKey.verify(data, rrsig.signature())).isEqualTo(ZoneKey.Outcome.VALID);
    data[data.length - 1] ^= 1;
    assertThat(zoneKey.verify(data, rrsig.signature())).isEqualTo(ZoneKey.Outcome.WRONG);
  }

  private static SignedRrset signed(RecordBag example) throws MalformedMessageException {
    Record rrsig = example.all(Type.RRSIG).get(0);
    int covered = ((org.xbill.DNS.RRSIGRecord) rrsig).getTypeCovered();
    Question question = new Question(rrsig.getName(), covered);
    List<Record> records = example.rrset(rrsig.getName(), covered);
    byte[] wire = RecordBag.response(question, Rcode.NOERROR, records, List.of()).toWire();
    return Objects.requireNonNull(
        MessageReader.read(wire).answer(question.name(), question.type()));
  }
}
