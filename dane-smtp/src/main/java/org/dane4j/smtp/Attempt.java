// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.dane4j.match.MatchResult;
import org.dane4j.match.TlsrptResultType;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.tlsa.Octets;

/**
 * What came of turning to one host.
 *
 * @param host the host
 * @param address the address that was connected to; empty if it did not come to that
 * @param result how far it came
 */
public record Attempt(MxHost host, Optional<InetSocketAddress> address, Result result) {

  /** How far an attempt came. */
  public sealed interface Result {

    /**
     * Returns what happened.
     *
     * @return a sentence
     */
    String explanation();

    /**
     * The server is ready to be told who mails whom.
     *
     * @param security what protects the connection
     * @param tls its TLS, if there is any
     */
    record Ready(ChannelSecurity security, Optional<TlsSession> tls) implements Result {
      @Override
      public String explanation() {
        String session = tls.map(s -> s.protocol() + ", " + s.cipherSuite()).orElse("");
        return switch (security) {
          case DANE ->
              "authenticated by DANE ("
                  + session
                  + "): "
                  + tls.flatMap(TlsSession::match).map(MatchResult::explanation).orElse("");
          case DANE_HOST ->
              "authenticated by DANE ("
                  + session
                  + ") as a host that insecure MX records name: "
                  + tls.flatMap(TlsSession::match).map(MatchResult::explanation).orElse("");
          case PKIX -> "authenticated by a certification authority (" + session + ")";
          case ENCRYPTED ->
              "encrypted ("
                  + session
                  + "), not authenticated: TLS is owed, and no more can be told";
          case OPPORTUNISTIC_TLS -> "encrypted (" + session + "), not authenticated: no DANE here";
          case PLAIN_TEXT -> "plain text: no TLS is offered, or none comes about, and none is owed";
        };
      }
    }

    /**
     * The host cannot be used, or not for this mail.
     *
     * @param cause the step that failed
     * @param explanation what happened
     * @param reply the server's reply, if that is what failed
     * @param match what came of matching TLSA records, if that is what failed
     * @param certificates the DER of the certificates that were matched, the server's own first
     */
    record Failed(
        Cause cause,
        String explanation,
        Optional<SmtpReply> reply,
        Optional<MatchResult> match,
        List<Octets> certificates)
        implements Result {

      /** Copies the list. */
      public Failed {
        certificates = List.copyOf(certificates);
      }

      /**
       * Makes a failure without certificates.
       *
       * @param cause the step that failed
       * @param explanation what happened
       * @param reply the server's reply, if that is what failed
       * @param match what came of matching TLSA records, if that is what failed
       */
      public Failed(
          Cause cause, String explanation, Optional<SmtpReply> reply, Optional<MatchResult> match) {
        this(cause, explanation, reply, match, List.of());
      }

      /**
       * Returns the enhanced status code that fits: that of the cause, or for a mismatch 4.7.322 if
       * a certificate is outside its dates, 4.7.325 if it is for another name, and 4.7.323
       * otherwise.
       *
       * @return a code of class 4: whatever failed, it is worth another try
       */
      public String status() {
        return switch (mismatchType().orElse(TlsrptResultType.VALIDATION_FAILURE)) {
          case CERTIFICATE_EXPIRED -> "4.7.322";
          case CERTIFICATE_HOST_MISMATCH -> "4.7.325";
          default -> cause.status();
        };
      }

      /**
       * Returns the result type under which a TLS report has this failure (RFC 8460 §4.3).
       *
       * @return the type; empty for a failure that is not one of TLS or its policy, such as of the
       *     connection (RFC 8460 §4.3.4)
       */
      public Optional<TlsrptResultType> tlsrptResultType() {
        return mismatchType().or(() -> cause.tlsrptResultType);
      }

      private Optional<TlsrptResultType> mismatchType() {
        return match
            .filter(MatchResult.Unmatched.class::isInstance)
            .map(it -> ((MatchResult.Unmatched) it).mismatch().tlsrptResultType());
      }
    }
  }

  /** The step that failed. */
  public enum Cause {
    /** Its addresses could not be found out. */
    ADDRESS_LOOKUP("4.4.312", TlsrptResultType.DNSSEC_INVALID),
    /** It has no addresses. */
    NO_ADDRESS("4.4.4"),
    /** Whether it has TLSA records could not be found out. */
    TLSA_LOOKUP("4.7.324", TlsrptResultType.DNSSEC_INVALID),
    /** DANE is mandatory, and the host cannot do it. */
    DANE_MANDATORY("4.7.323", TlsrptResultType.DANE_REQUIRED),
    /** There was no TCP connection. */
    CONNECT("4.4.1"),
    /** The server did not greet, or sent the client away. */
    GREETING("4.3.2"),
    /** The server did not take EHLO or HELO. */
    EHLO("4.3.2"),
    /** TLS is owed, and the server does not offer it. */
    STARTTLS_NOT_OFFERED("4.7.321", TlsrptResultType.STARTTLS_NOT_SUPPORTED),
    /** TLS is owed, and the server refused to start it. */
    STARTTLS_REFUSED("4.7.321", TlsrptResultType.STARTTLS_NOT_SUPPORTED),
    /** Somebody sent plain text where TLS was to begin: an attack (RFC 3207 §6). */
    PLAIN_TEXT_INJECTED("4.7.321", TlsrptResultType.VALIDATION_FAILURE),
    /** TLS did not come about. */
    TLS_HANDSHAKE("4.7.321", TlsrptResultType.VALIDATION_FAILURE),
    /** The server is not the one that its TLSA records describe. */
    DANE_MISMATCH("4.7.323", TlsrptResultType.VALIDATION_FAILURE),
    /** The web's certification authorities do not vouch for the server, and DANE does not apply. */
    CERTIFICATE_NOT_TRUSTED("4.7.5", TlsrptResultType.CERTIFICATE_NOT_TRUSTED),
    /** The login failed, or was not offered. */
    LOGIN("4.7.8"),
    /**
     * The connection was lost, or the server broke the protocol, in the mail transaction; or in the
     * handshake, where a server is only looked at.
     */
    CONNECTION_LOST("4.4.2"),
    /** The message could not be read. */
    MESSAGE_UNREADABLE("4.3.0");

    private final String status;
    private final Optional<TlsrptResultType> tlsrptResultType;

    Cause(String status) {
      this.status = status;
      this.tlsrptResultType = Optional.empty();
    }

    Cause(String status, TlsrptResultType tlsrptResultType) {
      this.status = status;
      this.tlsrptResultType = Optional.of(tlsrptResultType);
    }

    /**
     * Returns the enhanced status code that fits (RFC 3463; 4.4.312 and 4.7.321 to 4.7.325 as
     * Exchange uses them, 4.7.5 as Postfix does).
     *
     * @return a code of class 4: each of these is worth another try
     */
    public String status() {
      return status;
    }
  }
}
