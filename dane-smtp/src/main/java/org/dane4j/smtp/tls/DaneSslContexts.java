// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS contexts and parameters for connections under DANE: a context for each connection, TLS
 * 1.2 or 1.3 (RFC 8996, RFC 9325), and the TLSA base domain in SNI (RFC 7672 §8.1).
 *
 * <p>Immutable and thread-safe.
 */
public final class DaneSslContexts {

  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** IPv4 or IPv6. No host name ends with a number or has a colon (RFC 1123 §2.1). */
  private static final Pattern ADDRESS = Pattern.compile(".*:.*|(.*\\.)?[0-9]+");

  private final @Nullable Provider provider;
  private final @Nullable X509TrustManager authorities;
  private final CertificateKeys keys;

  private DaneSslContexts(
      @Nullable Provider provider, @Nullable X509TrustManager authorities, CertificateKeys keys) {
    this.provider = provider;
    this.authorities = authorities;
    this.keys = keys;
  }

  /**
   * Returns contexts of the platform's default JSSE provider.
   *
   * @return the contexts
   */
  public static DaneSslContexts ofPlatform() {
    return new DaneSslContexts(null, null, CertificateKeys.ANY);
  }

  /**
   * Returns contexts of a JSSE provider.
   *
   * @param provider the provider; it need not be registered
   * @return the contexts
   */
  public static DaneSslContexts of(Provider provider) {
    return new DaneSslContexts(
        Objects.requireNonNull(provider, "provider"), null, CertificateKeys.ANY);
  }

  /**
   * Returns these contexts with other certification authorities, for hosts to which DANE does not
   * apply and whose names are checked instead.
   *
   * @param trustManager who knows them; the default is the platform's
   * @return the new contexts
   */
  public DaneSslContexts withAuthorities(X509TrustManager trustManager) {
    return new DaneSslContexts(
        provider, Objects.requireNonNull(trustManager, "trustManager"), keys);
  }

  /**
   * Returns these contexts with an offer that is limited to servers' certificates with certain
   * keys. Meant for finding out which certificates a server has, not for mail.
   *
   * @param offered the keys
   * @return the new contexts
   */
  public DaneSslContexts offering(CertificateKeys offered) {
    return new DaneSslContexts(provider, authorities, offered);
  }

  /**
   * Returns a new context for one connection. It must not be used for another one: a resumed
   * session would not be judged again.
   *
   * @param trustManager who judges the server
   * @return the context
   */
  public SSLContext newContext(X509ExtendedTrustManager trustManager) {
    return newContext(new TrustManager[] {trustManager});
  }

  /**
   * Returns a new context for one connection to a server that certification authorities vouch for.
   * Its parameters must be prepared by {@link #preparePkix}.
   *
   * @return the context
   */
  public SSLContext newPkixContext() {
    return newContext(authorities == null ? null : new TrustManager[] {authorities});
  }

  private SSLContext newContext(TrustManager @Nullable [] trustManagers) {
    try {
      SSLContext context =
          provider == null
              ? SSLContext.getInstance("TLS")
              : SSLContext.getInstance("TLS", provider);
      context.init(null, trustManagers, null);
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
    prepareAnyway(parameters, serverName);
    parameters.setEndpointIdentificationAlgorithm("");
  }

  /**
   * Adapts TLS parameters for a context of {@link #newPkixContext}: protocols, SNI, and a check of
   * the server's name by JSSE.
   *
   * @param parameters the parameters of a socket or engine, changed here and to be set there again
   * @param host the name of the host, as in the call that made the socket or engine
   */
  public void preparePkix(SSLParameters parameters, String host) {
    prepareAnyway(parameters, host);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
  }

  private void prepareAnyway(SSLParameters parameters, String serverName) {
    List<String> supported = List.of(parameters.getProtocols());
    // Protocols that the platform's policy disables stay disabled.
    List<String> wanted = keys.protocols(PROTOCOLS);
    List<String> protocols = wanted.stream().filter(supported::contains).toList();
    parameters.setProtocols((protocols.isEmpty() ? wanted : protocols).toArray(String[]::new));
    parameters.setCipherSuites(keys.cipherSuites(parameters.getCipherSuites()));
    String name = serverName.endsWith(".") ? chop(serverName) : serverName;
    // RFC 6066 §3: no dot at the end, and no addresses.
    boolean none = name.isEmpty() || ADDRESS.matcher(name).matches();
    parameters.setServerNames(
        none ? List.of() : List.of(new HostName(name.toLowerCase(Locale.ROOT))));
  }

  private static String chop(String name) {
    return name.substring(0, name.length() - 1);
  }

  /** A host_name of RFC 6066 §3. Unlike JSSE's own class it takes names with an underscore. */
  private static final class HostName extends SNIServerName {
    HostName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
