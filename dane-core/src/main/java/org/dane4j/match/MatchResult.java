// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/**
 * What came of holding a TLSA RRset against the certificates of a server.
 *
 * @since 0.1
 */
public sealed interface MatchResult {

  /**
   * Returns what was matched.
   *
   * @return the RRset
   */
  TlsaRrset rrset();

  /**
   * Returns what became of each record.
   *
   * @return an outcome for each record of the RRset, in the same order
   */
  List<RecordOutcome> outcomes();

  /**
   * Explains the result: which record, which certificate, which rule, and what to do about it.
   *
   * @return several lines in English, for logs and operators
   */
  String explanation();

  /**
   * The server is authenticated: deliver. It holds once the handshake is completed, since only then
   * the peer has proved that the key is its own.
   *
   * @param rrset the RRset
   * @param accepted the record that authenticates the server, and how
   * @param outcomes what became of each record
   */
  record Matched(TlsaRrset rrset, RecordOutcome.Accepted accepted, List<RecordOutcome> outcomes)
      implements MatchResult {

    /**
     * Copies the list.
     *
     * @param rrset the RRset
     * @param accepted the record that authenticates the server, and how
     * @param outcomes what became of each record
     */
    public Matched {
      outcomes = List.copyOf(outcomes);
    }

    /**
     * Returns the record that authenticates the server.
     *
     * @return the record
     */
    public TlsaRecord record() {
      return accepted.record();
    }

    /**
     * Returns how it does.
     *
     * @return the certificate that matched, its depth, and unless it is with DANE-EE the name
     */
    public Authentication authentication() {
      return accepted.authentication();
    }

    @Override
    public String explanation() {
      return Explanation.of(
          "%s is authenticated: its TLSA record %s"
              .formatted(rrset.owner().baseDomain(), accepted.explanation()),
          rrset,
          outcomes.stream().filter(o -> !o.equals(accepted)).toList());
    }
  }

  /**
   * No record authenticates the server: do not deliver to it (RFC 7672 §3.2).
   *
   * @param rrset the RRset
   * @param leaf the peer's own certificate
   * @param mismatch why the record that came closest does not match
   * @param outcomes what became of each record
   */
  record Unmatched(
      TlsaRrset rrset, ChainCertificate leaf, Mismatch mismatch, List<RecordOutcome> outcomes)
      implements MatchResult {

    /**
     * Copies the list.
     *
     * @param rrset the RRset
     * @param leaf the peer's own certificate
     * @param mismatch why the record that came closest does not match
     * @param outcomes what became of each record
     */
    public Unmatched {
      outcomes = List.copyOf(outcomes);
    }

    @Override
    public String explanation() {
      String server = rrset.owner().baseDomain();
      String text =
          outcomes.size() == 1
              ? Explanation.of(
                  "%s is not authenticated (RFC 7672 §3.2): its TLSA record %s"
                      .formatted(server, outcomes.get(0).explanation()),
                  rrset,
                  List.of())
              : Explanation.of(
                  "%s is not authenticated by its TLSA records (RFC 7672 §3.2). What comes closest: %s"
                      .formatted(server, mismatch.explanation()),
                  rrset,
                  outcomes);
      return text + Explanation.advice(rrset, leaf);
    }
  }

  /**
   * Nothing can be matched. With SMTP the server may be used over unauthenticated TLS, and not at
   * all where authentication is mandatory (RFC 7672 §2.2, §6). Other clients proceed as they would
   * without TLSA records (RFC 6698 §4.1).
   *
   * @param rrset the RRset
   * @param leaf the peer's own certificate
   * @param outcomes why each record is unusable
   */
  record NoUsableRecord(TlsaRrset rrset, ChainCertificate leaf, List<RecordOutcome> outcomes)
      implements MatchResult {

    /**
     * Copies the list.
     *
     * @param rrset the RRset
     * @param leaf the peer's own certificate
     * @param outcomes why each record is unusable
     */
    public NoUsableRecord {
      outcomes = List.copyOf(outcomes);
    }

    /**
     * Returns the result type of a TLS report.
     *
     * @return {@code tlsa-invalid}
     */
    public TlsrptResultType tlsrptResultType() {
      return TlsrptResultType.TLSA_INVALID;
    }

    @Override
    public String explanation() {
      return Explanation.of(
              "%s cannot be authenticated: none of its TLSA records is usable (RFC 7672 §2.2)."
                  .formatted(rrset.owner().baseDomain()),
              rrset,
              outcomes)
          + Explanation.advice(rrset, leaf);
    }
  }
}
