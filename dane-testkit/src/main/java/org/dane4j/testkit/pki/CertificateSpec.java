// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a certificate is to say. Immutable: every method returns another specification.
 *
 * <p>Unless told otherwise it is a server's: P-256 key, the names as dNSName entries and the first
 * of them as common name, valid from one day before to ninety days after the given instant, key
 * usage digitalSignature, extended key usage serverAuth.
 */
public final class CertificateSpec {

  private static final int DIGITAL_SIGNATURE = KeyUsage.digitalSignature;
  private static final int CERTIFICATE_SIGN = KeyUsage.keyCertSign | KeyUsage.cRLSign;

  private String commonName = "";
  private List<String> dnsNames = List.of();
  private Duration notBefore = Duration.ofDays(-1);
  private Duration notAfter = Duration.ofDays(90);
  private boolean authority;
  private Optional<Integer> pathLength = Optional.empty();
  private int keyUsage = DIGITAL_SIGNATURE;
  private List<KeyPurposeId> purposes = List.of(KeyPurposeId.id_kp_serverAuth);
  private List<String> permittedNames = List.of();
  private List<String> excludedNames = List.of();
  private KeyType keyType = KeyType.EC_P256;
  private Optional<KeyPair> keyPair = Optional.empty();

  private CertificateSpec() {}

  private CertificateSpec copy() {
    CertificateSpec copy = new CertificateSpec();
    copy.commonName = commonName;
    copy.dnsNames = dnsNames;
    copy.notBefore = notBefore;
    copy.notAfter = notAfter;
    copy.authority = authority;
    copy.pathLength = pathLength;
    copy.keyUsage = keyUsage;
    copy.purposes = purposes;
    copy.permittedNames = permittedNames;
    copy.excludedNames = excludedNames;
    copy.keyType = keyType;
    copy.keyPair = keyPair;
    return copy;
  }

  /**
   * Specifies a server's certificate.
   *
   * @param dnsNames the names for the subjectAltName, the first also for the common name; they may
   *     be wildcards
   * @return the specification
   */
  public static CertificateSpec forNames(String... dnsNames) {
    CertificateSpec spec = new CertificateSpec();
    spec.dnsNames = List.of(dnsNames);
    spec.commonName = dnsNames.length == 0 ? "" : dnsNames[0];
    return spec;
  }

  /**
   * Specifies a server's certificate that has no subjectAltName, only a common name (RFC 7672
   * §3.2.3).
   *
   * @param commonName the name
   * @return the specification
   */
  public static CertificateSpec commonNameOnly(String commonName) {
    return forNames().commonName(commonName);
  }

  /**
   * Specifies an authority's certificate: CA true, key usage keyCertSign, valid for ten years.
   *
   * @param commonName the name of the authority
   * @return the specification
   */
  public static CertificateSpec forAuthority(String commonName) {
    CertificateSpec spec = new CertificateSpec();
    spec.commonName = commonName;
    spec.authority = true;
    spec.keyUsage = CERTIFICATE_SIGN;
    spec.purposes = List.of();
    spec.notBefore = Duration.ofDays(-365);
    spec.notAfter = Duration.ofDays(3650);
    return spec;
  }

  /**
   * Changes the common name of the subject.
   *
   * @param name the common name; empty for a subject without any
   * @return another specification
   */
  public CertificateSpec commonName(String name) {
    CertificateSpec copy = copy();
    copy.commonName = name;
    return copy;
  }

  /**
   * Changes the dates.
   *
   * @param from notBefore, counted from the given instant
   * @param until notAfter, counted from the given instant
   * @return another specification
   */
  public CertificateSpec validity(Duration from, Duration until) {
    CertificateSpec copy = copy();
    copy.notBefore = from;
    copy.notAfter = until;
    return copy;
  }

  /**
   * Lets the certificate end one day before the given instant.
   *
   * @return another specification
   */
  public CertificateSpec expired() {
    return validity(Duration.ofDays(-90), Duration.ofDays(-1));
  }

  /**
   * Lets the certificate begin one day after the given instant.
   *
   * @return another specification
   */
  public CertificateSpec notYetValid() {
    return validity(Duration.ofDays(1), Duration.ofDays(90));
  }

  /**
   * Lets basic constraints say that this is no authority. The key usage stays.
   *
   * @return another specification
   */
  public CertificateSpec notAnAuthority() {
    CertificateSpec copy = copy();
    copy.authority = false;
    return copy;
  }

  /**
   * Limits how many authorities may follow below this one (RFC 5280 §4.2.1.9).
   *
   * @param length the path length constraint
   * @return another specification
   */
  public CertificateSpec pathLength(int length) {
    CertificateSpec copy = copy();
    copy.pathLength = Optional.of(length);
    return copy;
  }

  /**
   * Leaves the right to sign certificates out of the key usage.
   *
   * @return another specification
   */
  public CertificateSpec withoutCertificateSigning() {
    CertificateSpec copy = copy();
    copy.keyUsage = DIGITAL_SIGNATURE;
    return copy;
  }

  /**
   * Designates the certificate for clients and not for servers.
   *
   * @return another specification
   */
  public CertificateSpec forClientsOnly() {
    CertificateSpec copy = copy();
    copy.purposes = List.of(KeyPurposeId.id_kp_clientAuth);
    return copy;
  }

  /**
   * Leaves the extended key usage out.
   *
   * @return another specification
   */
  public CertificateSpec withoutPurposes() {
    CertificateSpec copy = copy();
    copy.purposes = List.of();
    return copy;
  }

  /**
   * Permits names below an authority only in these domains (RFC 5280 §4.2.1.10).
   *
   * @param domains the permitted domains
   * @return another specification
   */
  public CertificateSpec permittedNames(String... domains) {
    CertificateSpec copy = copy();
    copy.permittedNames = List.of(domains);
    return copy;
  }

  /**
   * Excludes names below an authority in these domains (RFC 5280 §4.2.1.10).
   *
   * @param domains the excluded domains
   * @return another specification
   */
  public CertificateSpec excludedNames(String... domains) {
    CertificateSpec copy = copy();
    copy.excludedNames = List.of(domains);
    return copy;
  }

  /**
   * Chooses the kind of the new key.
   *
   * @param type the kind
   * @return another specification
   */
  public CertificateSpec key(KeyType type) {
    CertificateSpec copy = copy();
    copy.keyType = type;
    copy.keyPair = Optional.empty();
    return copy;
  }

  /**
   * Certifies a key that is there already, as when a certificate is renewed.
   *
   * @param pair the key pair
   * @return another specification
   */
  public CertificateSpec key(KeyPair pair) {
    CertificateSpec copy = copy();
    copy.keyPair = Optional.of(pair);
    return copy;
  }

  String commonName() {
    return commonName;
  }

  List<String> dnsNames() {
    return dnsNames;
  }

  Duration notBefore() {
    return notBefore;
  }

  Duration notAfter() {
    return notAfter;
  }

  boolean authority() {
    return authority;
  }

  Optional<Integer> pathLength() {
    return pathLength;
  }

  int keyUsage() {
    return keyUsage;
  }

  List<KeyPurposeId> purposes() {
    return purposes;
  }

  List<String> permittedNames() {
    return permittedNames;
  }

  List<String> excludedNames() {
    return excludedNames;
  }

  KeyPair keyPair() {
    return keyPair.orElseGet(keyType::generate);
  }
}
