// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Instant;
import java.util.Optional;

/**
 * An answer that a resolver somewhere may hold, and a sender decide by.
 *
 * @param answer the answer
 * @param until when the last resolver has forgotten it; empty if a name server still gives it, or
 *     may
 */
public record CachedAnswer(ServedAnswer answer, Optional<Instant> until) {}
