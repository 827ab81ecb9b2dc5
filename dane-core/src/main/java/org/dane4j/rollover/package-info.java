// SPDX-License-Identifier: Apache-2.0
/** Making TLSA records, judging them, and replacing them without losing a mail. */
@NullMarked
package org.dane4j.rollover;

import org.jspecify.annotations.NullMarked;
