// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.time.Instant;

/**
 * What records are held against.
 *
 * @param chain the certificates the server sent
 * @param identifiers the names it may have
 * @param at the instant at which certificates must be valid
 */
record Server(PeerChain chain, ReferenceIdentifiers identifiers, Instant at) {}
