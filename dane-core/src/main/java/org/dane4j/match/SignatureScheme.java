// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.Map;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/**
 * How a certificate is signed: what its AlgorithmIdentifier says (RFC 3279, 4055, 5758, 8410).
 *
 * @param form the kind of signature
 * @param hash what is signed with it
 * @param name how to call it
 */
record SignatureScheme(Form form, Hash hash, String name) {

  /** Kinds of signature. */
  enum Form {
    RSA_PKCS1(KeyKind.Family.RSA),
    RSA_PSS(KeyKind.Family.RSA),
    ECDSA(KeyKind.Family.EC),
    ED25519(KeyKind.Family.ED25519),
    ED448(KeyKind.Family.ED448),
    /** None that is known here. */
    OTHER(KeyKind.Family.OTHER);

    private final KeyKind.Family key;

    Form(KeyKind.Family key) {
      this.key = key;
    }

    boolean isBy(KeyKind signer) {
      return (this != OTHER && key == signer.family())
          || (this == RSA_PSS && signer.family() == KeyKind.Family.RSA_PSS);
    }
  }

  /** Digests, the broken ones too, so that they can be called by name. */
  enum Hash {
    SHA_256,
    SHA_384,
    SHA_512,
    SHA_1,
    BROKEN,
    /** Part of the signature algorithm. */
    OWN;

    Digest create() {
      return switch (this) {
        case SHA_256 -> new SHA256Digest();
        case SHA_384 -> new SHA384Digest();
        case SHA_512 -> new SHA512Digest();
        case SHA_1 -> new SHA1Digest();
        case BROKEN, OWN -> throw new IllegalStateException(this + " is never computed");
      };
    }
  }

  private static final String MGF1 = "1.2.840.113549.1.1.8";
  private static final DerSlice NULL = DerSlice.owning(new byte[] {0x05, 0x00});

  private static final Map<String, SignatureScheme> SCHEMES =
      Map.ofEntries(
          scheme("1.2.840.113549.1.1.11", Form.RSA_PKCS1, Hash.SHA_256, "SHA-256 with RSA"),
          scheme("1.2.840.113549.1.1.12", Form.RSA_PKCS1, Hash.SHA_384, "SHA-384 with RSA"),
          scheme("1.2.840.113549.1.1.13", Form.RSA_PKCS1, Hash.SHA_512, "SHA-512 with RSA"),
          scheme("1.2.840.113549.1.1.5", Form.RSA_PKCS1, Hash.SHA_1, "SHA-1 with RSA"),
          scheme("1.2.840.113549.1.1.4", Form.RSA_PKCS1, Hash.BROKEN, "MD5 with RSA"),
          scheme("1.2.840.113549.1.1.2", Form.RSA_PKCS1, Hash.BROKEN, "MD2 with RSA"),
          scheme("1.2.840.10045.4.3.2", Form.ECDSA, Hash.SHA_256, "ECDSA with SHA-256"),
          scheme("1.2.840.10045.4.3.3", Form.ECDSA, Hash.SHA_384, "ECDSA with SHA-384"),
          scheme("1.2.840.10045.4.3.4", Form.ECDSA, Hash.SHA_512, "ECDSA with SHA-512"),
          scheme("1.2.840.10045.4.1", Form.ECDSA, Hash.SHA_1, "ECDSA with SHA-1"),
          scheme(ObjectIdentifiers.ED25519, Form.ED25519, Hash.OWN, "Ed25519"),
          scheme(ObjectIdentifiers.ED448, Form.ED448, Hash.OWN, "Ed448"));

  private static final Map<String, Hash> HASHES =
      Map.of(
          "2.16.840.1.101.3.4.2.1", Hash.SHA_256,
          "2.16.840.1.101.3.4.2.2", Hash.SHA_384,
          "2.16.840.1.101.3.4.2.3", Hash.SHA_512);

  static SignatureScheme of(DerSlice algorithmIdentifier) throws MalformedDerException {
    DerReader outside = DerReader.over(algorithmIdentifier);
    DerReader algorithm = outside.enter(DerElement.SEQUENCE);
    outside.requireEnd("the signature algorithm");
    String oid = ObjectIdentifiers.read(algorithm);
    if (oid.equals(ObjectIdentifiers.RSASSA_PSS)) {
      return pss(algorithm);
    }
    SignatureScheme scheme = SCHEMES.get(oid);
    return scheme != null && hasOrdinaryParameters(scheme, algorithm) ? scheme : other(oid);
  }

  private static Map.Entry<String, SignatureScheme> scheme(
      String oid, Form form, Hash hash, String name) {
    return Map.entry(oid, new SignatureScheme(form, hash, name));
  }

  private static SignatureScheme other(String oid) {
    return new SignatureScheme(Form.OTHER, Hash.OWN, "signature algorithm " + oid);
  }

  /** RFC 4055 §5: NULL for RSA, and absent is accepted; RFC 5758 §3.2, RFC 8410 §3: absent. */
  private static boolean hasOrdinaryParameters(SignatureScheme scheme, DerReader parameters)
      throws MalformedDerException {
    return parameters.atEnd()
        || (scheme.form == Form.RSA_PKCS1
            && parameters.read().whole().equals(NULL)
            && parameters.atEnd());
  }

  /**
   * RFC 4055 §3.1, with what TLS 1.3 and the CA/Browser Forum allow of it: one of three digests,
   * MGF1 with the same, a salt as long as the digest.
   */
  private static SignatureScheme pss(DerReader algorithm) throws MalformedDerException {
    if (algorithm.atEnd()) {
      // All defaults: SHA-1.
      return new SignatureScheme(Form.RSA_PSS, Hash.SHA_1, "RSASSA-PSS with SHA-1");
    }
    DerReader parameters = algorithm.enter(DerElement.SEQUENCE);
    Hash hash = Hash.SHA_1;
    Hash maskHash = Hash.SHA_1;
    int salt = 20;
    if (parameters.nextIs(DerElement.contextConstructed(0))) {
      hash = hash(parameters.enter(DerElement.contextConstructed(0)));
    }
    if (parameters.nextIs(DerElement.contextConstructed(1))) {
      DerReader mask =
          parameters.enter(DerElement.contextConstructed(1)).enter(DerElement.SEQUENCE);
      maskHash = ObjectIdentifiers.read(mask).equals(MGF1) ? hash(mask) : Hash.OWN;
    }
    if (parameters.nextIs(DerElement.contextConstructed(2))) {
      DerSlice length =
          parameters.enter(DerElement.contextConstructed(2)).read(DerElement.INTEGER).content();
      salt = length.length() == 1 ? length.octetAt(0) : 0;
    }
    boolean usual =
        parameters.atEnd()
            && hash == maskHash
            && hash != Hash.OWN
            && salt == hash.create().getDigestSize();
    return usual
        ? new SignatureScheme(Form.RSA_PSS, hash, "RSASSA-PSS with " + hash)
        : other(ObjectIdentifiers.RSASSA_PSS + " with unusual parameters");
  }

  private static Hash hash(DerReader wrapper) throws MalformedDerException {
    String oid = ObjectIdentifiers.read(wrapper.enter(DerElement.SEQUENCE));
    return HASHES.getOrDefault(oid, Hash.OWN);
  }
}
