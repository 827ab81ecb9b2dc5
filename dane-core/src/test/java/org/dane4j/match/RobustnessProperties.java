// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;

import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.DerMutation;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/** Spoiled certificates and records: nothing is thrown, and nothing matches that should not. */
class RobustnessProperties {

  private static final Minted ROOT = CertificateMint.ca("Root").mint();
  private static final Minted INTERMEDIATE =
      CertificateMint.ca("Intermediate").issuedBy(ROOT).mint();
  private static final Minted SERVER = CertificateMint.server(MX).issuedBy(INTERMEDIATE).mint();
  private static final PkixAnchors ANCHORS = PkixAnchors.of(ROOT.certificate());

  private static final List<TlsaMatcher> MATCHERS =
      List.of(
          TlsaMatcher.forSmtp(),
          TlsaMatcher.forTls(ANCHORS).tryingEveryRecord(),
          TlsaMatcher.forTls(ANCHORS).checkingNamesWithDaneEe(),
          TlsaMatcher.forPkix(ANCHORS));

  @Property
  void spoiledCertificatesYieldResultsThatAnybodyCanCheck(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int times,
      @ForAll("goodRecords") TlsaRecord record,
      @ForAll("matchers") TlsaMatcher matcher)
      throws Exception {
    List<Octets> chain = new ArrayList<>();
    for (Minted minted : List.of(SERVER, INTERMEDIATE, ROOT)) {
      chain.add(random.nextInt(3) == 0 ? spoiled(minted.der(), random, times) : minted.der());
    }
    MatchResult result = result(matcher, List.of(record.toRdata()), PeerChain.ofDer(chain));
    if (result instanceof MatchResult.Matched matched) {
      requireMatch(matched.record(), matched.authentication());
    }
  }

  @Property
  void spoiledRecordsYieldResultsThatAnybodyCanCheck(
      @ForAll Random random,
      @ForAll @Size(min = 1, max = 3) List<@From("goodRecords") TlsaRecord> records,
      @ForAll("matchers") TlsaMatcher matcher)
      throws Exception {
    List<Octets> rdata = new ArrayList<>();
    for (TlsaRecord record : records) {
      rdata.add(
          random.nextBoolean() ? spoiled(record.toRdata(), random, 1) : inside(record, random));
    }
    List<Octets> chain = List.of(SERVER.der(), INTERMEDIATE.der(), ROOT.der());
    MatchResult result = result(matcher, rdata, PeerChain.ofDer(chain));
    if (result instanceof MatchResult.Matched matched) {
      requireMatch(matched.record(), matched.authentication());
    }
  }

  /** The record with the certificate or key that it holds spoiled. */
  private static Octets inside(TlsaRecord record, Random random) {
    return new TlsaRecord(
            record.usage(),
            record.selector(),
            record.matchingType(),
            spoiled(record.associationData(), random, 1))
        .toRdata();
  }

  @Property
  void spoiledRawPublicKeysMatchOnlyRecordsOfTheSameOctets(
      @ForAll Random random, @ForAll("goodRecords") TlsaRecord record) throws Exception {
    Octets key = spoiled(SERVER.tlsa(3, 1, 0).associationData(), random, random.nextInt(2));
    for (TlsaMatcher matcher : MATCHERS) {
      MatchResult result =
          result(matcher, List.of(record.toRdata()), PeerChain.ofRawPublicKey(key));
      if (result instanceof MatchResult.Matched) {
        assertThat(record.usage().value()).isEqualTo(3);
        assertThat(record.selector().value()).isOne();
        assertThat(digest(record, key.toByteArray())).isEqualTo(record.associationData());
      }
    }
  }

  @Property(tries = 200)
  void randomRdataYieldAResult(
      @ForAll @Size(min = 1, max = 4) List<byte[]> rdata, @ForAll("matchers") TlsaMatcher matcher) {
    result(
        matcher,
        rdata.stream().map(Octets::of).toList(),
        PeerChain.ofDer(List.of(SERVER.der(), INTERMEDIATE.der())));
  }

  @Property
  void spoiledAnchorsAreAnchorsOrNone(@ForAll Random random) throws Exception {
    Octets anchor = spoiled(ROOT.der(), random, 1);
    PkixAnchors anchors = PkixAnchors.ofDer(List.of(anchor, CertificateMint.ca("CA").mint().der()));
    MatchResult result =
        result(
            TlsaMatcher.forPkix(anchors),
            List.of(SERVER.tlsa(1, 1, 1).toRdata()),
            PeerChain.ofDer(List.of(SERVER.der(), INTERMEDIATE.der())));
    if (result instanceof MatchResult.Matched matched) {
      requireMatch(matched.record(), matched.authentication());
      assertThat(matched.authentication().path().get(2).der()).isEqualTo(anchor);
    }
  }

  @Provide
  Arbitrary<TlsaMatcher> matchers() {
    return Arbitraries.of(MATCHERS);
  }

  @Provide
  Arbitrary<TlsaRecord> goodRecords() {
    List<TlsaRecord> records = new ArrayList<>();
    for (int selector = 0; selector <= 1; selector++) {
      for (int matchingType = 0; matchingType <= 2; matchingType++) {
        for (int usage : new int[] {1, 3}) {
          records.add(SERVER.tlsa(usage, selector, matchingType));
        }
        for (int usage : new int[] {0, 2}) {
          records.add(INTERMEDIATE.tlsa(usage, selector, matchingType));
          records.add(ROOT.tlsa(usage, selector, matchingType));
        }
      }
    }
    return Arbitraries.of(records);
  }

  /** Looks at all there is to look at. */
  private static MatchResult result(TlsaMatcher matcher, List<Octets> rdata, PeerChain chain) {
    TlsaRrset rrset = TlsaRrset.ofRdata(TlsaOwnerName.smtp(MX), rdata);
    rrset.records().forEach(record -> assertThat(matcher.usability(record)).isNotNull());
    MatchResult result = Matches.match(matcher, rrset, chain);
    assertThat(result.explanation()).isNotBlank();
    assertThat(result.outcomes()).hasSize(rrset.records().size());
    for (ChainCertificate certificate : chain.certificates()) {
      assertThat(certificate.toString()).isNotBlank();
      assertThat(certificate.subjectPublicKeyInfo().isPresent())
          .isEqualTo(certificate.spkiSha256().isPresent());
    }
    return result;
  }

  /** Checks a match without our own code: the octets, and each signature on the path. */
  private static void requireMatch(TlsaRecord record, Authentication authentication)
      throws Exception {
    byte[] matched = authentication.certificate().der().toByteArray();
    boolean byKey = authentication instanceof Authentication.ByTrustAnchorKey;
    if (record.selector().value() == 0) {
      assertThat(digest(record, matched)).isEqualTo(record.associationData());
    } else if (!byKey) {
      Octets key = authentication.certificate().subjectPublicKeyInfo().orElseThrow();
      assertThat(Octets.of(matched).toHex()).contains(key.toHex());
      assertThat(digest(record, key.toByteArray())).isEqualTo(record.associationData());
    }
    List<ChainCertificate> path = authentication.path();
    for (int i = 0; i < path.size() - 1; i++) {
      // Nobody signed the anchor, so all that can be said of it is which key it has.
      Octets key = path.get(i + 1).subjectPublicKeyInfo().orElseThrow();
      assertThat(path.get(i + 1).der().toHex()).contains(key.toHex());
      PublicKey issuer =
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.toByteArray()));
      CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(path.get(i).der().toByteArray()))
          .verify(issuer);
    }
  }

  private static Octets digest(TlsaRecord record, byte[] part) throws Exception {
    return switch (record.matchingType().value()) {
      case 0 -> Octets.of(part);
      case 1 -> Octets.of(MessageDigest.getInstance("SHA-256").digest(part));
      case 2 -> Octets.of(MessageDigest.getInstance("SHA-512").digest(part));
      default -> throw new AssertionError("no such record is usable: " + record);
    };
  }

  private static Octets spoiled(Octets octets, Random random, int times) {
    DerMutation mutation = new DerMutation(random);
    Octets spoiled = octets;
    for (int i = 0; i < times; i++) {
      spoiled = mutation.of(spoiled);
    }
    return spoiled;
  }
}
