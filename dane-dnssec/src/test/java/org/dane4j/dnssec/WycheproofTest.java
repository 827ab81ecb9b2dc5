// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.SignatureScheme;
import org.dane4j.dnssec.crypto.ZoneKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Project Wycheproof's signatures, as DNSKEY and RRSIG records carry them. The files are not part
 * of this project: their folder is given by {@code -Ddane.conformance.wycheproof=DIR}, or found in
 * the folder that {@code DANE_CONFORMANCE} names.
 */
class WycheproofTest {

  private static final String PROPERTY = "dane.conformance.wycheproof";
  private static final String VARIABLE = "DANE_CONFORMANCE";
  private static final Path REPORT = Path.of("target", "conformance", "wycheproof.tsv");

  /** File, case, pass or fail or skip, what was found and why. */
  private static final List<List<String>> RESULTS = new ArrayList<>();

  private static final AlgorithmPolicy POLICY = AlgorithmPolicy.recommended().withDangerousSha1();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ecdsa_secp256r1_sha256_p1363_test.json",
        "ecdsa_secp384r1_sha384_p1363_test.json",
        "ed25519_test.json",
        "ed448_test.json",
        "rsa_pkcs1_1024_sig_gen_test.json",
        "rsa_pkcs1_1536_sig_gen_test.json",
        "rsa_pkcs1_2048_sig_gen_test.json",
        "rsa_pkcs1_3072_sig_gen_test.json",
        "rsa_pkcs1_4096_sig_gen_test.json",
        "rsa_signature_2048_sha256_test.json",
        "rsa_signature_2048_sha512_test.json",
        "rsa_signature_3072_sha256_test.json",
        "rsa_signature_3072_sha512_test.json",
        "rsa_signature_4096_sha256_test.json",
        "rsa_signature_4096_sha512_test.json",
        "rsa_signature_8192_sha256_test.json",
        "rsa_signature_8192_sha512_test.json"
      })
  void everySignature_isJudgedAsWycheproofSays(String name) throws IOException {
    Path file =
        folder()
            .map(folder -> folder.resolve(name))
            .orElseGet(
                () ->
                    Assumptions.abort(
                        "Wycheproof's files are not here: set " + VARIABLE + " or -D" + PROPERTY));
    int before = RESULTS.size();
    for (Map<String, Object> group : Json.objects(Json.read(file), "testGroups")) {
      for (Map<String, Object> test : Json.objects(group, "tests")) {
        List<String> row = new ArrayList<>(List.of(name, Json.text(test, "tcId")));
        row.addAll(judge(group, test));
        RESULTS.add(row);
      }
    }
    List<List<String>> rows = RESULTS.subList(before, RESULTS.size());
    assertThat(rows).as("cases in " + file).hasSizeGreaterThan(20);
    assertThat(rows).filteredOn(row -> row.get(2).equals("fail")).isEmpty();
  }

  private static List<String> judge(Map<String, Object> group, Map<String, Object> test) {
    int algorithm = algorithm(group);
    SignatureScheme scheme = POLICY.scheme(algorithm);
    if (scheme == null) {
      return List.of("skip", "DNSSEC has no " + Json.text(group, "sha") + " with RSA");
    }
    byte[] rdata = join(new byte[] {1, 0, 3, (byte) algorithm}, publicKey(group));
    ZoneKey.Outcome outcome =
        new ZoneKey(Objects.requireNonNull(Dnskey.read(rdata)), scheme)
            .verify(octets(Json.text(test, "msg")), octets(Json.text(test, "sig")));
    boolean tooLong = Integer.parseInt(keySize(group)) > 4096;
    boolean wanted = isGood(group, test) && !tooLong;
    boolean same = wanted == (outcome == ZoneKey.Outcome.VALID);
    return List.of(
        same ? "pass" : "fail",
        outcome + (tooLong ? " (RFC 3110 §2: at most 4096 bits)" : ""),
        Json.text(test, "result"),
        Json.text(test, "comment"));
  }

  /**
   * In files that were made to sign, "acceptable" speaks of small keys and SHA-1, all of them
   * right.
   */
  private static boolean isGood(Map<String, Object> group, Map<String, Object> test) {
    String result = Json.text(test, "result");
    return result.equals("valid")
        || (result.equals("acceptable") && Json.text(group, "type").endsWith("Generate"));
  }

  private static int algorithm(Map<String, Object> group) {
    String curve = Json.text(group, "publicKey", "curve");
    return switch (curve + Json.text(group, "sha")) {
      case "secp256r1SHA-256" -> AlgorithmPolicy.ECDSAP256SHA256;
      case "secp384r1SHA-384" -> AlgorithmPolicy.ECDSAP384SHA384;
      case "edwards25519" -> AlgorithmPolicy.ED25519;
      case "edwards448" -> AlgorithmPolicy.ED448;
      case "SHA-1" -> AlgorithmPolicy.RSASHA1;
      case "SHA-256" -> AlgorithmPolicy.RSASHA256;
      case "SHA-512" -> AlgorithmPolicy.RSASHA512;
      default -> 0;
    };
  }

  private static String keySize(Map<String, Object> group) {
    String size = Json.text(group, "keySize");
    return size.isEmpty() ? Json.text(group, "publicKey", "keySize") : size;
  }

  /** Returns the public key field of a DNSKEY record. */
  private static byte[] publicKey(Map<String, Object> group) {
    String point = Json.text(group, "publicKey", "uncompressed");
    if (!point.isEmpty()) {
      return octets(point.substring(2)); // RFC 6605 §4
    }
    String edwards = Json.text(group, "publicKey", "pk");
    if (!edwards.isEmpty()) {
      return octets(edwards); // RFC 8080 §3
    }
    String parent = Json.text(group, "publicKey").isEmpty() ? "privateKey" : "publicKey";
    byte[] exponent = number(Json.text(group, parent, "publicExponent"));
    byte[] modulus = number(Json.text(group, parent, "modulus"));
    return join(new byte[] {(byte) exponent.length}, join(exponent, modulus)); // RFC 3110 §2
  }

  private static byte[] number(String hex) {
    byte[] octets = new BigInteger(hex, 16).toByteArray();
    return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  private static Optional<Path> folder() {
    String property = System.getProperty(PROPERTY);
    String variable = System.getenv(VARIABLE);
    return property != null
        ? Optional.of(Path.of(property))
        : Optional.ofNullable(variable).map(folder -> Path.of(folder, "wycheproof"));
  }

  @AfterAll
  static void report() throws IOException {
    if (RESULTS.isEmpty()) {
      return;
    }
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, RESULTS.stream().map(row -> String.join("\t", row)).toList());
    System.out.printf(
        "Wycheproof signatures: %s pass, %s fail, %s skip; see %s%n",
        count("pass"), count("fail"), count("skip"), REPORT);
  }

  private static long count(String result) {
    return RESULTS.stream().filter(row -> row.get(2).equals(result)).count();
  }
}
