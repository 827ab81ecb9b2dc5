// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS contexts and parameters for connections under DANE: a context for each connection, TLS
 * 1.2 or 1.3 (RFC 8996, RFC 9325), and the TLSA base domain in SNI (RFC 7672 §8.1).
 *
 * <p>Immutable and thread-safe.
 */
public final class DaneSslContexts {

  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final @Nullable Provider provider;

  private DaneSslContexts(@Nullable Provider provider) {
    this.provider = provider;
  }

  /**
   * Returns contexts of the platform's default JSSE provider.
   *
   * @return the contexts
   */
  public static DaneSslContexts ofPlatform() {
    return new DaneSslContexts(null);
  }

  /**
   * Returns contexts of a JSSE provider.
   *
   * @param provider the provider; it need not be registered
   * @return the contexts
   */
  public static DaneSslContexts of(Provider provider) {
    return new DaneSslContexts(Objects.requireNonNull(provider, "provider"));
  }

  /**
   * Returns a new context for one connection. It must not be used for another one: a resumed
   * session would not be judged again.
   *
   * @param trustManager who judges the server
   * @return the context
   */
  public SSLContext newContext(X509ExtendedTrustManager trustManager) {
    try {
      SSLContext context =
          provider == null
              ? SSLContext.getInstance("TLS")
              : SSLContext.getInstance("TLS", provider);
      context.init(null, new TrustManager[] {trustManager}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no TLS from the JSSE provider: " + e.getMessage(), e);
    }
  }

  /**
   * Adapts TLS parameters: protocols, SNI, and no check of names by JSSE, since the trust manager
   * makes those that apply.
   *
   * @param parameters the parameters of a socket or engine, changed here and to be set there again
   * @param serverName the name for SNI, such as the TLSA base domain; empty for none
   */
  public void prepare(SSLParameters parameters, String serverName) {
    List<String> supported = List.of(parameters.getProtocols());
    // Protocols that the platform's policy disables stay disabled.
    List<String> protocols = PROTOCOLS.stream().filter(supported::contains).toList();
    parameters.setProtocols((protocols.isEmpty() ? PROTOCOLS : protocols).toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("");
    if (serverName.isEmpty()) {
      parameters.setServerNames(List.of());
    } else {
      parameters.setServerNames(List.of(new HostName(serverName)));
    }
  }

  /** A host_name of RFC 6066 §3. Unlike JSSE's own class it takes names with an underscore. */
  private static final class HostName extends SNIServerName {
    HostName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
