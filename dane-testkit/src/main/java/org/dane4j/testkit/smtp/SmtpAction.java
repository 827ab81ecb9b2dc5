// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What a server does when it is its turn, in place of the honest reply.
 *
 * <p>For the final dot of a message, an action that gives no reply at all means that the server has
 * taken the message and the client cannot know.
 */
public final class SmtpAction {

  /** What the server says, given the honest reply with its line end. */
  interface Speech {
    void speak(SmtpWire wire, String honestReply) throws IOException;
  }

  /** One turn: whether the command is carried out, whether the connection ends, what is said. */
  record Turn(boolean carriesOut, boolean ends, Speech speech) {}

  private final Supplier<Turn> turns;

  private SmtpAction(Supplier<Turn> turns) {
    this.turns = turns;
  }

  private static SmtpAction goingOn(boolean carriesOut, Speech speech) {
    Turn turn = new Turn(carriesOut, false, speech);
    return new SmtpAction(() -> turn);
  }

  private static SmtpAction ending(Speech speech) {
    Turn turn = new Turn(true, true, speech);
    return new SmtpAction(() -> turn);
  }

  Turn turn() {
    return turns.get();
  }

  /**
   * The honest reply.
   *
   * @return the action
   */
  public static SmtpAction honest() {
    return goingOn(true, SmtpWire::send);
  }

  /**
   * Another reply. The command is carried out if the code begins with 2 or 3.
   *
   * @param lines the lines with their codes, without line ends
   * @return the action
   */
  public static SmtpAction reply(String... lines) {
    String text = text(lines);
    return goingOn(isPositive(text), (wire, honest) -> wire.send(text));
  }

  /**
   * A reply, and then the end of the connection: 421 in most cases.
   *
   * @param lines the lines with their codes, without line ends
   * @return the action
   */
  public static SmtpAction replyAndDrop(String... lines) {
    String text = text(lines);
    Turn turn = new Turn(isPositive(text), true, (wire, honest) -> wire.send(text));
    return new SmtpAction(() -> turn);
  }

  private static String text(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private static boolean isPositive(String reply) {
    return reply.startsWith("2") || reply.startsWith("3");
  }

  /**
   * The end of the connection, without a reply.
   *
   * @return the action
   */
  public static SmtpAction drop() {
    return ending((wire, honest) -> {});
  }

  /**
   * The honest reply, and then the end of the connection.
   *
   * @return the action
   */
  public static SmtpAction dropAfterReply() {
    return ending(SmtpWire::send);
  }

  /**
   * The honest reply, one octet at a time, so that every read of the client may end anywhere in it.
   *
   * @return the action
   */
  public static SmtpAction split() {
    return goingOn(true, SmtpWire::sendSplit);
  }

  /**
   * An action that is chosen anew at each turn.
   *
   * @param choice returns the action of the next turn; called by the threads of many sessions
   * @return the action
   */
  public static SmtpAction chosenBy(Supplier<SmtpAction> choice) {
    return new SmtpAction(() -> choice.get().turn());
  }

  /**
   * Silence without even reading, so that the client's writes end nowhere, until the server is
   * closed or loses its patience.
   *
   * @return the action
   */
  public static SmtpAction freeze() {
    return ending((wire, honest) -> wire.freeze());
  }

  /**
   * Silence, until the client goes away or the server loses its patience.
   *
   * @return the action
   */
  public static SmtpAction stall() {
    return ending((wire, honest) -> wire.awaitEnd());
  }

  /**
   * Any octets in place of the reply. The command has no effect.
   *
   * @param octets text whose characters stand for one octet each
   * @return the action
   */
  public static SmtpAction raw(String octets) {
    return goingOn(
        false, (wire, honest) -> wire.send(octets.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /**
   * The honest reply with more octets behind it in the same segment; the command is carried out.
   * After STARTTLS this is what an attacker adds who cannot break TLS (RFC 3207 §6).
   *
   * @param octets what to add, line ends included
   * @return the action
   */
  public static SmtpAction inject(String octets) {
    return goingOn(true, (wire, honest) -> wire.send(honest + octets));
  }

  /**
   * The honest reply, then plain text in place of what should follow it, and no more.
   *
   * @param octets the plain text, line ends included
   * @return the action
   */
  public static SmtpAction thenPlainText(String octets) {
    return ending(
        (wire, honest) -> {
          wire.send(honest);
          wire.send(octets);
          wire.awaitEnd();
        });
  }

  /**
   * A reply of lines without end.
   *
   * @return the action
   */
  public static SmtpAction endlessLines() {
    return ending(
        (wire, honest) -> wire.sendEndlessly("250-and another line of the same reply\r\n"));
  }

  /**
   * A reply of one line without end.
   *
   * @return the action
   */
  public static SmtpAction endlessLine() {
    return ending(
        (wire, honest) -> wire.sendEndlessly("250 and more and more and more of one line "));
  }

  /**
   * This action for the first time, and the honest reply ever after: a server that asks to come
   * back later.
   *
   * @return the action
   */
  public SmtpAction once() {
    AtomicBoolean done = new AtomicBoolean();
    return new SmtpAction(() -> done.getAndSet(true) ? honest().turn() : turn());
  }
}
