// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.TlsRequirement;
import org.jspecify.annotations.Nullable;

/**
 * A socket factory that puts DANE into mail clients which take one, such as Jakarta Mail.
 *
 * <p>When the client asks for TLS with a host, the factory looks up what the host is owed at that
 * port, as for a configured host (RFC 7672 §2.2.2), and makes a socket that enforces it. If the
 * host has usable TLSA records, they alone decide. If the lookup fails, there is no socket. If the
 * host has none, the fallback decides: by default the platform's certification authorities and the
 * host's name, as without DANE.
 *
 * <pre>{@code
 * properties.put("mail.smtp.ssl.socketFactory", DaneSslSocketFactory.over(resolver));
 * properties.put("mail.smtp.starttls.required", "true");
 * }</pre>
 *
 * <p>A client that can only name a class, as by {@code mail.smtp.ssl.socketFactory.class}, gets the
 * factory that the application chose by {@link #setDefault}. Where Jakarta Mail is to speak TLS
 * from the first octet, {@code mail.smtp.socketFactory.fallback} must be {@code false} besides.
 *
 * <p>The client must connect by host name, must require STARTTLS, and must not set a host name
 * verifier of its own. Sockets are made for TLS over a connected socket, or connected; unconnected
 * ones are not supported.
 *
 * <p>Thread-safe. Making a socket blocks for the lookup.
 */
public final class DaneSslSocketFactory extends SSLSocketFactory {

  private static final AtomicReference<@Nullable DaneSslSocketFactory> chosen =
      new AtomicReference<>();

  /** As long as mail clients commonly wait for a connection. */
  private static final int CONNECT_MILLIS = 60_000;

  private final DnssecResolver resolver;
  private final DanePolicy policy;
  private final Fallback fallback;
  private final DaneSslContexts contexts;
  private final InstantSource clock;

  /** What counts for hosts without usable TLSA records. */
  public enum Fallback {
    /** A certificate from the platform's certification authorities, for the host's name. */
    PKIX,

    /** Nothing: TLS without authentication, as between mail servers (RFC 7672 §2.2, RFC 7435). */
    UNAUTHENTICATED
  }

  private DaneSslSocketFactory(
      DnssecResolver resolver,
      DanePolicy policy,
      Fallback fallback,
      DaneSslContexts contexts,
      InstantSource clock) {
    this.resolver = Objects.requireNonNull(resolver, "resolver");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.fallback = Objects.requireNonNull(fallback, "fallback");
    this.contexts = Objects.requireNonNull(contexts, "contexts");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Returns a factory for opportunistic DANE, with the fallback {@link Fallback#PKIX}.
   *
   * @param resolver who answers and validates
   * @return the factory
   */
  public static DaneSslSocketFactory over(DnssecResolver resolver) {
    return new DaneSslSocketFactory(
        resolver,
        DanePolicy.opportunistic(),
        Fallback.PKIX,
        DaneSslContexts.ofPlatform(),
        InstantSource.system());
  }

  /**
   * Sets the factory for clients that are given only the name of this class. Such a client asks
   * {@link #getDefault} when it makes a connection, so it is best set before anything else.
   *
   * @param factory the factory for the whole process
   */
  public static void setDefault(DaneSslSocketFactory factory) {
    chosen.set(Objects.requireNonNull(factory, "factory"));
  }

  /**
   * Returns the factory for clients that are given only the name of this class.
   *
   * @return the factory of {@link #setDefault}; if there is none, one that makes no connections
   */
  public static SocketFactory getDefault() {
    // A client might take an exception here for a reason to go on with the platform's factory.
    SocketFactory factory = chosen.get();
    return factory == null ? new RefusingSslSocketFactory() : factory;
  }

  /** For tests: there is one for the whole process. */
  static void forgetDefault() {
    chosen.set(null);
  }

  /**
   * Returns this factory with another policy, such as {@link DanePolicy#mandatory()}.
   *
   * @param newPolicy what is decided from the facts
   * @return the new factory
   */
  public DaneSslSocketFactory withPolicy(DanePolicy newPolicy) {
    return new DaneSslSocketFactory(resolver, newPolicy, fallback, contexts, clock);
  }

  /**
   * Returns this factory with another fallback.
   *
   * @param newFallback what counts for hosts without usable TLSA records
   * @return the new factory
   */
  public DaneSslSocketFactory withFallback(Fallback newFallback) {
    return new DaneSslSocketFactory(resolver, policy, newFallback, contexts, clock);
  }

  /**
   * Returns this factory with other TLS contexts.
   *
   * @param newContexts where contexts come from
   * @return the new factory
   */
  public DaneSslSocketFactory withContexts(DaneSslContexts newContexts) {
    return new DaneSslSocketFactory(resolver, policy, fallback, newContexts, clock);
  }

  /**
   * Returns this factory with another clock for the dates of certificates.
   *
   * @param newClock the clock
   * @return the new factory
   */
  public DaneSslSocketFactory withClock(InstantSource newClock) {
    return new DaneSslSocketFactory(resolver, policy, fallback, contexts, newClock);
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return secured(lookup(host, port).requirement(), new Plain(socket, host, port, autoClose));
  }

  /** A connected socket, and what the client calls its peer. */
  private record Plain(Socket socket, String host, int port, boolean autoClose) {}

  private Socket secured(TlsRequirement requirement, Plain plain) throws IOException {
    boolean byDane = requirement instanceof TlsRequirement.Dane;
    if (!byDane && fallback == Fallback.PKIX) {
      return byPkix(plain);
    }
    TlsaMatcher matcher = policy.matcher();
    SSLContext context = contexts.newContext(new DaneTrustManager(requirement, matcher, clock));
    SSLSocket tls = layer(context, plain);
    SSLParameters parameters = tls.getSSLParameters();
    contexts.prepare(parameters, serverName(requirement, plain.host));
    tls.setSSLParameters(parameters);
    return tls;
  }

  /** Returns the host with its addresses and what it is owed; throws if it must not be used. */
  private MxHost lookup(String host, int port) throws SSLException {
    NextHop hop;
    try {
      hop = NextHop.host(host, port);
    } catch (IllegalArgumentException e) {
      throw new SSLException("DANE needs the name of the host: " + e.getMessage(), e);
    }
    MxHost found = DaneLookup.over(resolver).withPolicy(policy).resolve(hop).hosts().get(0);
    if (found.requirement() instanceof TlsRequirement.Avoid avoid) {
      throw new SSLException(host + " must not be used: " + avoid.explanation());
    }
    return found;
  }

  /** RFC 7672 §8.1: the TLSA base domain if there are records, else the host's name. */
  private static String serverName(TlsRequirement requirement, String host) {
    if (requirement instanceof TlsRequirement.Dane dane) {
      return dane.tlsa().owner().baseDomain();
    }
    return requirement instanceof TlsRequirement.Encrypt encrypt
        ? encrypt.tlsa().owner().baseDomain()
        : host;
  }

  private Socket byPkix(Plain plain) throws IOException {
    SSLSocket tls = layer(contexts.newPkixContext(), plain);
    SSLParameters parameters = tls.getSSLParameters();
    contexts.preparePkix(parameters, plain.host);
    tls.setSSLParameters(parameters);
    return tls;
  }

  private static SSLSocket layer(SSLContext context, Plain plain) throws IOException {
    return (SSLSocket)
        context
            .getSocketFactory()
            .createSocket(plain.socket, plain.host, plain.port, plain.autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(host, port, null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return connected(host, port, new InetSocketAddress(localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new SSLException("DANE needs the name of the host, not its address " + host);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket(address, port);
  }

  /** Connects to the addresses that the lookup has found, one after the other. */
  private Socket connected(String host, int port, @Nullable InetSocketAddress local)
      throws IOException {
    MxHost found = lookup(host, port);
    IOException problem = new SSLException(host + " has no address");
    for (InetAddress address : found.addresses()) {
      Socket socket = new Socket();
      try {
        socket.bind(local);
        socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
        return secured(found.requirement(), new Plain(socket, host, port, true));
      } catch (IOException e) {
        socket.close();
        problem = e;
      }
    }
    throw problem;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return contexts.newPkixContext().getSocketFactory().getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return contexts.newPkixContext().getSocketFactory().getSupportedCipherSuites();
  }
}
