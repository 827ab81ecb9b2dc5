// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.Optional;
import org.xbill.DNS.Name;

/** Which mail hosts the domain has in the end. */
public sealed interface Target {

  /**
   * Returns the host that the MX record will name in the end.
   *
   * @return the host; empty if the hosts stay as they are
   */
  Optional<Name> newHost();

  /** The hosts that it has: their operator publishes the TLSA records. */
  record Own() implements Target {
    @Override
    public Optional<Name> newHost() {
      return Optional.empty();
    }
  }

  /**
   * A host of one's own with another name, in a zone that is signed.
   *
   * @param host the host
   */
  record OwnMove(Name host) implements Target {

    /** Puts the name into lower case. */
    public OwnMove {
      host = MxTarget.lowerCase(host);
    }

    @Override
    public Optional<Name> newHost() {
      return Optional.of(host);
    }
  }

  /**
   * A host that the provider names, in a zone that the provider signs; the provider publishes the
   * TLSA records.
   *
   * @param host the host
   */
  record Provider(Name host) implements Target {

    /** Puts the name into lower case. */
    public Provider {
      host = MxTarget.lowerCase(host);
    }

    @Override
    public Optional<Name> newHost() {
      return Optional.of(host);
    }
  }
}
