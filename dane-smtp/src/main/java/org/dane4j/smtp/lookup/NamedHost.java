// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import org.dane4j.smtp.policy.MxSecurity;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;

/** A host as a record or the configuration names it, before anything is known about it. */
record NamedHost(
    Name name, int port, TlsMode tlsMode, int preference, int weight, MxSecurity security) {

  /** A host that no record names. */
  static NamedHost named(Name name, int port, TlsMode tlsMode) {
    return new NamedHost(name, port, tlsMode, 0, 0, MxSecurity.NOT_MX);
  }

  static NamedHost of(MXRecord mx, int port, MxSecurity security) {
    return new NamedHost(mx.getTarget(), port, TlsMode.STARTTLS, mx.getPriority(), 0, security);
  }

  static NamedHost of(SRVRecord srv, TlsMode tlsMode, MxSecurity security) {
    return new NamedHost(
        srv.getTarget(), srv.getPort(), tlsMode, srv.getPriority(), srv.getWeight(), security);
  }

  /**
   * Whether the record says that there is no host: a null MX (which RFC 7505 §3 asks to have
   * preference 0, but no other preference makes the root a mail host), or RFC 2782 for SRV.
   */
  boolean isNone() {
    return name.equals(Name.root);
  }

  boolean isUsable() {
    return HostNames.isHostName(name) && port > 0;
  }

  Endpoint endpoint() {
    return new Endpoint(HostNames.text(name), port, tlsMode);
  }
}
