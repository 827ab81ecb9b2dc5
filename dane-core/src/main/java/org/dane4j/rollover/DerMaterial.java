// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.Octets;

/** Reads one object of DER, whose kind may have to be told from its shape. */
final class DerMaterial {

  private final Optional<Password> password;
  private final KeyMaterial material;

  DerMaterial(Optional<Password> password, KeyMaterial material) {
    this.password = password;
    this.material = material;
  }

  void read(byte[] der) throws UnusableKeyException {
    ASN1Sequence sequence;
    try {
      sequence = ASN1Sequence.getInstance(der);
    } catch (RuntimeException e) {
      throw unknown();
    }
    ASN1Encodable first = sequence.size() < 2 ? sequence : sequence.getObjectAt(0);
    ASN1Encodable second = sequence.size() < 2 ? sequence : sequence.getObjectAt(1);
    if (first instanceof ASN1Integer version) {
      privateKeyOrStore(der, version, second);
    } else if (sequence.size() == 3) {
      certificateOrRequest(der);
    } else if (second instanceof ASN1OctetString) {
      encryptedPkcs8(der);
    } else {
      publicKey(der);
    }
  }

  private void privateKeyOrStore(byte[] der, ASN1Integer version, ASN1Encodable second)
      throws UnusableKeyException {
    if (version.hasValue(3)) {
      pkcs12(der);
    } else if (second instanceof ASN1Sequence) {
      material.addKey(PublicHalf.ofPkcs8(der));
    } else if (second instanceof ASN1OctetString) {
      material.addKey(PublicHalf.ofSec1(der));
    } else if (second instanceof ASN1Integer && version.hasValue(0)) {
      material.addKey(PublicHalf.ofPkcs1(der));
    } else {
      throw unknown();
    }
  }

  private void certificateOrRequest(byte[] der) throws UnusableKeyException {
    try {
      CertificateSlices.of(DerSlice.owning(der));
      certificate(der);
    } catch (MalformedDerException e) {
      request(der);
    }
  }

  void certificate(byte[] der) throws UnusableKeyException {
    try {
      CertificateSlices.of(DerSlice.owning(der));
      material.addCertificate(Octets.of(der));
    } catch (MalformedDerException e) {
      throw new UnusableKeyException("it has a damaged certificate; copy it anew");
    }
  }

  /** PKCS #10 (RFC 2986 §4). */
  void request(byte[] der) throws UnusableKeyException {
    try {
      material.addKey(
          PublicHalf.of(
              CertificationRequest.getInstance(der)
                  .getCertificationRequestInfo()
                  .getSubjectPublicKeyInfo()));
    } catch (IOException | RuntimeException e) {
      throw new UnusableKeyException(
          "it has a damaged certificate signing request; make it anew, or give the public key");
    }
  }

  void publicKey(byte[] der) throws UnusableKeyException {
    try {
      material.addKey(PublicHalf.of(SubjectPublicKeyInfo.getInstance(der)));
    } catch (IOException | RuntimeException e) {
      throw unknown();
    }
  }

  void encryptedPkcs8(byte[] der) throws UnusableKeyException {
    char[] characters = password("private key").characters();
    byte[] plain = {};
    try {
      Stretching.check(
          org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo.getInstance(der)
              .getEncryptionAlgorithm());
      plain = decrypted(new EncryptedPrivateKeyInfo(der), characters);
      material.addKey(PublicHalf.ofPkcs8(plain));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new UnusableKeyException(
          "its private key cannot be decrypted: the password is another one or not ASCII, or the"
              + " encryption is unknown; give the certificate or the public key instead");
    } finally {
      Arrays.fill(characters, '\0');
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] decrypted(EncryptedPrivateKeyInfo info, char[] characters)
      throws IOException, GeneralSecurityException {
    // PBES2 has the names of its parts in its parameters (RFC 8018 §6.2).
    String algorithm =
        info.getAlgName().startsWith("PBES2") || info.getAlgName().equals("1.2.840.113549.1.5.13")
            ? info.getAlgParameters().toString()
            : info.getAlgName();
    PBEKeySpec spec = new PBEKeySpec(characters);
    try {
      Key key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } finally {
      spec.clearPassword();
    }
  }

  /** PKCS #12 (RFC 7292). */
  private void pkcs12(byte[] der) throws UnusableKeyException {
    char[] characters = password("PKCS #12 file").characters();
    try {
      Stretching.check(Pfx.getInstance(der));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(der), characters);
      List<String> names = Collections.list(store.aliases());
      List<String> keys = new ArrayList<>();
      for (String name : names) {
        if (store.isKeyEntry(name)) {
          keys.add(name);
        }
      }
      if (keys.size() != 1) {
        throw new UnusableKeyException(
            "it has %s keys; give a PKCS #12 file with one".formatted(keys.size()));
      }
      entry(store, keys.get(0), characters);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new UnusableKeyException(
          "it is PKCS #12 that cannot be opened: the password is another one or not ASCII, or the"
              + " encryption is unknown; give the certificate instead");
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  private void entry(KeyStore store, String name, char[] characters)
      throws UnusableKeyException, GeneralSecurityException {
    Certificate[] chain = store.getCertificateChain(name);
    if (chain != null) {
      for (Certificate certificate : chain) {
        certificate(certificate.getEncoded());
      }
    }
    Key key = store.getKey(name, characters);
    byte[] plain = key.getEncoded();
    try {
      material.addKey(PublicHalf.ofPkcs8(plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private Password password(String what) throws UnusableKeyException {
    if (password.isEmpty()) {
      throw new UnusableKeyException(
          "it is an encrypted %s; give its password, or the certificate instead".formatted(what));
    }
    return password.get();
  }

  private static UnusableKeyException unknown() {
    return new UnusableKeyException(
        "it is no certificate, certificate signing request, key or PKCS #12, in PEM or DER; give one");
  }
}
