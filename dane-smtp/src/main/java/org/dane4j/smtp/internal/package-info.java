// SPDX-License-Identifier: Apache-2.0
/** What several packages of this module need, and nobody else: it is not exported. */
@NullMarked
package org.dane4j.smtp.internal;

import org.jspecify.annotations.NullMarked;
