// SPDX-License-Identifier: Apache-2.0
/**
 * The command-line program {@code dane-check}: checks DANE for a mail domain, and sends mail under
 * it.
 */
@NullMarked
package org.dane4j.examples.danecheck;

import org.jspecify.annotations.NullMarked;
