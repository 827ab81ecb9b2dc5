// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The limit: one signature with key, octets and verifier prepared, of which nothing is left to do
 * but the mathematics. With Bouncy Castle they depend on the key's past: the first uses of a key
 * cost more than twice as much as later ones, for which it has precomputed multiples.
 */
final class BareSignature {

  private final Signature verifier;
  private final KeyFactory keys;
  private final X509EncodedKeySpec encodedKey;
  private final byte[] data;
  private final byte[] signature;

  private BareSignature(
      Signature verifier,
      KeyFactory keys,
      X509EncodedKeySpec encodedKey,
      byte[] data,
      byte[] signature) {
    this.verifier = verifier;
    this.keys = keys;
    this.encodedKey = encodedKey;
    this.data = data;
    this.signature = signature;
  }

  /** Prepares the signature of an RRset by one of some keys. */
  static BareSignature of(RRset rrset, List<DNSKEYRecord> keys, Providers providers) {
    for (RRSIGRecord rrsig : rrset.sigs()) {
      for (DNSKEYRecord key : keys) {
        if (key.getFootprint() == rrsig.getFootprint()) {
          return of(rrset, rrsig, key, providers.of(rrsig.getAlgorithm()));
        }
      }
    }
    throw new IllegalStateException("no signature of " + rrset + " by " + keys);
  }

  private static BareSignature of(
      RRset rrset, RRSIGRecord rrsig, DNSKEYRecord key, Provider provider) {
    byte[] data = DNSSEC.digestRRset(rrsig, rrset);
    byte[] signature = rrsig.getSignature();
    try {
      KeyFactory keys = KeyFactory.getInstance(keyType(key.getAlgorithm()), provider);
      X509EncodedKeySpec encoded = new X509EncodedKeySpec(key.getPublicKey().getEncoded());
      Signature verifier;
      try {
        verifier = Signature.getInstance(signatureType(key.getAlgorithm()), provider);
      } catch (GeneralSecurityException e) {
        // Who has no name for r and s side by side wants them in DER.
        String name = signatureType(key.getAlgorithm()).replace("inP1363Format", "");
        verifier = Signature.getInstance(name, provider);
        signature = der(signature);
      }
      BareSignature bare = new BareSignature(verifier, keys, encoded, data, signature);
      bare.renewKey();
      if (!bare.verify()) {
        throw new IllegalStateException("a wrong signature of " + rrset);
      }
      return bare;
    } catch (GeneralSecurityException | IOException | DNSSEC.DNSSECException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] der(byte[] signature) throws IOException {
    int half = signature.length / 2;
    return StandardDSAEncoding.INSTANCE.encode(
        BigInteger.ONE.shiftLeft(8 * half),
        new BigInteger(1, Arrays.copyOf(signature, half)),
        new BigInteger(1, Arrays.copyOfRange(signature, half, 2 * half)));
  }

  private static String keyType(int algorithm) {
    return switch (algorithm) {
      case 8 -> "RSA";
      case 13, 14 -> "EC";
      case 15 -> "Ed25519";
      default -> "Ed448";
    };
  }

  private static String signatureType(int algorithm) {
    return switch (algorithm) {
      case 8 -> "SHA256withRSA";
      case 13 -> "SHA256withECDSAinP1363Format";
      case 14 -> "SHA384withECDSAinP1363Format";
      case 15 -> "Ed25519";
      default -> "Ed448";
    };
  }

  /** Prepares all signatures that a verdict about the answers to some questions rests on. */
  static List<BareSignature> all(World world, List<Question> questions, Providers providers) {
    List<BareSignature> all = new ArrayList<>();
    for (Question question : questions) {
      for (RRset rrset : proofs(world, question)) {
        all.add(of(rrset, world.keys(rrset.sigs().get(0).getSigner()), providers));
      }
    }
    return all;
  }

  private static List<RRset> proofs(World world, Question question) {
    try {
      Message message = new Message(world.answer(question));
      List<RRset> answer = message.getSectionRRsets(Section.ANSWER);
      return answer.isEmpty()
          ? message.getSectionRRsets(Section.AUTHORITY).stream()
              .filter(rrset -> rrset.getType() == Type.NSEC || rrset.getType() == Type.NSEC3)
              .toList()
          : answer;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets what the provider made of earlier uses of the key. */
  void renewKey() throws GeneralSecurityException {
    verifier.initVerify(keys.generatePublic(encodedKey));
  }

  boolean verify() throws GeneralSecurityException {
    verifier.update(data);
    return verifier.verify(signature);
  }
}
