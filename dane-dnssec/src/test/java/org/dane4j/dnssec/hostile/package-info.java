// SPDX-License-Identifier: Apache-2.0
/**
 * Holds the validator against an attacker on the path: random trees of zones, random questions, and
 * what somebody without the zones' keys can do to the responses.
 */
@NullMarked
package org.dane4j.dnssec.hostile;

import org.jspecify.annotations.NullMarked;
