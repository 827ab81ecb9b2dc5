// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.tlsa.Octets;

/**
 * What was seen of a host when it was turned to.
 *
 * @param host the host's name
 * @param address the address that was connected to
 * @param failure why the dialogue failed, if it did for another reason than its certificates
 * @param tls its TLS, with the certificates; without protocol and cipher suite if they were refused
 */
public record Sighting(
    String host, Optional<InetAddress> address, Optional<Failure> failure, Optional<Tls> tls) {

  /** JSSE passes on 10 certificates, OpenSSL 100. */
  private static final int MAX_CERTIFICATES = 100;

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
   * @param certificates the DER of the certificates, the server's own first
   */
  public record Tls(
      String protocol, String cipherSuite, String serverName, List<Octets> certificates) {

    /** Copies the list. */
    public Tls {
      certificates = List.copyOf(certificates);
    }
  }

  static Sighting of(Attempt attempt) {
    Optional<InetAddress> address = attempt.address().map(peer -> peer.getAddress());
    if (attempt.result() instanceof Ready ready) {
      Optional<Tls> tls =
          ready
              .tls()
              .map(s -> new Tls(s.protocol(), s.cipherSuite(), s.serverName(), s.certificates()));
      return new Sighting(attempt.host().name(), address, Optional.empty(), tls);
    }
    Failed failed = (Failed) attempt.result();
    return failed.certificates().isEmpty()
        ? new Sighting(
            attempt.host().name(),
            address,
            Optional.of(new Failure(failed.cause(), failed.explanation())),
            Optional.empty())
        : new Sighting(
            attempt.host().name(),
            address,
            Optional.empty(),
            Optional.of(new Tls("", "", "", failed.certificates())));
  }

  /** Returns the sighting of a host. */
  static Optional<Sighting> find(List<Sighting> sightings, String host) {
    return sightings.stream().filter(sighting -> sighting.host.equals(host)).findFirst();
  }

  void write(Notes notes) {
    notes.put("name", host);
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
    return Optional.of(new Sighting(notes.text("name"), address, failure, tls));
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
        certificates);
  }
}
