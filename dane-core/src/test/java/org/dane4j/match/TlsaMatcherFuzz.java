// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dane4j.internal.DerSlice;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/**
 * Jazzer edits a good chain and writes records, and looks for an exception or a match that is none.
 * Not among the default tests: the Maven profile {@code fuzz} runs it.
 */
class TlsaMatcherFuzz {

  /** Fixed, so that an input that was found can be run again. Nobody has their private keys. */
  private static final List<byte[]> CHAIN =
      List.of(
          der(
              "308201673082010da003020102020102300a06082a8648ce3d040302300f310d300b06035504"
                  + "030c04526f6f74301e170d3236303130313030303030305a170d323730313031303030303030"
                  + "5a30193117301506035504030c0e6d782e6578616d706c652e6f72673059301306072a8648ce"
                  + "3d020106082a8648ce3d03010703420004e18619338e43e71dd072d694c65c4b35665fb4a8bd"
                  + "01d61609f9070c4973274f72394459cd77e67b64e0f043a8539c4532ea013ac3b269c2630314"
                  + "3aeb68c8c9a350304e300c0603551d130101ff04023000300e0603551d0f0101ff0404030207"
                  + "8030130603551d25040c300a06082b0601050507030130190603551d1104123010820e6d782e"
                  + "6578616d706c652e6f7267300a06082a8648ce3d0403020348003045022064476dcb5632b553"
                  + "5106a8b84fc427cb1694b77f3bea2ac1d6c66661f8a394bc022100b14ffbc1ad0573ba3b4ff4"
                  + "2fa35d56c00e2d4583cbd7f5d1c652d3d7d5260e0e"),
          der(
              "3082012f3081d6a003020102020101300a06082a8648ce3d040302300f310d300b0603550403"
                  + "0c04526f6f74301e170d3236303130313030303030305a170d3237303130313030303030305a"
                  + "300f310d300b06035504030c04526f6f743059301306072a8648ce3d020106082a8648ce3d03"
                  + "010703420004847a792544d5a81d0d9d9d7b6e8370b0e09ac11d85bacf2adc18d476dfa603b0"
                  + "fe4ec6cbb71dcc934a24551fbff662946a0b6282ff109038ff13450664d969a7a3233021300f"
                  + "0603551d130101ff040530030101ff300e0603551d0f0101ff040403020106300a06082a8648"
                  + "ce3d0403020348003045022100e5919a4d16479ab08d907e0261559269860463bd69181de705"
                  + "66813e50fbc03902200f4aa15612cddb60ea41016e7f9e401e36becc004a8c812a6d1c41f655"
                  + "512425"));

  private static final String MX = "mx.example.org";
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final PkixAnchors ANCHORS = PkixAnchors.ofDer(List.of(Octets.of(CHAIN.get(1))));
  private static final List<TlsaMatcher> MATCHERS =
      List.of(
          TlsaMatcher.forSmtp(),
          TlsaMatcher.forTls(ANCHORS).checkingNamesWithDaneEe().tryingEveryRecord(),
          TlsaMatcher.forPkix(ANCHORS));

  @FuzzTest
  void anyChainAndAnyRecordsYieldAResult(FuzzedDataProvider data) {
    TlsaMatcher matcher = data.pickValue(MATCHERS);
    List<Octets> certificates = certificates(data);
    PeerChain chain =
        data.consumeBoolean()
            ? PeerChain.ofDer(certificates)
            : PeerChain.ofRawPublicKey(certificates.get(0));
    TlsaRrset rrset = TlsaRrset.ofRdata(TlsaOwnerName.smtp(MX), rdata(data, certificates));
    MatchResult result = matcher.match(rrset, chain, ReferenceIdentifiers.of(MX), NOW);
    if (result.explanation().isBlank() || result.outcomes().size() != rrset.records().size()) {
      throw new AssertionError(result);
    }
    if (result instanceof MatchResult.Matched matched) {
      requireSameOctets(matched.record(), matched.authentication());
    }
  }

  private static List<Octets> certificates(FuzzedDataProvider data) {
    List<Octets> certificates = new ArrayList<>();
    int count = data.consumeInt(1, 4);
    for (int i = 0; i < count; i++) {
      byte[] octets = CHAIN.get(i % CHAIN.size());
      int edits = data.consumeInt(0, 4);
      for (int edit = 0; edit < edits; edit++) {
        octets = edited(octets, data);
      }
      certificates.add(Octets.of(octets));
    }
    return certificates;
  }

  /** Replaces some octets by others, more or fewer. */
  private static byte[] edited(byte[] octets, FuzzedDataProvider data) {
    int from = data.consumeInt(0, octets.length);
    int to = Math.min(octets.length, from + data.consumeInt(0, 40));
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    edited.writeBytes(Arrays.copyOf(octets, from));
    edited.writeBytes(data.consumeBytes(data.consumeInt(0, 40)));
    edited.writeBytes(Arrays.copyOfRange(octets, to, octets.length));
    return edited.toByteArray();
  }

  /** Records of the certificates as they are, and others. */
  private static List<Octets> rdata(FuzzedDataProvider data, List<Octets> certificates) {
    List<Octets> rdata = new ArrayList<>();
    int count = data.consumeInt(1, 4);
    for (int i = 0; i < count; i++) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      record.writeBytes(data.consumeBytes(data.consumeInt(2, 3)));
      ChainCertificate named = ChainCertificate.owning(data.pickValue(certificates).toByteArray());
      switch (data.consumeInt(0, 3)) {
        case 0 -> record.writeBytes(named.der().toByteArray());
        case 1 -> named.spkiSha256().ifPresent(digest -> record.writeBytes(digest.toByteArray()));
        case 2 ->
            named.subjectPublicKeyInfo().ifPresent(key -> record.writeBytes(key.toByteArray()));
        default -> record.writeBytes(data.consumeBytes(data.consumeInt(0, 80)));
      }
      rdata.add(Octets.of(record.toByteArray()));
    }
    return rdata;
  }

  private static void requireSameOctets(TlsaRecord record, Authentication authentication) {
    if (authentication instanceof Authentication.ByTrustAnchorKey) {
      return;
    }
    ChainCertificate certificate = authentication.certificate();
    Octets part =
        record.selector().equals(Selector.CERT)
            ? certificate.der()
            : certificate.subjectPublicKeyInfo().orElseThrow();
    DerSlice slice = DerSlice.owning(part.toByteArray());
    Octets expected =
        switch (record.matchingType().value()) {
          case 0 -> part;
          case 1 -> DigestAlgorithm.SHA2_256.digest(slice);
          default -> DigestAlgorithm.SHA2_512.digest(slice);
        };
    if (!expected.equals(record.associationData())) {
      throw new AssertionError(record + " does not match " + certificate);
    }
  }

  private static byte[] der(String hex) {
    return Octets.ofHex(hex).toByteArray();
  }
}
