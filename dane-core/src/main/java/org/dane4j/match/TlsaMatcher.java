// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;

/**
 * Holds TLSA records against the certificates of a server (RFC 7671, RFC 7672 §3).
 *
 * <pre>{@code
 * MatchResult result =
 *     TlsaMatcher.forSmtp().match(rrset, PeerChain.of(chain), ReferenceIdentifiers.of(mxHost), now);
 * if (result instanceof MatchResult.Matched matched) …
 * }</pre>
 *
 * <p><b>Guarantees.</b> The result depends on nothing but the arguments and this matcher's
 * settings: no clock, no trust store, no security property, no provider. Whatever records and
 * certificates are passed, there is a result and no exception, at bounded cost.
 *
 * <p><b>What is not checked</b>, and must be by whoever calls: that DNSSEC proved the records, that
 * they are those of the server's port and TLSA base domain, and that the TLS handshake was
 * completed, by which the peer proves that it has the key. Nor are CRLs, OCSP or certificate
 * transparency (RFC 7672 §4, RFC 7671 §4.2).
 *
 * <p>Instances are immutable and may be shared between threads.
 *
 * @since 0.1
 */
public final class TlsaMatcher {

  private final UsagePolicy usages;
  private final List<DigestAlgorithm> strongestFirst;
  private final StrengthPolicy strength;
  private final boolean tryingEveryRecord;

  private TlsaMatcher(
      UsagePolicy usages,
      List<DigestAlgorithm> strongestFirst,
      StrengthPolicy strength,
      boolean tryingEveryRecord) {
    this.usages = usages;
    this.strongestFirst = strongestFirst;
    this.strength = strength;
    this.tryingEveryRecord = tryingEveryRecord;
  }

  /**
   * Returns the matcher for SMTP between mail servers: DANE-EE and DANE-TA; the PKIX usages are
   * known and unusable (RFC 7672 §3.1.3). SHA-512 is preferred to SHA-256. Keys must have the
   * lengths that the JDK asks of certificates (RSA-1024, EC-224), signatures on a path a better
   * digest than SHA-1 (RFC 9325 §4.5).
   *
   * @return a matcher
   */
  public static TlsaMatcher forSmtp() {
    return using(UsagePolicy.SMTP);
  }

  /**
   * Returns the matcher for other protocols over TLS: all four usages. Names are checked with all
   * of them but DANE-EE (RFC 7671 §5.1). Otherwise it is like {@link #forSmtp()}.
   *
   * <p>RFC 7671 §4 recommends DANE-TA and DANE-EE alone: who can forge the records has no need for
   * a public CA if these two are accepted, so that the other two add nothing but ways to fail.
   *
   * @param anchors the CAs that PKIX-TA and PKIX-EE records need
   * @return a matcher
   */
  public static TlsaMatcher forTls(PkixAnchors anchors) {
    return using(UsagePolicy.all(anchors));
  }

  /**
   * Returns the matcher for clients that trust public CAs and let DNS say which of them: PKIX-TA
   * and PKIX-EE; DANE-TA and DANE-EE are known and unusable, for they would do without those CAs
   * (RFC 7671 §4). Otherwise it is like {@link #forSmtp()}.
   *
   * @param anchors the CAs that PKIX-TA and PKIX-EE records need
   * @return a matcher
   */
  public static TlsaMatcher forPkix(PkixAnchors anchors) {
    return using(UsagePolicy.pkix(anchors));
  }

  private static TlsaMatcher using(UsagePolicy usages) {
    return new TlsaMatcher(
        usages,
        List.of(DigestAlgorithm.SHA2_512, DigestAlgorithm.SHA2_256),
        StrengthPolicy.DEFAULT,
        false);
  }

  /**
   * Returns whether a record could be matched, without a server to match it against.
   *
   * @param record a record
   * @return usable, or why it is not
   */
  public Usability usability(TlsaRecord record) {
    return recordUsability().of(record);
  }

  /**
   * Holds the records of a server against the certificates it sent.
   *
   * @param rrset the records, which DNSSEC must have proved
   * @param chain the certificates
   * @param identifiers the names the server may have, for all usages but DANE-EE
   * @param at the instant at which certificates must be valid, for all usages but DANE-EE
   * @return whether a record matches, and in any case why
   */
  public MatchResult match(
      TlsaRrset rrset, PeerChain chain, ReferenceIdentifiers identifiers, Instant at) {
    return new Matching(this, rrset, new Server(chain, identifiers, at)).result();
  }

  /**
   * Returns a matcher with another order of digests (RFC 7671 §9), which may also have digests for
   * matching types that are assigned one day. Records with other digests are unusable.
   *
   * @param strongestFirst the digests, each matching type once, {@link DigestAlgorithm#SHA2_256}
   *     among them, which every implementation supports (RFC 7671 §2)
   * @return a copy
   * @throws IllegalArgumentException if SHA-256 is missing or a matching type occurs twice
   */
  public TlsaMatcher withDigestPreference(DigestAlgorithm... strongestFirst) {
    List<DigestAlgorithm> digests = List.of(strongestFirst);
    if (!digests.contains(DigestAlgorithm.SHA2_256)) {
      throw new IllegalArgumentException(
          "DigestAlgorithm.SHA2_256 is mandatory (RFC 7671 §2); put it last if you distrust it");
    }
    Set<MatchingType> types = new HashSet<>();
    for (DigestAlgorithm digest : digests) {
      if (!types.add(digest.matchingType())) {
        throw new IllegalArgumentException(
            digest.matchingType() + " occurs twice; give each matching type one digest");
      }
    }
    return new TlsaMatcher(usages, digests, strength, tryingEveryRecord);
  }

  /**
   * Returns a matcher that checks names with DANE-EE records too, which is more than RFC 7671 §5.1
   * wants, and refuses servers that it wants authenticated. It is for clients that show one
   * server's content as if it were another's, such as browsers: without names, who controls the
   * records of one server can make it pass for somebody else's that has the same key.
   *
   * @return a copy
   * @throws IllegalStateException if this matcher is for SMTP, where DANE-EE checks no names (RFC
   *     7672 §3.2.1), or has no use for DANE-EE records
   */
  public TlsaMatcher checkingNamesWithDaneEe() {
    return new TlsaMatcher(usages.withDaneEeNames(), strongestFirst, strength, tryingEveryRecord);
  }

  /**
   * Returns a matcher that asks for longer or shorter RSA keys, of servers and on paths.
   *
   * @param bits the shortest modulus; RFC 9325 §4.5 asks servers for 2048
   * @return a copy
   * @throws IllegalArgumentException if it is less than 512, which anybody can factor
   */
  public TlsaMatcher withMinimumRsaBits(int bits) {
    return with(
        new StrengthPolicy(
            atLeast(512, bits), strength.minimumEcBits(), strength.sha1Signatures()));
  }

  /**
   * Returns a matcher that asks for larger or smaller elliptic curves, of servers and on paths.
   * EdDSA keys are always long enough.
   *
   * @param bits the smallest curve; RFC 9325 §4.5 asks for 224
   * @return a copy
   * @throws IllegalArgumentException if it is less than 160
   */
  public TlsaMatcher withMinimumEcBits(int bits) {
    return with(
        new StrengthPolicy(
            strength.minimumRsaBits(), atLeast(160, bits), strength.sha1Signatures()));
  }

  /**
   * Returns a matcher that believes certificates on paths which are signed with SHA-1, for which
   * collisions are known. MD5 and MD2 are never believed.
   *
   * @return a copy
   */
  public TlsaMatcher allowingSha1Signatures() {
    return with(new StrengthPolicy(strength.minimumRsaBits(), strength.minimumEcBits(), true));
  }

  /**
   * Returns a matcher that does not stop at the first match, so that the outcome of every record is
   * known: for audits, where a record that matches nothing is news.
   *
   * @return a copy
   */
  public TlsaMatcher tryingEveryRecord() {
    return new TlsaMatcher(usages, strongestFirst, strength, true);
  }

  UsagePolicy usages() {
    return usages;
  }

  List<DigestAlgorithm> strongestFirst() {
    return strongestFirst;
  }

  StrengthPolicy strength() {
    return strength;
  }

  boolean stopsAtFirstMatch() {
    return !tryingEveryRecord;
  }

  RecordUsability recordUsability() {
    return new RecordUsability(usages.usages(), strongestFirst, strength);
  }

  private TlsaMatcher with(StrengthPolicy other) {
    return new TlsaMatcher(usages, strongestFirst, other, tryingEveryRecord);
  }

  private static int atLeast(int least, int bits) {
    if (bits < least) {
      throw new IllegalArgumentException(
          "a minimum of %s bits protects nothing; use %s or more".formatted(bits, least));
    }
    return bits;
  }
}
