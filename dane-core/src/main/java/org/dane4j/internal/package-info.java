// SPDX-License-Identifier: Apache-2.0
/**
 * What both exported packages need and nobody else should: raw slices of certificates, and domain
 * names in one form. Not exported.
 */
@NullMarked
package org.dane4j.internal;

import org.jspecify.annotations.NullMarked;
