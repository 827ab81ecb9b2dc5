// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

/**
 * A command line as the server got it.
 *
 * @param line the line without its end
 * @param encrypted whether it came under TLS
 */
public record RecordedCommand(String line, boolean encrypted) {}
