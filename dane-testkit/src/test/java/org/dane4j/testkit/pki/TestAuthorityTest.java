// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates held against the JDK's path validation. */
class TestAuthorityTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final TestAuthority ROOT = TestAuthority.root("Example Root CA", AT);

  private static void validate(TestIdentity identity) throws GeneralSecurityException {
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(ROOT.certificate(), null)));
    parameters.setDate(Date.from(AT));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(identity.chain()), parameters);
  }

  private static void assertInvalid(TestIdentity identity, CertPathValidatorException.Reason why) {
    assertThatThrownBy(() -> validate(identity))
        .isInstanceOfSatisfying(
            CertPathValidatorException.class,
            e -> assertThat(e.getReason().toString()).isEqualTo(why.toString()));
  }

  @ParameterizedTest
  @EnumSource(value = KeyType.class, mode = EnumSource.Mode.EXCLUDE, names = "RSA_1024")
  void issuedCertificate_validatesForEveryKeyType(KeyType type) {
    TestAuthority authority =
        ROOT.intermediate(CertificateSpec.forAuthority("Example CA 1").key(type));
    TestIdentity identity = authority.issue(CertificateSpec.forNames("mx.example").key(type));

    assertThatCode(() -> validate(identity)).doesNotThrowAnyException();
  }

  @Test
  void chain_isLeafThenIntermediatesWithoutRoot() {
    TestAuthority first = ROOT.intermediate("Example CA 1");
    TestAuthority second = first.intermediate("Example CA 2");
    TestIdentity identity = second.issue("mx.example");

    assertThat(identity.chain())
        .containsExactly(identity.certificate(), second.certificate(), first.certificate());
    assertThat(identity.sendingRoot().chain())
        .containsExactly(
            identity.certificate(), second.certificate(), first.certificate(), ROOT.certificate());
    assertThat(identity.sendingLeafOnly().chain()).containsExactly(identity.certificate());
    assertThat(identity.sendingIssuersReversed().chain())
        .containsExactly(identity.certificate(), first.certificate(), second.certificate());
    assertThat(identity.appending(ROOT.certificate()).chain()).last().isEqualTo(ROOT.certificate());
    assertThat(identity.issuers())
        .containsExactly(second.certificate(), first.certificate(), ROOT.certificate());
  }

  @Test
  void expiredAndFutureCertificates_areRefused() {
    CertificateSpec spec = CertificateSpec.forNames("mx.example");

    assertInvalid(ROOT.issue(spec.expired()), CertPathValidatorException.BasicReason.EXPIRED);
    assertInvalid(
        ROOT.issue(spec.notYetValid()), CertPathValidatorException.BasicReason.NOT_YET_VALID);
  }

  @Test
  void constraintsOfAuthorities_areInTheCertificates() {
    CertificateSpec authority = CertificateSpec.forAuthority("Example CA 1");

    assertThatThrownBy(
            () ->
                validate(
                    ROOT.intermediate(authority.pathLength(0))
                        .intermediate("Example CA 2")
                        .issue("mx.example")))
        .isInstanceOf(CertPathValidatorException.class);
    assertThatThrownBy(
            () ->
                validate(
                    ROOT.intermediate(authority.permittedNames("other.example"))
                        .issue("mx.example")))
        .isInstanceOf(CertPathValidatorException.class);
    assertThatThrownBy(
            () ->
                validate(
                    ROOT.intermediate(authority.excludedNames("mx.example")).issue("mx.example")))
        .isInstanceOf(CertPathValidatorException.class);
    assertThatThrownBy(
            () -> validate(ROOT.intermediate(authority.notAnAuthority()).issue("mx.example")))
        .isInstanceOf(CertPathValidatorException.class);
    assertThatThrownBy(
            () ->
                validate(
                    ROOT.intermediate(authority.withoutCertificateSigning()).issue("mx.example")))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void names_areWhereTheSpecificationPutsThem() throws Exception {
    X509Certificate both = ROOT.issue("mx.example", "*.mail.example").certificate();
    X509Certificate nameOnly =
        ROOT.issue(CertificateSpec.commonNameOnly("mx.example")).certificate();

    assertThat(both.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "mx.example"), List.of(2, "*.mail.example"));
    assertThat(both.getSubjectX500Principal()).hasToString("CN=mx.example");
    assertThat(nameOnly.getSubjectAlternativeNames()).isNull();
    assertThat(nameOnly.getSubjectX500Principal()).hasToString("CN=mx.example");
    assertThat(
            ROOT.issue(CertificateSpec.forNames("mx.example").commonName("other"))
                .certificate()
                .getSubjectX500Principal())
        .hasToString("CN=other");
  }

  @Test
  void purposes_areWhatTheSpecificationSays() throws Exception {
    CertificateSpec spec = CertificateSpec.forNames("mx.example");

    assertThat(ROOT.issue(spec).certificate().getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(ROOT.issue(spec.forClientsOnly()).certificate().getExtendedKeyUsage())
        .containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(ROOT.issue(spec.withoutPurposes()).certificate().getExtendedKeyUsage()).isNull();
  }

  @Test
  void renewal_keepsTheKeyAndChangesTheCertificate() {
    TestIdentity old = ROOT.issue("mx.example");
    KeyPair key = old.keyPair();
    TestIdentity renewed = ROOT.issue(CertificateSpec.forNames("mx.example").key(key));

    assertThat(Tlsa.rdata(3, 1, 1, renewed.certificate()))
        .isEqualTo(Tlsa.rdata(3, 1, 1, old.certificate()));
    assertThat(Tlsa.rdata(3, 0, 1, renewed.certificate()))
        .isNotEqualTo(Tlsa.rdata(3, 0, 1, old.certificate()));
    assertThat(renewed.privateKey()).isEqualTo(old.privateKey());
  }

  @Test
  void selfSigned_isItsOwnIssuer() throws Exception {
    TestIdentity identity = TestIdentity.selfSigned(CertificateSpec.forNames("mx.example"), AT);

    identity.certificate().verify(identity.certificate().getPublicKey());
    assertThat(identity.issuers()).isEmpty();
    assertThat(identity.chain()).containsExactly(identity.certificate());
    assertThat(identity.sendingRoot().chain()).containsExactly(identity.certificate());
  }
}
