// SPDX-License-Identifier: Apache-2.0
/**
 * Plays Unbound's replay files against the validator: a file is a small internet and a dialogue.
 */
@NullMarked
package org.dane4j.dnssec.replay;

import org.jspecify.annotations.NullMarked;
