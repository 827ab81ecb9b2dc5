// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.ChannelSecurity;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.HostSecurity.Addresses;
import org.dane4j.smtp.policy.HostSecurity.Tlsa;
import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.xbill.DNS.Type;

/** The facts of one host, as a test describes them. What is not described is in order. */
final class HostDraft {

  static final String FIRST = "192.0.2.1";
  static final String SECOND = "192.0.2.2";

  final String name;
  private final int preference;
  private final List<String> records = new ArrayList<>();
  private final Map<String, List<Look>> looks = new LinkedHashMap<>();
  private Optional<ValidationResult> addressLookup = Optional.empty();
  private Optional<ValidationResult> tlsaLookup = Optional.empty();
  private List<ValidationResult> denials = List.of();
  private List<ValidationResult> misplaced = List.of();
  private String omission = "";

  HostDraft(String name, int preference) {
    this.name = name;
    this.preference = preference;
  }

  String tlsaOwner() {
    return "_25._tcp." + name + ".";
  }

  /** Publishes a record of a certificate. */
  HostDraft tlsa(int usage, int selector, int matchingType, X509Certificate of) {
    TlsaRecord record =
        TlsaRecord.of(
            new CertificateUsage(usage),
            new Selector(selector),
            new MatchingType(matchingType),
            of);
    return tlsa(record.toString());
  }

  HostDraft tlsa(String record) {
    records.add(record);
    return this;
  }

  HostDraft tlsaLookup(ValidationResult result) {
    tlsaLookup = Optional.of(result);
    return this;
  }

  HostDraft addressLookup(ValidationResult result) {
    addressLookup = Optional.of(result);
    return this;
  }

  HostDraft denials(ValidationResult... results) {
    denials = List.of(results);
    return this;
  }

  HostDraft misplaced(ValidationResult... results) {
    misplaced = List.of(results);
    return this;
  }

  HostDraft omitted(String why) {
    omission = why;
    return this;
  }

  /** Shows an identity at the first address, to whatever is asked. */
  HostDraft shows(TestIdentity identity) {
    return at(FIRST, identity);
  }

  HostDraft at(String address, TestIdentity identity) {
    look(address, name, CertificateKeys.ANY, tls(identity));
    look(address, name, CertificateKeys.ANY, tls(identity));
    return look(address, "", CertificateKeys.ANY, tls(identity));
  }

  HostDraft look(String address, String serverName, CertificateKeys keys, Result result) {
    looks.computeIfAbsent(address, it -> new ArrayList<>()).add(new Look(serverName, keys, result));
    return this;
  }

  HostDraft look(Result result) {
    return look(FIRST, name, CertificateKeys.ANY, result);
  }

  static Result tls(TestIdentity identity) {
    return tls("TLSv1.3", identity.chain().stream().map(HostDraft::der).toList());
  }

  static Result tls(String protocol, List<Octets> certificates) {
    TlsSession session =
        new TlsSession(
            protocol, "TLS_AES_128_GCM_SHA256", "mx.d.test", Optional.empty(), certificates);
    return new Ready(ChannelSecurity.OPPORTUNISTIC_TLS, Optional.of(session));
  }

  static Result plainText() {
    return new Ready(ChannelSecurity.PLAIN_TEXT, Optional.empty());
  }

  static Result failed(Cause cause) {
    return new Failed(cause, "it went wrong at " + cause, Optional.empty(), Optional.empty());
  }

  static Octets der(X509Certificate certificate) {
    try {
      return Octets.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  HostFacts facts(MxSecurity mx) {
    ValidationResult addresses =
        addressLookup.orElseGet(
            () -> Dns.secure(name, Type.A, looks.isEmpty() ? new String[] {FIRST} : known()));
    List<ValidationResult> tlsa =
        List.of(
            tlsaLookup.orElseGet(
                () ->
                    records.isEmpty()
                        ? Dns.noData(tlsaOwner(), Type.TLSA)
                        : Dns.secure(tlsaOwner(), Type.TLSA, records.toArray(String[]::new))));
    TlsRequirement requirement = requirement(mx, addresses, tlsa.get(0));
    List<InetAddress> usable =
        Answers.data(addresses).isPresent()
            ? Arrays.stream(known()).map(HostDraft::address).toList()
            : List.of();
    MxHost host =
        new MxHost(
            new Endpoint(name, 25, TlsMode.STARTTLS),
            preference,
            0,
            usable,
            requirement,
            List.of(Dns.noData(name, Type.AAAA), addresses, tlsa.get(0)));
    return new HostFacts(host, tlsa, denials, misplaced, addressFacts());
  }

  private String[] known() {
    return looks.isEmpty() ? new String[] {FIRST} : looks.keySet().toArray(String[]::new);
  }

  private List<AddressFacts> addressFacts() {
    if (!omission.isEmpty()) {
      return List.of(new AddressFacts(socket(FIRST), List.of(), Optional.of(omission)));
    }
    return looks.entrySet().stream()
        .map(entry -> new AddressFacts(socket(entry.getKey()), entry.getValue()))
        .toList();
  }

  private TlsRequirement requirement(
      MxSecurity mx, ValidationResult addresses, ValidationResult tlsa) {
    Addresses found =
        Lookups.isFailure(addresses)
            ? new Addresses.Failed(addresses.explanation())
            : Answers.data(addresses).isEmpty()
                ? new Addresses.Absent()
                : addresses instanceof Secure
                    ? new Addresses.Secure()
                    : new Addresses.Insecure("its addresses are insecure");
    return DanePolicy.opportunistic()
        .decide(new org.dane4j.smtp.policy.HostSecurity(mx, found, tlsaOf(mx, found, tlsa)));
  }

  private Tlsa tlsaOf(MxSecurity mx, Addresses addresses, ValidationResult result) {
    if (!(addresses instanceof Addresses.Secure) || mx == MxSecurity.INSECURE) {
      return new Tlsa.NotAsked();
    } else if (Lookups.isFailure(result)) {
      return new Tlsa.Failed(result.explanation());
    }
    Optional<Rrset> data = Lookups.secureData(result);
    return data.isEmpty()
        ? new Tlsa.Absent("it has no TLSA records")
        : new Tlsa.Secure(
            TlsaRrset.ofRdata(TlsaOwnerName.smtp(name), data.get().rdata()),
            ReferenceIdentifiers.of(name, "d.test"));
  }

  private static InetSocketAddress socket(String address) {
    return new InetSocketAddress(address(address), 25);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
