// SPDX-License-Identifier: Apache-2.0
/**
 * Internal: proofs that something does not exist, from NSEC (RFC 4035 §5.4, RFC 6840 §4) and NSEC3
 * (RFC 5155 §8) records whose signatures were verified.
 *
 * <p>All records of a proof come from one zone. Every function says what the records prove about
 * one name, and nothing more; {@link org.dane4j.dnssec.denial.Denial.Outcome#NOT_PROVEN} is what is
 * left.
 */
@NullMarked
package org.dane4j.dnssec.denial;

import org.jspecify.annotations.NullMarked;
