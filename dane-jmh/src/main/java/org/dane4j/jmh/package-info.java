// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of what users call. Each operation is asserted by a test to give the right verdict.
 */
@NullMarked
package org.dane4j.jmh;

import org.jspecify.annotations.NullMarked;
