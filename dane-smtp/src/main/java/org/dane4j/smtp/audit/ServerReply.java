// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.xbill.DNS.RRSIGRecord;

/** What came of a question to a name server. Nothing in it was validated. */
public sealed interface ServerReply {

  /**
   * Returns what was asked.
   *
   * @return the question
   */
  Question question();

  /**
   * Returns how it was asked.
   *
   * @return the transport
   */
  Transport transport();

  /** How a question goes to a name server. */
  enum Transport {
    /** User datagrams, with EDNS. */
    UDP,
    /** A connection (RFC 7766). */
    TCP
  }

  /**
   * A response.
   *
   * @param question what was asked
   * @param transport how
   * @param rcode its RCODE, a constant of {@link org.xbill.DNS.Rcode}
   * @param authoritative whether the AA bit is set
   * @param truncated whether the TC bit is set
   * @param edns whether it has an OPT record (RFC 6891)
   * @param octets its length
   * @param rrset the RRset that answers the question, or the CNAME in its place; empty if there is
   *     neither
   * @param signatures the RRSIG records of that RRset
   */
  record Response(
      Question question,
      Transport transport,
      int rcode,
      boolean authoritative,
      boolean truncated,
      boolean edns,
      int octets,
      Optional<Rrset> rrset,
      List<RRSIGRecord> signatures)
      implements ServerReply {

    /** Copies the list. */
    public Response {
      signatures = List.copyOf(signatures);
    }
  }

  /**
   * No response, or none that can be read.
   *
   * @param question what was asked
   * @param transport how
   * @param why what happened instead, for a person
   */
  record Silence(Question question, Transport transport, String why) implements ServerReply {}

  /**
   * The question was not put, for a reason that is not the server's. Nothing is known.
   *
   * @param question what would have been asked
   * @param transport how
   * @param why what stood against it, for a person
   */
  record NotAsked(Question question, Transport transport, String why) implements ServerReply {}
}
