// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.http.HttpClient;
import java.time.Duration;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.xbill.DNS.Name;

/** Fetches the MTA-STS policy of a domain (RFC 8461 §3.3). */
@FunctionalInterface
public interface PolicyFetcher {

  /**
   * Fetches a policy. Interrupting the thread ends the wait.
   *
   * @param domain the mail domain
   * @return the policy, or why there is none
   */
  MtaStsPolicy fetch(Name domain);

  /**
   * Returns a fetcher that takes policies over HTTPS from the policy host, authenticated by the
   * platform's certification authorities: without redirects and proxies, at most 64 KiB, within the
   * given time.
   *
   * @param timeout how long one fetch may take, RFC 8461 §3.3 suggests a minute
   * @return a new fetcher
   */
  static PolicyFetcher overHttps(Duration timeout) {
    return new HttpsPolicyFetcher(timeout, HttpsPolicyFetcher::wellKnown, HttpClient::newBuilder);
  }
}
