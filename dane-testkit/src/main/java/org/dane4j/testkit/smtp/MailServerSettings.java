// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.dane4j.testkit.pki.TestIdentity;

/** What a builder has gathered. A server holds a copy that nobody changes any more. */
final class MailServerSettings {

  String hostName = "mx.test";
  Duration patience = Duration.ofSeconds(30);
  Optional<Duration> drip = Optional.empty();
  List<TestIdentity> identity = List.of();
  Map<String, TestIdentity> identitiesByName = new HashMap<>();
  List<String> tlsProtocols = List.of();
  List<String> extensions =
      List.of("PIPELINING", "SIZE 10485760", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES");
  boolean offersStartTls = true;
  boolean performsStartTls = true;
  boolean agreesOnCipherSuite = true;
  boolean implicitTls;
  boolean requiresTls;
  boolean knowsEhlo = true;
  Optional<String> credentials = Optional.empty();
  Map<SmtpStep, SmtpAction> actions = new EnumMap<>(SmtpStep.class);
  Map<String, SmtpAction> recipientActions = new HashMap<>();
  private Optional<SSLContext> context = Optional.empty();

  MailServerSettings copy() {
    MailServerSettings copy = new MailServerSettings();
    copy.hostName = hostName;
    copy.patience = patience;
    copy.drip = drip;
    copy.identity = identity;
    copy.identitiesByName = new HashMap<>(identitiesByName);
    copy.tlsProtocols = tlsProtocols;
    copy.extensions = extensions;
    copy.offersStartTls = offersStartTls;
    copy.performsStartTls = performsStartTls;
    copy.agreesOnCipherSuite = agreesOnCipherSuite;
    copy.implicitTls = implicitTls;
    copy.requiresTls = requiresTls;
    copy.knowsEhlo = knowsEhlo;
    copy.credentials = credentials;
    copy.actions = new EnumMap<>(actions);
    copy.recipientActions = new HashMap<>(recipientActions);
    return copy;
  }

  void beHonest() {
    drip = Optional.empty();
    offersStartTls = true;
    performsStartTls = true;
    agreesOnCipherSuite = true;
    knowsEhlo = true;
    actions.clear();
    recipientActions.clear();
  }

  boolean hasTls() {
    return performsStartTls && (!identity.isEmpty() || !identitiesByName.isEmpty());
  }

  /** Returns the keywords that EHLO is answered with. */
  List<String> keywords(boolean encrypted) {
    List<String> keywords = new ArrayList<>(extensions);
    if (hasTls() && offersStartTls && !encrypted) {
      keywords.add("STARTTLS");
    }
    if (credentials.isPresent() && encrypted) {
      keywords.add("AUTH PLAIN");
    }
    return keywords;
  }

  /** Returns the context of these settings, the same one for all sessions. */
  synchronized SSLContext tlsContext() {
    if (context.isEmpty()) {
      context = Optional.of(TestIdentity.serverContext(this::identityFor));
    }
    return context.get();
  }

  private List<TestIdentity> identityFor(Optional<String> serverName) {
    Optional<List<TestIdentity>> named =
        serverName
            .map(name -> name.toLowerCase(Locale.ROOT))
            .flatMap(name -> Optional.ofNullable(identitiesByName.get(name)))
            .map(List::of);
    return agreesOnCipherSuite ? named.orElse(identity) : List.of();
  }
}
