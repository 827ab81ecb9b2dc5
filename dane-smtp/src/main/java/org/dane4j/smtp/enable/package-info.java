// SPDX-License-Identifier: Apache-2.0
/** Switching inbound DANE on and off, step by step. */
@NullMarked
package org.dane4j.smtp.enable;

import org.jspecify.annotations.NullMarked;
