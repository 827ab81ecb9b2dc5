// SPDX-License-Identifier: Apache-2.0
/**
 * From a mail domain to its hosts, and to what TLS each of them is owed (RFC 7672 §2).
 *
 * <p>Three steps: the MX records of the domain; the addresses of each host; and, only where the
 * addresses are secure, the TLSA records of each host. Aliases are followed, and it matters where
 * the chain of secure records ends: a host that is an alias has two names at which TLSA records may
 * stand, first the one that it leads to, then its own.
 *
 * <p><b>Limits.</b> Names are A-labels; internationalized domains must be converted before. Only
 * the 32 most preferred hosts are looked up.
 */
@NullMarked
package org.dane4j.smtp.lookup;

import org.jspecify.annotations.NullMarked;
