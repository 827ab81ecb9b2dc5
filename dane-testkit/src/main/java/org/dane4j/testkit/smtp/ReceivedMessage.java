// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A message that a server took responsibility for, whether or not its reply got through. */
public final class ReceivedMessage {

  private final String sender;
  private final List<String> recipients;
  private final byte[] content;
  private final String clientName;
  private final Optional<TlsFacts> tls;

  ReceivedMessage(Transaction transaction, byte[] content, RecordedSession session) {
    this.sender = transaction.sender();
    this.recipients = List.copyOf(transaction.recipients());
    this.content = content.clone();
    this.clientName = session.clientName();
    this.tls = session.tls();
  }

  /**
   * Returns the sender in the envelope.
   *
   * @return the address; empty for the null sender
   */
  public String sender() {
    return sender;
  }

  /**
   * Returns the recipients in the envelope.
   *
   * @return the accepted addresses, in the order in which they were given
   */
  public List<String> recipients() {
    return recipients;
  }

  /**
   * Returns the message as it was sent, without the transparency dots (RFC 5321 §4.5.2).
   *
   * @return a copy of the octets, the last line end included
   */
  public byte[] content() {
    return content.clone();
  }

  /**
   * Returns the message as text.
   *
   * @return the octets read as UTF-8
   */
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /**
   * Returns the name that the client gave with EHLO or HELO.
   *
   * @return the name
   */
  public String clientName() {
    return clientName;
  }

  /**
   * Returns the facts of the TLS session that carried the message.
   *
   * @return the facts; nothing if the message came in plain text
   */
  public Optional<TlsFacts> tls() {
    return tls;
  }

  @Override
  public String toString() {
    return "<"
        + sender
        + "> to "
        + recipients
        + ", "
        + content.length
        + " octets, "
        + tls.map(TlsFacts::toString).orElse("plain text");
  }
}
