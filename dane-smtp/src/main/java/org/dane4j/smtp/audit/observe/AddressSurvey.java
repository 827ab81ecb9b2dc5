// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.audit.AddressFacts;
import org.dane4j.smtp.audit.Look;
import org.dane4j.smtp.tls.CertificateKeys;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one address of a mail host several times, one after the other: servers limit how many
 * connections a stranger has.
 */
final class AddressSurvey {

  /** How a handshake fails: by what the server says, or because it comes to no end. */
  private static final Set<Cause> BEGUN = EnumSet.of(Cause.TLS_HANDSHAKE, Cause.CONNECTION_LOST);

  private final InetSocketAddress address;
  private final List<Look> looks = new CopyOnWriteArrayList<>();
  private final String base;
  private final Set<String> otherNames = new LinkedHashSet<>();
  private volatile @Nullable Look underway;

  /** Takes the TLSA base domain, and the names that other senders may send in SNI. */
  AddressSurvey(InetSocketAddress address, String base, List<String> otherNames) {
    this.address = address;
    this.base = base;
    this.otherNames.add("");
    this.otherNames.addAll(otherNames);
    this.otherNames.remove(base);
  }

  /** Returns what was seen. */
  AddressFacts run(SmtpClient client) {
    look(client, base, CertificateKeys.ANY);
    if (noWay()) {
      return omitted(Ipv6Route.MISSING);
    }
    // Some servers offer strangers no TLS at first (RFC 7672 §9.2).
    boolean shown = look(client, base, CertificateKeys.ANY);
    if (!shown && looks.stream().noneMatch(AddressSurvey::cameToTls)) {
      // It would not come further with other names.
      return new AddressFacts(address, looks);
    }
    otherNames.forEach(name -> look(client, name, CertificateKeys.ANY));
    look(client, base, CertificateKeys.RSA);
    look(client, base, CertificateKeys.ECDSA);
    return new AddressFacts(address, looks);
  }

  private boolean look(SmtpClient client, String serverName, CertificateKeys keys) {
    if (Thread.currentThread().isInterrupted()) {
      return false;
    }
    underway = new Look(serverName, keys, failed(""));
    Look look = new Look(serverName, keys, client.look(address, serverName, keys));
    if (Thread.currentThread().isInterrupted()) {
      // Whoever gave up on this says why: the server has no part in it.
      return false;
    }
    looks.add(look);
    underway = null;
    return cameToTls(look);
  }

  /** Whether a handshake was begun, which may go otherwise with another offer. */
  private static boolean cameToTls(Look look) {
    Attempt.Result result = look.result();
    return result instanceof Ready ready
        ? ready.tls().isPresent()
        : BEGUN.contains(((Failed) result).cause());
  }

  private boolean noWay() {
    return !looks.isEmpty()
        && looks.get(0).result() instanceof Failed failed
        && failed.cause() == Cause.CONNECT
        && Ipv6Route.isMissing(address.getAddress());
  }

  private static Failed failed(String why) {
    return new Failed(Cause.CONNECT, why, Optional.empty(), Optional.empty());
  }

  /** Returns what was seen until now, and that the look under way did not come to an end. */
  AddressFacts soFar(String why) {
    List<Look> all = new ArrayList<>(looks);
    Look pending = underway;
    if (pending != null) {
      all.add(new Look(pending.serverName(), pending.keys(), failed(why)));
    }
    return all.isEmpty() ? omitted(why) : new AddressFacts(address, all);
  }

  /** Returns that the address was not connected to. */
  AddressFacts omitted(String why) {
    return new AddressFacts(address, List.of(), Optional.of(why));
  }
}
