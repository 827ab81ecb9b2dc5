// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Hands out identities by the server name that the client asks for (RFC 6066 §3), and without the
 * checks of the JDK's key managers, which would hide an expired or weak certificate.
 */
final class IdentityKeyManager extends X509ExtendedKeyManager {

  private final Function<Optional<String>, List<TestIdentity>> identities;
  private final ConcurrentMap<String, TestIdentity> offered = new ConcurrentHashMap<>();

  IdentityKeyManager(Function<Optional<String>, List<TestIdentity>> identities) {
    this.identities = identities;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return choose(keyType, ((SSLSocket) socket).getHandshakeSession());
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(keyType, engine.getHandshakeSession());
  }

  private @Nullable String choose(String keyType, SSLSession session) {
    TestIdentity identity =
        identities.apply(serverName(session)).stream()
            .filter(it -> fits(it.privateKey(), keyType))
            .findFirst()
            .orElse(null);
    if (identity == null) {
      return null;
    }
    String alias = identity.certificate().getSerialNumber() + "/" + identity.hashCode();
    offered.put(alias, identity);
    return alias;
  }

  private static boolean fits(PrivateKey key, String keyType) {
    String algorithm = key.getAlgorithm();
    return keyType.equals(algorithm)
        || (keyType.equals("RSASSA-PSS") && algorithm.equals("RSA"))
        || keyType.startsWith(algorithm + "_")
        || (algorithm.equals("EdDSA") && keyType.startsWith("Ed"));
  }

  private static Optional<String> serverName(SSLSession session) {
    Stream<?> names =
        session instanceof ExtendedSSLSession extended
            ? extended.getRequestedServerNames().stream()
            : Stream.empty();
    return names
        .filter(SNIHostName.class::isInstance)
        .map(name -> ((SNIHostName) name).getAsciiName())
        .findFirst();
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    TestIdentity identity = offered.get(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    TestIdentity identity = offered.get(alias);
    return identity == null ? null : identity.privateKey();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return List.copyOf(offered.keySet()).toArray(String[]::new);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
