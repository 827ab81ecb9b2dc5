// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;

/**
 * Logs in to a submission server (RFC 4954).
 *
 * <p>It is asked only after the server was authenticated under TLS, by DANE, or by the web's
 * certification authorities where it has no usable TLSA records. Whatever a server does, no login
 * begins in plain text or under TLS with somebody unknown.
 */
@FunctionalInterface
public interface SmtpAuthenticator {

  /**
   * Chooses a mechanism and begins an exchange. Security layers of SASL are not supported: TLS is
   * there already.
   *
   * @param mechanisms what the server offers, in upper case
   * @param host the server's name
   * @return the exchange, used once; empty if none of the mechanisms suits
   * @throws SaslException if it cannot begin; the mail is then deferred
   */
  Optional<SaslClient> begin(List<String> mechanisms, String host) throws SaslException;

  /**
   * Returns a login by name and password, with the mechanism PLAIN (RFC 4616).
   *
   * @param user the name
   * @param password the password
   * @return the login
   */
  static SmtpAuthenticator plain(String user, String password) {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    return (mechanisms, host) ->
        mechanisms.contains("PLAIN")
            ? Optional.ofNullable(
                Sasl.createSaslClient(
                    new String[] {"PLAIN"},
                    null,
                    "smtp",
                    host,
                    Map.of(),
                    callbacks -> answer(callbacks, user, password)))
            : Optional.empty();
  }

  private static void answer(Callback[] callbacks, String user, String password) {
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback name) {
        name.setName(user);
      } else if (callback instanceof PasswordCallback secret) {
        secret.setPassword(password.toCharArray());
      }
    }
  }
}
