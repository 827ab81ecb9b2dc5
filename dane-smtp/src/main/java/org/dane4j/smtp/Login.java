// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.Base64;
import java.util.Optional;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.dane4j.smtp.Attempt.Cause;

/** Logs in (RFC 4954). */
final class Login {

  /** No mechanism in use needs more than a few; SCRAM has two. */
  private static final int MAX_CHALLENGES = 10;

  /** RFC 4954 §4: an initial response that makes the command too long is given on request. */
  private static final int MAX_COMMAND = 510;

  private final SmtpAuthenticator authenticator;
  private final String host;

  Login(SmtpAuthenticator authenticator, String host) {
    this.authenticator = authenticator;
    this.host = host;
  }

  /** Throws if the server does not let the client in. */
  void on(SmtpSession session) throws StepFailedException {
    if (!session.isAuthenticated()) {
      throw new IllegalStateException("a login to a server that nothing has authenticated");
    }
    try {
      Optional<SaslClient> client = authenticator.begin(session.extensions().mechanisms(), host);
      if (client.isEmpty()) {
        throw StepFailedException.of(
            Cause.LOGIN,
            "the server offers no login that suits, but " + session.extensions().mechanisms());
      }
      exchange(session, client.get());
    } catch (SaslException e) {
      throw StepFailedException.of(Cause.LOGIN, "the login failed", e);
    }
  }

  private static void exchange(SmtpSession session, SaslClient client)
      throws StepFailedException, SaslException {
    try {
      String command = "AUTH " + client.getMechanismName();
      Optional<String> initial =
          client.hasInitialResponse()
              ? Optional.of(encoded(client.evaluateChallenge(new byte[0])))
              : Optional.empty();
      // RFC 4954 §4: an equals sign stands for a response without octets.
      String whole = initial.map(r -> command + " " + (r.isEmpty() ? "=" : r)).orElse(command);
      boolean tooLong = whole.length() > MAX_COMMAND;
      SmtpReply reply = session.exchange(Cause.LOGIN, "AUTH", tooLong ? command : whole);
      if (tooLong && reply.code() == 334) {
        reply = session.exchange(Cause.LOGIN, "AUTH", initial.orElseThrow());
      }
      for (int i = 0; reply.code() == 334 && i < MAX_CHALLENGES; i++) {
        reply = session.exchange(Cause.LOGIN, "AUTH", response(session, client, reply));
      }
      if (reply.code() != 235) {
        throw StepFailedException.of(Cause.LOGIN, "the server refuses the login", reply);
      }
      if (!client.isComplete()) {
        throw StepFailedException.of(Cause.LOGIN, "the server ended the login half way", reply);
      }
    } finally {
      client.dispose();
    }
  }

  private static String response(SmtpSession session, SaslClient client, SmtpReply challenge)
      throws StepFailedException, SaslException {
    try {
      return encoded(
          client.evaluateChallenge(Base64.getDecoder().decode(challenge.lines().get(0))));
    } catch (SaslException | IllegalArgumentException e) {
      // RFC 4954 §4: the client does not want any more.
      SmtpReply ignored = session.exchange(Cause.LOGIN, "AUTH", "*");
      throw e instanceof SaslException sasl ? sasl : new SaslException("not in Base64", e);
    }
  }

  private static String encoded(byte[] response) {
    return response == null ? "" : Base64.getEncoder().encodeToString(response);
  }
}
