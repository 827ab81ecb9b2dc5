// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Pkix;
import org.dane4j.tlsa.Octets;

/**
 * What was seen of a host when it was turned to.
 *
 * @param endpoint the host, its port, and how TLS begins there
 * @param address the address that was connected to
 * @param failure why the dialogue failed, if it did for another reason than its certificates
 * @param tls its TLS, with the certificates; without protocol and cipher suite if they were refused
 */
public record Sighting(
    Endpoint endpoint,
    Optional<InetAddress> address,
    Optional<Failure> failure,
    Optional<Tls> tls) {

  /** JSSE passes on 10 certificates, OpenSSL 100. */
  private static final int MAX_CERTIFICATES = 100;

  private static final String VOUCHED_FOR = "tls.vouched-for";

  /**
   * Why a dialogue failed.
   *
   * @param cause the step that failed
   * @param explanation what happened
   */
  public record Failure(Cause cause, String explanation) {}

  /**
   * What a handshake showed.
   *
   * @param protocol the protocol version; empty if the handshake did not end
   * @param cipherSuite the cipher suite; empty if the handshake did not end
   * @param serverName the name that was sent in SNI; empty if the handshake did not end
   * @param certificates the DER of the certificates, the server's own first; empty if they were not
   *     kept
   * @param vouchedFor the names for one of which certification authorities vouched; empty if they
   *     did not have to
   */
  public record Tls(
      String protocol,
      String cipherSuite,
      String serverName,
      List<Octets> certificates,
      List<String> vouchedFor) {

    /** Copies the lists. */
    public Tls {
      certificates = List.copyOf(certificates);
      vouchedFor = List.copyOf(vouchedFor);
    }
  }

  static Sighting of(Attempt attempt) {
    Optional<Failure> failure = Optional.empty();
    Optional<Tls> tls = Optional.empty();
    if (attempt.result() instanceof Ready ready) {
      tls = ready.tls().map(session -> finished(session, attempt.host().requirement()));
    } else if (attempt.result() instanceof Failed failed && failed.certificates().isEmpty()) {
      failure = Optional.of(new Failure(failed.cause(), failed.explanation()));
    } else if (attempt.result() instanceof Failed failed) {
      tls = Optional.of(new Tls("", "", "", failed.certificates(), List.of()));
    }
    Endpoint endpoint = attempt.host().endpoint();
    Optional<InetAddress> address = attempt.address().map(InetSocketAddress::getAddress);
    return new Sighting(endpoint, address, failure, tls);
  }

  private static Tls finished(TlsSession session, TlsRequirement owed) {
    return new Tls(
        session.protocol(),
        session.cipherSuite(),
        session.serverName(),
        session.certificates(),
        owed instanceof Pkix pkix ? pkix.names().all() : List.of());
  }

  /** Returns the sighting of a host. */
  static Optional<Sighting> find(List<Sighting> sightings, Endpoint endpoint) {
    return sightings.stream().filter(it -> it.endpoint.equals(endpoint)).findFirst();
  }

  void write(Notes notes) {
    notes.put("name", endpoint.host());
    notes.put("port", endpoint.port());
    notes.put("tls-mode", endpoint.tlsMode().name());
    address.ifPresent(peer -> notes.put("address", Octets.of(peer.getAddress())));
    failure.ifPresent(
        failed -> {
          notes.put("cause", failed.cause.name());
          notes.put("explanation", failed.explanation);
        });
    tls.ifPresent(
        seen -> {
          notes.put("tls.protocol", seen.protocol);
          notes.put("tls.cipher-suite", seen.cipherSuite);
          notes.put("tls.server-name", seen.serverName);
          int count = Math.min(MAX_CERTIFICATES, seen.certificates.size());
          for (int i = 0; i < count; i++) {
            notes.put(certificate(i), seen.certificates.get(i));
          }
          if (!seen.vouchedFor.isEmpty()) {
            notes.put(VOUCHED_FOR, String.join("\n", seen.vouchedFor));
          }
        });
  }

  private static String certificate(int number) {
    return "tls.certificate.%02d".formatted(number);
  }

  /** Returns what the notes say of a host; empty if they are of none. */
  static Optional<Sighting> read(Notes notes) throws MalformedEvidenceException {
    if (!notes.has("name")) {
      return Optional.empty();
    }
    Optional<InetAddress> address =
        notes.has("address") ? Optional.of(notes.address("address")) : Optional.empty();
    Optional<Failure> failure = Optional.empty();
    if (notes.has("cause")) {
      Cause cause = notes.constant("cause", Cause.values());
      failure = Optional.of(new Failure(cause, notes.text("explanation")));
    }
    Optional<Tls> tls = notes.has("tls.protocol") ? Optional.of(readTls(notes)) : Optional.empty();
    TlsMode mode = notes.constant("tls-mode", TlsMode.values());
    Endpoint endpoint = new Endpoint(notes.text("name"), notes.number("port"), mode);
    return Optional.of(new Sighting(endpoint, address, failure, tls));
  }

  private static Tls readTls(Notes notes) throws MalformedEvidenceException {
    List<Octets> certificates = new ArrayList<>();
    while (certificates.size() < MAX_CERTIFICATES && notes.has(certificate(certificates.size()))) {
      certificates.add(notes.octets(certificate(certificates.size())));
    }
    return new Tls(
        notes.text("tls.protocol"),
        notes.text("tls.cipher-suite"),
        notes.text("tls.server-name"),
        certificates,
        notes.has(VOUCHED_FOR) ? notes.text(VOUCHED_FOR).lines().toList() : List.of());
  }
}
