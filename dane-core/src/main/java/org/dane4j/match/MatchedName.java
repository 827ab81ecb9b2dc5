// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/**
 * The name by which a match with any usage but DANE-EE found the right server.
 *
 * @param reference the reference identifier, the name that was asked for
 * @param presented the name in the certificate, which may be a wildcard
 * @since 0.1
 */
public record MatchedName(String reference, String presented) {}
