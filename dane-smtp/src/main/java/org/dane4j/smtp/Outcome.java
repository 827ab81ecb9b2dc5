// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

/** What became of the mail for one recipient. */
public sealed interface Outcome {

  /**
   * Returns the enhanced status code (RFC 3463).
   *
   * @return a code such as {@code 2.0.0} or {@code 4.7.323}
   */
  String status();

  /**
   * Returns what happened.
   *
   * @return one sentence or more
   */
  String explanation();

  /**
   * A server has taken the mail.
   *
   * @param host the server
   * @param security what protected the connection
   * @param reports who has to see to reports, if any were asked for
   * @param status the server's enhanced status code, or {@code 2.0.0}
   * @param explanation the server's reply
   */
  record Delivered(
      String host, ChannelSecurity security, ReportDuty reports, String status, String explanation)
      implements Outcome {}

  /**
   * The mail is not delivered; trying again later may help.
   *
   * @param status a code of class 4
   * @param explanation why
   */
  record Deferred(String status, String explanation) implements Outcome {}

  /**
   * The mail is not delivered, and trying again does not help.
   *
   * @param status a code of class 5
   * @param explanation why
   */
  record Rejected(String status, String explanation) implements Outcome {}

  /**
   * The mail may be delivered: it was sent in full, and the connection was lost before the server
   * said whether it took it. Trying again may deliver it twice (RFC 5321 §4.1.1.4).
   *
   * @param status a code of class 4
   * @param explanation what happened
   */
  record Unknown(String status, String explanation) implements Outcome {}
}
