// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: DNSSEC keys, digests and signatures (RFC 4034, 3110, 5702, 6605, 8080).
 *
 * <p>The cryptography itself is a JCA provider's. What stands here is the way from DNS octets to
 * it: canonical form, key formats, and the checks that providers do not make.
 */
@NullMarked
package org.dane4j.dnssec.crypto;

import org.jspecify.annotations.NullMarked;
