// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.smtp.tls.DaneSslContexts;

/** What the sessions of one client share. */
record SmtpSettings(
    String heloName,
    SmtpTimeouts timeouts,
    SmtpConnector connector,
    DaneSslContexts contexts,
    InstantSource clock,
    RandomGenerator random,
    EightBitMail eightBit) {

  /** Returns these settings with an offer that is limited to certain certificates. */
  SmtpSettings offering(CertificateKeys keys) {
    return new SmtpSettings(
        heloName, timeouts, connector, contexts.offering(keys), clock, random, eightBit);
  }
}
