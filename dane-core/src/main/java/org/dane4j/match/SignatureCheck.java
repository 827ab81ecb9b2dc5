// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.io.IOException;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed448Signer;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerSlice;

/**
 * Whether a key signed a certificate.
 *
 * <p>Done with Bouncy Castle's own classes and not through a provider: the answer depends on
 * nothing but the arguments, and no provider has to be loaded for it.
 */
final class SignatureCheck {

  /** OpenSSL: OPENSSL_RSA_MAX_MODULUS_BITS. */
  private static final int MAX_RSA_BITS = 16384;

  /** rustls/webpki and Windows: RSA exponents beyond 33 bits only cost time. */
  private static final int MAX_RSA_EXPONENT_BITS = 33;

  private SignatureCheck() {}

  static boolean supports(SignatureScheme scheme) {
    return scheme.form() != SignatureScheme.Form.OTHER;
  }

  /** Whether signatures by such a key can be verified, and at bearable cost. */
  static boolean supports(KeyKind signer) {
    return signer.family() != KeyKind.Family.OTHER
        && signer.bits() <= MAX_RSA_BITS
        && signer.exponentBits() <= MAX_RSA_EXPONENT_BITS;
  }

  static boolean verifies(
      CertificateSlices certificate, SignatureScheme scheme, DerSlice signerKey) {
    try {
      AsymmetricKeyParameter key = PublicKeyFactory.createKey(signerKey.toByteArray());
      Signer signer = signer(scheme);
      signer.init(false, key);
      byte[] signed = certificate.tbsCertificate().toByteArray();
      signer.update(signed, 0, signed.length);
      return signer.verifySignature(certificate.signatureValue().toByteArray());
    } catch (IOException | RuntimeException e) {
      // A key that is none, or a signature that cannot be one: it does not verify.
      return false;
    }
  }

  private static Signer signer(SignatureScheme scheme) {
    return switch (scheme.form()) {
      case RSA_PKCS1 -> new RSADigestSigner(scheme.hash().create());
      case RSA_PSS -> pss(scheme);
      case ECDSA -> new DSADigestSigner(new ECDSASigner(), scheme.hash().create());
      case ED25519 -> new Ed25519Signer();
      case ED448 -> new Ed448Signer(new byte[0]);
      case OTHER -> throw new IllegalStateException("supports() comes first");
    };
  }

  private static Signer pss(SignatureScheme scheme) {
    AsymmetricBlockCipher rsa = new RSAEngine();
    return new PSSSigner(rsa, scheme.hash().create(), scheme.hash().create().getDigestSize());
  }
}
