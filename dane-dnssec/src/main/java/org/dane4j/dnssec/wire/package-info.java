// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: DNS messages as an attacker may have written them (RFC 1035 §4).
 *
 * <p>A message is read once, within bounds, into RRsets with the signatures that cover them. RDATA
 * stays octets. A record whose RDATA is broken spoils its own RRset only.
 */
@NullMarked
package org.dane4j.dnssec.wire;

import org.jspecify.annotations.NullMarked;
