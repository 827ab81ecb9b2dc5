// SPDX-License-Identifier: Apache-2.0
/**
 * The resolver that collects evidence from a name server, round by round, until there is a verdict.
 */
@NullMarked
package org.dane4j.dnssec.resolve;

import org.jspecify.annotations.NullMarked;
