// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.internal.DerSlice;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;

/** What holds whatever DNS and the peer come up with. */
class MatchProperties {

  private static final TlsaMatcher MATCHER = TlsaMatcher.forSmtp();
  private static final Minted ROOT = CertificateMint.ca("Root").mint();
  private static final Minted INTERMEDIATE =
      CertificateMint.ca("Intermediate").issuedBy(ROOT).mint();
  private static final Minted SERVER = CertificateMint.server(MX).issuedBy(INTERMEDIATE).mint();
  private static final Minted STRANGER = CertificateMint.ca("Stranger").mint();
  private static final Minted TWIN = CertificateMint.ca("Intermediate").mint();

  @Property
  void aMatchingRecordIsFoundWhateverElseIsPublished(
      @ForAll @Size(max = 8) List<@From("records") TlsaRecord> others,
      @ForAll @IntRange(min = 0, max = 8) int position,
      @ForAll("matchingRecords") TlsaRecord matching) {
    List<TlsaRecord> published = new ArrayList<>(others);
    published.add(Math.min(position, others.size()), matching);
    MatchResult result = match(published, List.of(SERVER.der(), INTERMEDIATE.der(), ROOT.der()));
    boolean shadowed = others.stream().anyMatch(other -> shadows(other, matching));
    assertThat(result instanceof MatchResult.Matched).as(result.explanation()).isEqualTo(!shadowed);
  }

  /** RFC 7671 §9, said once more in other words; the others match nothing themselves. */
  private static boolean shadows(TlsaRecord other, TlsaRecord record) {
    return other.usage().equals(record.usage())
        && other.selector().equals(record.selector())
        && record.matchingType().equals(MatchingType.SHA2_256)
        && other.matchingType().equals(MatchingType.SHA2_512)
        && other.associationData().length() == 64;
  }

  @Property
  void theOrderOfIssuersChangesNothing(
      @ForAll Random random, @ForAll("matchingRecords") TlsaRecord record) {
    List<Octets> issuers =
        new ArrayList<>(
            List.of(
                INTERMEDIATE.der(),
                ROOT.der(),
                STRANGER.der(),
                TWIN.der(),
                SERVER.der(),
                Octets.ofHex("3000")));
    MatchResult.Matched before = Matches.matched(match(List.of(record), withServer(issuers)));
    Collections.shuffle(issuers, random);
    MatchResult.Matched after = Matches.matched(match(List.of(record), withServer(issuers)));
    assertThat(after.authentication()).isEqualTo(before.authentication());
  }

  private static List<Octets> withServer(List<Octets> issuers) {
    List<Octets> chain = new ArrayList<>(issuers);
    chain.add(0, SERVER.der());
    return chain;
  }

  @Property
  void noBitOfALeafMayBeFlipped(
      @ForAll @IntRange(min = 0, max = 7) int bit,
      @ForAll @IntRange(min = 0, max = 1_000_000) int place,
      @ForAll @IntRange(min = 0, max = 2) int matchingType) {
    Octets flipped = flip(SERVER.der(), place, bit);
    assertThat(match(List.of(SERVER.tlsa(3, 0, matchingType)), List.of(flipped)))
        .isInstanceOf(MatchResult.Unmatched.class);
  }

  @Property
  void noBitOfALeafsKeyMayBeFlipped(
      @ForAll @IntRange(min = 0, max = 7) int bit,
      @ForAll @IntRange(min = 0, max = 1_000_000) int place,
      @ForAll @IntRange(min = 0, max = 2) int matchingType) {
    String key = SERVER.tlsa(3, 1, 0).associationData().toHex();
    String certificate = SERVER.der().toHex();
    String flipped = flip(Octets.ofHex(key), place, bit).toHex();
    Octets other = Octets.ofHex(certificate.replace(key, flipped));
    assertThat(match(List.of(SERVER.tlsa(3, 1, matchingType)), List.of(other)))
        .isInstanceOf(MatchResult.Unmatched.class);
  }

  @Property
  void noBitOfAssociationDataMayBeFlipped(
      @ForAll @IntRange(min = 0, max = 7) int bit,
      @ForAll @IntRange(min = 0, max = 1_000_000) int place,
      @ForAll("matchingRecords") TlsaRecord record) {
    // Another trust anchor with the same name and key may well have issued the same certificate.
    Assume.that(!record.toString().startsWith("2 0 0 "));
    TlsaRecord flipped =
        new TlsaRecord(
            record.usage(),
            record.selector(),
            record.matchingType(),
            flip(record.associationData(), place, bit));
    assertThat(match(List.of(flipped), List.of(SERVER.der(), INTERMEDIATE.der(), ROOT.der())))
        .isNotInstanceOf(MatchResult.Matched.class);
  }

  @Property
  void mutatedChainsYieldAResult(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 6) int mutations,
      @ForAll @Size(min = 1, max = 4) List<@From("records") TlsaRecord> records) {
    List<Octets> chain = new ArrayList<>();
    for (Minted minted : List.of(SERVER, INTERMEDIATE, ROOT)) {
      chain.add(random.nextBoolean() ? mutate(minted.der(), random, mutations) : minted.der());
    }
    List<TlsaRecord> published = new ArrayList<>(records);
    for (Octets der : chain) {
      published.add(
          new TlsaRecord(
              new CertificateUsage(2 + random.nextInt(2)),
              Selector.CERT,
              MatchingType.SHA2_256,
              DigestAlgorithm.SHA2_256.digest(DerSlice.owning(der.toByteArray()))));
    }
    yieldsAResult(published, chain);
  }

  @Property
  void randomOctetsYieldAResult(
      @ForAll @Size(min = 1, max = 5) List<@Size(max = 60) byte[]> chain,
      @ForAll @Size(min = 1, max = 5) List<@Size(max = 60) byte[]> rdata) {
    TlsaRrset rrset =
        TlsaRrset.ofRdata(TlsaOwnerName.smtp(MX), rdata.stream().map(Octets::of).toList());
    MatchResult result =
        Matches.match(MATCHER, rrset, PeerChain.ofDer(chain.stream().map(Octets::of).toList()));
    assertThat(result.explanation()).isNotBlank();
  }

  @Property
  void mutatedFullDataYieldAResult(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 4) int mutations) {
    List<TlsaRecord> published = new ArrayList<>();
    for (TlsaRecord record : List.of(ROOT.tlsa(2, 0, 0), ROOT.tlsa(2, 1, 0), TWIN.tlsa(2, 0, 0))) {
      published.add(
          new TlsaRecord(
              record.usage(),
              record.selector(),
              record.matchingType(),
              mutate(record.associationData(), random, mutations)));
    }
    yieldsAResult(published, List.of(SERVER.der(), INTERMEDIATE.der()));
  }

  @Property(tries = 300)
  void anyExtensionYieldsAResult(
      @ForAll("extensions") String oid,
      @ForAll boolean critical,
      @ForAll boolean onTheLeaf,
      @ForAll("almostDer") byte[] value) {
    ASN1ObjectIdentifier identifier = new ASN1ObjectIdentifier(oid);
    CertificateMint ca = CertificateMint.ca("CA");
    Minted issuer = (onTheLeaf ? ca : ca.rawExtension(identifier, critical, value)).mint();
    CertificateMint leaf = CertificateMint.server(MX).issuedBy(issuer);
    Minted server = (onTheLeaf ? leaf.rawExtension(identifier, critical, value) : leaf).mint();
    yieldsAResult(List.of(issuer.tlsa(2, 0, 1)), List.of(server.der(), issuer.der()));
  }

  @Provide
  Arbitrary<String> extensions() {
    return Arbitraries.of(
        Extensions.BASIC_CONSTRAINTS,
        Extensions.KEY_USAGE,
        Extensions.EXT_KEY_USAGE,
        Extensions.SUBJECT_ALT_NAME,
        Extensions.NAME_CONSTRAINTS);
  }

  /** Elements within elements, with tags that occur and lengths that are mostly right. */
  @Provide
  Arbitrary<byte[]> almostDer() {
    Arbitrary<byte[]> primitive =
        Combinators.combine(
                Arbitraries.of(0x01, 0x02, 0x03, 0x06, 0x0c, 0x81, 0x82, 0x86, 0x87, 0x88),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20))
            .as(MatchProperties::element);
    Arbitrary<byte[]> nested = primitive;
    for (int depth = 0; depth < 4; depth++) {
      Arbitrary<byte[]> inner = nested;
      nested =
          Combinators.combine(
                  Arbitraries.of(0x30, 0x30, 0x31, 0xa0, 0xa1, 0xa4, 0x04),
                  Arbitraries.oneOf(inner, primitive).list().ofMaxSize(3))
              .as((tag, parts) -> element(tag, concatenate(parts)));
    }
    return Arbitraries.oneOf(nested, nested, Arbitraries.bytes().array(byte[].class).ofMaxSize(20));
  }

  private static byte[] element(int tag, byte[] content) {
    byte[] element = new byte[content.length + 2];
    element[0] = (byte) tag;
    element[1] = (byte) Math.min(content.length, 0x7f);
    System.arraycopy(content, 0, element, 2, content.length);
    return element;
  }

  private static byte[] concatenate(List<byte[]> parts) {
    StringBuilder hex = new StringBuilder();
    parts.forEach(part -> hex.append(Octets.of(part)));
    return Octets.ofHex(hex.toString()).toByteArray();
  }

  @Provide
  Arbitrary<TlsaRecord> matchingRecords() {
    List<TlsaRecord> records = new ArrayList<>();
    for (int selector = 0; selector <= 1; selector++) {
      for (int matchingType = 0; matchingType <= 2; matchingType++) {
        records.add(SERVER.tlsa(3, selector, matchingType));
        records.add(INTERMEDIATE.tlsa(2, selector, matchingType));
        records.add(ROOT.tlsa(2, selector, matchingType));
      }
    }
    return Arbitraries.of(records);
  }

  /** Records that match nothing, with parameters that occur more often than others. */
  @Provide
  Arbitrary<TlsaRecord> records() {
    Arbitrary<Integer> parameter =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.integers().between(0, 3)),
            Tuple.of(1, Arbitraries.integers().between(0, 255)));
    Arbitrary<Octets> data =
        Arbitraries.of(0, 31, 32, 64, 65)
            .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length))
            .map(Octets::of);
    return Combinators.combine(parameter, parameter, parameter, data)
        .as(
            (usage, selector, matchingType, octets) ->
                new TlsaRecord(
                    new CertificateUsage(usage),
                    new Selector(selector),
                    new MatchingType(matchingType),
                    octets));
  }

  private static void yieldsAResult(List<TlsaRecord> records, List<Octets> chain) {
    MatchResult result = match(records, chain);
    assertThat(result.explanation()).isNotBlank();
    assertThat(result.outcomes()).hasSize(result.rrset().records().size());
    for (RecordOutcome outcome : result.outcomes()) {
      boolean usable = MATCHER.usability(outcome.record()) instanceof Usability.Usable;
      assertThat(outcome instanceof RecordOutcome.Unusable).isEqualTo(!usable);
    }
  }

  private static MatchResult match(List<TlsaRecord> records, List<Octets> chain) {
    return Matches.match(
        MATCHER, Matches.rrset(records.toArray(new TlsaRecord[0])), PeerChain.ofDer(chain));
  }

  private static Octets flip(Octets octets, int place, int bit) {
    byte[] array = octets.toByteArray();
    array[place % array.length] ^= (byte) (1 << bit);
    return Octets.of(array);
  }

  private static Octets mutate(Octets octets, Random random, int times) {
    List<Byte> bytes = new ArrayList<>();
    for (byte octet : octets.toByteArray()) {
      bytes.add(octet);
    }
    for (int i = 0; i < times && !bytes.isEmpty(); i++) {
      int place = random.nextInt(bytes.size());
      switch (random.nextInt(4)) {
        case 0 -> bytes.set(place, (byte) random.nextInt(256));
        case 1 -> bytes.add(place, (byte) random.nextInt(256));
        case 2 -> bytes.remove(place);
        default -> bytes.set(place, (byte) (bytes.get(place) + 1));
      }
    }
    byte[] array = new byte[bytes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = bytes.get(i);
    }
    return Octets.of(array);
  }
}
