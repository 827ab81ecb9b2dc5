// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;

/** A plain reading of RFC 7672 §3, by the JDK's certificates and path builder. */
final class ReferenceMatch {

  private final List<TLSARecord> usable;
  private final Instant at;

  ReferenceMatch(List<TLSARecord> records, Instant at) {
    List<TLSARecord> wellFormed = records.stream().filter(ReferenceMatch::isUsable).toList();
    // RFC 7671 §9
    this.usable =
        wellFormed.stream()
            .filter(record -> record.getMatchingType() != 1 || !hasStronger(record, wellFormed))
            .toList();
    this.at = at;
  }

  private static boolean hasStronger(TLSARecord weak, List<TLSARecord> records) {
    return records.stream()
        .anyMatch(
            record ->
                record.getMatchingType() == 2
                    && record.getCertificateUsage() == weak.getCertificateUsage()
                    && record.getSelector() == weak.getSelector());
  }

  private static boolean isUsable(TLSARecord record) {
    int usage = record.getCertificateUsage();
    byte[] data = record.getCertificateAssociationData();
    boolean known = (usage == 2 || usage == 3) && record.getSelector() <= 1;
    return known
        && switch (record.getMatchingType()) {
          case 0 -> record.getSelector() == 0 ? parses(data) : isKey(data);
          case 1 -> data.length == 32;
          case 2 -> data.length == 64;
          default -> false;
        };
  }

  boolean isUnusable() {
    return usable.isEmpty();
  }

  boolean matches(List<X509Certificate> chain, List<Name> names) {
    X509Certificate leaf = chain.get(0);
    for (TLSARecord record : usable) {
      if (record.getCertificateUsage() == 3 && isOf(record, leaf)) {
        return true;
      }
      if (record.getCertificateUsage() == 2
          && isNamed(leaf, names)
          && anchors(record, chain).anyMatch(anchor -> leadsTo(anchor, chain))) {
        return true;
      }
    }
    return false;
  }

  private static Stream<TrustAnchor> anchors(TLSARecord record, List<X509Certificate> chain) {
    byte[] data = record.getCertificateAssociationData();
    Stream<TrustAnchor> sent =
        chain.stream()
            .skip(1)
            .filter(certificate -> isOf(record, certificate))
            .map(certificate -> new TrustAnchor(certificate, null));
    if (record.getMatchingType() != 0) {
      return sent;
    }
    X509Certificate top = chain.get(chain.size() - 1);
    TrustAnchor published =
        record.getSelector() == 0
            ? new TrustAnchor(parsed(data), null)
            : new TrustAnchor(top.getIssuerX500Principal(), key(data), null);
    return Stream.concat(sent, Stream.of(published));
  }

  private boolean leadsTo(TrustAnchor anchor, List<X509Certificate> chain) {
    try {
      X509CertSelector leaf = new X509CertSelector();
      leaf.setCertificate(chain.get(0));
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(Set.of(anchor), leaf);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(at));
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (CertPathBuilderException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOf(TLSARecord record, X509Certificate certificate) {
    try {
      byte[] selected =
          record.getSelector() == 0
              ? certificate.getEncoded()
              : certificate.getPublicKey().getEncoded();
      byte[] matched =
          switch (record.getMatchingType()) {
            case 1 -> MessageDigest.getInstance("SHA-256").digest(selected);
            case 2 -> MessageDigest.getInstance("SHA-512").digest(selected);
            default -> selected;
          };
      return Arrays.equals(matched, record.getCertificateAssociationData());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  // RFC 7672 §3.2.3
  private static boolean isNamed(X509Certificate leaf, List<Name> names) {
    return presented(leaf).anyMatch(it -> names.stream().anyMatch(name -> covers(it, name)));
  }

  private static Stream<String> presented(X509Certificate leaf) {
    try {
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      if (alternatives != null) {
        return alternatives.stream().map(entry -> (String) entry.get(1));
      }
      String subject = leaf.getSubjectX500Principal().getName();
      return subject.startsWith("CN=") ? Stream.of(subject.substring(3)) : Stream.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean covers(String presented, Name reference) {
    String name = reference.toString(true);
    if (presented.startsWith("*.")) {
      int dot = name.indexOf('.');
      return dot > 0 && presented.substring(2).equalsIgnoreCase(name.substring(dot + 1));
    }
    return presented.equalsIgnoreCase(name);
  }

  private static boolean parses(byte[] der) {
    try {
      CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static X509Certificate parsed(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isKey(byte[] der) {
    try {
      return key(der).getEncoded().length == der.length;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static PublicKey key(byte[] der) {
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
