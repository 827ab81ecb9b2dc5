// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.util.ArrayList;
import java.util.List;

/** The envelope of the message that is being sent (RFC 5321 §3.3). */
record Transaction(String sender, List<String> recipients) {

  static Transaction from(String sender) {
    return new Transaction(sender, new ArrayList<>());
  }
}
