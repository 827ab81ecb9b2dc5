// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dane4j.dnssec.Verdicts.INDETERMINATE;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * RFC 9102 chains, read and written. The RFC's own ones are not part of this project: their folder
 * is given by {@code -Ddane.conformance.rfc9102=DIR}, or found in the folder that {@code
 * DANE_CONFORMANCE} names.
 */
class AuthenticationChainTest {

  private static final Instant AT = Instant.parse("2019-10-02T07:06:40Z");

  private static final String VECTORS =
      """
      a1.txt, _443._tcp.www.example.com, SECURE_DATA
      a2.txt, _25._tcp.example.com, SECURE_DATA
      a3.txt, _25._tcp.example.org, SECURE_DATA
      a4.txt, _443._tcp.www.example.org, SECURE_DATA
      a5.txt, _443._tcp.www.example.net, SECURE_DATA
      a6.txt, _25._tcp.smtp.example.com, SECURE_NXDOMAIN
      a7.txt, _25._tcp.smtp.example.org, SECURE_NXDOMAIN
      a8.txt, _443._tcp.www.insecure.example, INSECURE_NXDOMAIN
      """;

  @ParameterizedTest
  @CsvSource(textBlock = VECTORS)
  void chainOfTheRfc_hasItsVerdictInAnyOrder(String file, String name, Verdicts expected)
      throws Exception {
    List<byte[]> records = records(file);
    Question question = Question.of(name, Type.TLSA);
    Random random = new Random(1);
    for (int i = 0; i < 10; i++) {
      ValidationResult result = chain(records).validate(question, validator(), AT);
      assertThat(Verdicts.of(result)).as(result.explanation()).isEqualTo(expected);
      Collections.shuffle(records, random);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = VECTORS)
  void chainOfTheRfc_isWrittenFromItsVerdict(String file, String name, Verdicts expected)
      throws Exception {
    List<byte[]> records = records(file);
    Question question = Question.of(name, Type.TLSA);
    ValidationResult result = chain(records).validate(question, validator(), AT);
    AuthenticationChain written = AuthenticationChain.of(result).orElseThrow();
    assertThat(hex(split(written))).containsExactlyInAnyOrderElementsOf(hex(records));
    assertThat(Verdicts.of(written.validate(question, validator(), AT))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a1.txt, _443._tcp.www.example.com",
    "a4.txt, _443._tcp.www.example.org",
    "a5.txt, _443._tcp.www.example.net"
  })
  void order_isFromTheAnswerUpToTheAnchor_asInTheRfc(String file, String name) throws Exception {
    AuthenticationChain chain = chain(records(file));
    ValidationResult result = chain.validate(Question.of(name, Type.TLSA), validator(), AT);
    assertThat(AuthenticationChain.of(result)).contains(chain);
  }

  @ParameterizedTest
  @CsvSource(textBlock = VECTORS)
  void chainWithoutOneRecord_isNeverSecureOtherwise(String file, String name, Verdicts expected)
      throws Exception {
    List<byte[]> all = records(file);
    Question question = Question.of(name, Type.TLSA);
    for (int i = 0; i < all.size(); i++) {
      List<byte[]> rest = new ArrayList<>(all);
      byte[] removed = rest.remove(i);
      ValidationResult result = chain(rest).validate(question, validator(), AT);
      Verdicts verdict = Verdicts.of(result);
      boolean redundant = verdict == expected && isSpare(removed);
      assertThat(redundant || verdict == Verdicts.BOGUS || verdict == INDETERMINATE)
          .as("without record " + i + ": " + result.explanation())
          .isTrue();
    }
  }

  /**
   * com and org have two signatures over their keys. That there is no wildcard in example, says
   * shn05..., does not matter for a delegation (RFC 5155 §8.6).
   */
  private static boolean isSpare(byte[] record) throws IOException {
    Name owner = new Name(record);
    int type = owner.length() + 1;
    boolean keySignature = record[type] == Type.RRSIG && record[type + 10] == Type.DNSKEY;
    return keySignature || owner.toString().startsWith("shn05");
  }

  @Test
  void chainOfTheRfc_isExpiredLater() throws Exception {
    Question question = Question.of("_443._tcp.www.example.com", Type.TLSA);
    ValidationResult result =
        chain(records("a1.txt")).validate(question, validator(), AT.plusSeconds(2 * 366 * 86400));
    assertThat(result)
        .isInstanceOfSatisfying(
            ValidationResult.Bogus.class,
            bogus -> assertThat(bogus.reason()).isEqualTo(BogusReason.EXPIRED));
  }

  @Test
  void everyProvenVerdict_hasAChainWithTheSameVerdict() {
    for (Question question : SmallTree.QUESTIONS) {
      ValidationResult result = Offline.over(SmallTree.TREE).ask(question);
      Optional<AuthenticationChain> chain = AuthenticationChain.of(result);
      if (result instanceof ValidationResult.Bogus) {
        assertThat(chain).isEmpty();
        continue;
      }
      ValidationResult again =
          chain.orElseThrow().validate(question, SmallTree.VALIDATOR, Offline.AT);
      boolean secure = result instanceof ValidationResult.Secure;
      assertThat(again).as(again.explanation()).hasSameClassAs(result);
      if (secure) {
        assertThat(Verdicts.of(again)).as(again.explanation()).isEqualTo(Verdicts.of(result));
      }
    }
  }

  @Test
  void verdictWithoutAnchor_hasNoChain() {
    Question question = Question.of("bank.example", Type.MX);
    Offline offline =
        Offline.over(SmallTree.TREE).with(ChainValidator.trusting(TrustAnchors.none()));
    assertThat(AuthenticationChain.of(offline.ask(question))).isEmpty();
  }

  @Test
  void recordsOfAnotherName_answerNothing() {
    Question mx = Question.of("bank.example", Type.MX);
    AuthenticationChain chain =
        AuthenticationChain.of(Offline.over(SmallTree.TREE).ask(mx)).orElseThrow();
    assertThat(Verdicts.of(chain.validate(mx, SmallTree.VALIDATOR, Offline.AT)))
        .isEqualTo(SECURE_DATA);
    Question other = Question.of("mx.bank.example", Type.A);
    assertThat(Verdicts.of(chain.validate(other, SmallTree.VALIDATOR, Offline.AT)))
        .isEqualTo(INDETERMINATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                               | octet 0: a chain has from 1 to 65535 octets, not 0
          c00c 0001 0001 00000000 0000     | octet 0: a record's owner is no uncompressed domain name
          00 0001 0003 00000000 0000       | octet 5: a record has class 3, and only 1 (IN) is allowed
          00 0001 0001 00000000 0004 7f00  | octet 11: the octets end before the end of RDATA
          00 0001 0001 0000                | octet 5: the octets end before the end of a record's TTL
          """)
  void octetsThatAreNoRecords_areRefused(String octets, String message) {
    assertThatThrownBy(
            () -> AuthenticationChain.read(HexFormat.of().parseHex(octets.replace(" ", ""))))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessage(message);
  }

  @Test
  void tooManyOctetsOrRecords_areRefused() {
    assertThatThrownBy(() -> AuthenticationChain.read(new byte[0x10000]))
        .hasMessageContaining("65536");
    byte[] record = {0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 4097; i++) {
      many.writeBytes(record);
    }
    assertThatThrownBy(() -> AuthenticationChain.read(many.toByteArray()))
        .hasMessageContaining("more than 4096 records");
  }

  private static AuthenticationChain chain(List<byte[]> records) throws Exception {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    records.forEach(octets::writeBytes);
    return AuthenticationChain.read(octets.toByteArray());
  }

  private static List<String> hex(List<byte[]> records) {
    return records.stream().map(HexFormat.of()::formatHex).toList();
  }

  private static List<byte[]> split(AuthenticationChain chain) throws IOException {
    List<byte[]> records = new ArrayList<>();
    byte[] octets = chain.octets().toByteArray();
    for (int at = 0; at < octets.length; ) {
      int name = new Name(Arrays.copyOfRange(octets, at, octets.length)).length();
      int length = (octets[at + name + 8] & 0xff) << 8 | (octets[at + name + 9] & 0xff);
      int end = at + name + 10 + length;
      records.add(Arrays.copyOfRange(octets, at, end));
      at = end;
    }
    return records;
  }

  private static List<byte[]> records(String file) throws IOException {
    List<byte[]> records = new ArrayList<>();
    byte[] text = Files.readAllBytes(folder().resolve(file));
    try (Master master = new Master(new ByteArrayInputStream(text), Name.root)) {
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        records.add(record.toWire(Section.ANSWER));
      }
    }
    return records;
  }

  private static ChainValidator validator() throws IOException {
    String anchor = Files.readString(folder().resolve("trust-anchor.txt"));
    return ChainValidator.trusting(TrustAnchors.parse(anchor));
  }

  private static Path folder() {
    String property = System.getProperty("dane.conformance.rfc9102");
    String variable = System.getenv("DANE_CONFORMANCE");
    return Optional.ofNullable(property)
        .map(Path::of)
        .or(() -> Optional.ofNullable(variable).map(folder -> Path.of(folder, "rfc9102")))
        .orElseGet(
            () ->
                Assumptions.abort(
                    "the chains of RFC 9102 are not here: set DANE_CONFORMANCE"
                        + " or -Ddane.conformance.rfc9102"));
  }
}
