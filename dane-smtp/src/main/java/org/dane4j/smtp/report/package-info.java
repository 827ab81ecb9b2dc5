// SPDX-License-Identifier: Apache-2.0
/** Results in a form for people: trees of text, with the reason on each line. */
@NullMarked
package org.dane4j.smtp.report;

import org.jspecify.annotations.NullMarked;
