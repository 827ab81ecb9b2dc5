// SPDX-License-Identifier: Apache-2.0
/** Mail under DANE, and attacks on it, in a small internet inside the program. */
@NullMarked
package org.dane4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
