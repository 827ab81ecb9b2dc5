// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Address;

/**
 * Which policy holds for which destination (RFC 7672 §6, §9.1): a general one, and exceptions. The
 * most specific exception wins:
 *
 * <ol>
 *   <li>a configured host at one port: {@code [relay.example]:587}
 *   <li>a configured host at any port: {@code [relay.example]}, {@code [192.0.2.1]}, {@code
 *       [2001:db8::1]} or {@code [IPv6:2001:db8::1]}, however the address is written
 *   <li>a mail domain, for its MX hosts and its submission servers: {@code bank.example}
 *   <li>whatever is below a domain, the longest one first: {@code *.bank.example}, which is not for
 *       {@code bank.example} itself
 *   <li>the general policy
 * </ol>
 *
 * <p>Configured hosts are looked for under the first two only: what is required of a relay does not
 * depend on the domain that its name happens to be in. Names are A-labels; case and a dot at the
 * end do not matter. Immutable and thread-safe.
 */
public final class DanePolicies {

  private static final String BELOW = "*.";

  private static final String NAME = "[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*";
  private static final Pattern HOST = Pattern.compile(NAME);
  private static final Pattern DOMAIN = Pattern.compile("(\\*\\.)?" + NAME);
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*)]((?::[1-9][0-9]{0,4})?)");

  private final DanePolicy general;
  private final Map<String, DanePolicy> exceptions;

  private DanePolicies(DanePolicy general, Map<String, DanePolicy> exceptions) {
    this.general = Objects.requireNonNull(general, "policy");
    this.exceptions = exceptions;
  }

  /**
   * Returns one policy for all destinations.
   *
   * @param general the policy
   * @return policies without exceptions
   */
  public static DanePolicies of(DanePolicy general) {
    return new DanePolicies(general, Map.of());
  }

  /**
   * Returns these policies with one more exception, or another policy for one that is there.
   *
   * @param pattern one of the forms above
   * @param policy what holds there
   * @return the new policies
   * @throws IllegalArgumentException if the pattern has none of the forms
   */
  public DanePolicies with(String pattern, DanePolicy policy) {
    Map<String, DanePolicy> all = new HashMap<>(exceptions);
    all.put(checked(pattern), Objects.requireNonNull(policy, "policy"));
    return new DanePolicies(general, all);
  }

  /**
   * Returns the policy for a mail domain.
   *
   * @param domain the domain
   * @return what holds for it
   */
  public DanePolicy forDomain(String domain) {
    String name = normalized(domain);
    List<String> keys = new ArrayList<>(List.of(name));
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      keys.add(BELOW + name.substring(dot + 1));
    }
    return first(keys);
  }

  /**
   * Returns the policy for a configured host.
   *
   * @param host its name or address, without brackets
   * @param port the port
   * @return what holds for it
   */
  public DanePolicy forHost(String host, int port) {
    String name = normalized(host);
    String key = "[" + host(name).orElse(name) + "]";
    return first(List.of(key + ":" + port, key));
  }

  private DanePolicy first(List<String> keys) {
    for (String key : keys) {
      DanePolicy policy = exceptions.get(key);
      if (policy != null) {
        return policy;
      }
    }
    return general;
  }

  private static String normalized(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static String checked(String pattern) {
    String lower = normalized(pattern).replaceFirst("\\.](:|$)", "]$1");
    if (DOMAIN.matcher(lower).matches()) {
      return lower;
    }
    Matcher bracketed = BRACKETED.matcher(lower);
    if (bracketed.matches() && isPort(bracketed.group(2))) {
      Optional<String> host = host(bracketed.group(1));
      if (host.isPresent()) {
        return "[" + host.get() + "]" + bracketed.group(2);
      }
    }
    throw new IllegalArgumentException(
        ("'%s' is no pattern of destinations: write bank.example, *.bank.example,"
                + " [relay.example], [relay.example]:587 or [2001:db8::1], in A-labels")
            .formatted(pattern));
  }

  private static boolean isPort(String suffix) {
    return suffix.isEmpty() || Integer.parseInt(suffix.substring(1)) <= 65535;
  }

  /** Returns a name, or an address in the one way of writing that is looked for. */
  private static Optional<String> host(String text) {
    if (HOST.matcher(text).matches()) {
      return Optional.of(text);
    }
    String address = text.startsWith("ipv6:") ? text.substring("ipv6:".length()) : text;
    byte[] octets = Address.toByteArray(address, Address.IPv6);
    try {
      return octets == null
          ? Optional.empty()
          : Optional.of(InetAddress.getByAddress(octets).getHostAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError("16 octets are an address", e);
    }
  }

  /** Returns the exceptions and the general policy, in words. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(exceptions)
        .forEach(
            (pattern, policy) ->
                text.append(pattern).append(' ').append(policy.mode()).append(", "));
    return text.append("all others ").append(general.mode()).toString();
  }
}
