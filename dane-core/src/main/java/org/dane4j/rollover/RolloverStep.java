// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Instant;
import java.util.List;
import org.dane4j.tlsa.TlsaRecord;

/**
 * One step of a rollover.
 *
 * @since 0.1
 */
public sealed interface RolloverStep {

  /**
   * Returns when the step may be taken.
   *
   * @return not before; of a wait, its end
   */
  Instant earliest();

  /**
   * Returns why it is this step, and why not sooner.
   *
   * @return sentences in English
   */
  String why();

  /**
   * Publish these records, and no others, at the name. The server stays as it is.
   *
   * @param earliest when
   * @param records the whole RRset
   * @param why why
   */
  record Publish(Instant earliest, List<TlsaRecord> records, String why) implements RolloverStep {

    /**
     * Copies the list.
     *
     * @param earliest when
     * @param records the whole RRset
     * @param why why
     */
    public Publish {
      records = List.copyOf(records);
    }
  }

  /**
   * Change nothing.
   *
   * @param until until then
   * @param why for what
   */
  record Wait(Instant until, String why) implements RolloverStep {
    @Override
    public Instant earliest() {
      return until;
    }
  }

  /**
   * Let all servers present the next key, and verify it at each address.
   *
   * @param earliest when
   * @param why why
   */
  record Deploy(Instant earliest, String why) implements RolloverStep {}

  /**
   * Publish these records, and no others: those of keys that are no longer presented go.
   *
   * @param earliest when
   * @param records the whole RRset
   * @param why why
   */
  record Retire(Instant earliest, List<TlsaRecord> records, String why) implements RolloverStep {

    /**
     * Copies the list.
     *
     * @param earliest when
     * @param records the whole RRset
     * @param why why
     */
    public Retire {
      records = List.copyOf(records);
    }
  }

  /**
   * An emergency: publish these records, and no others, and deploy the next key in the same moment.
   *
   * @param earliest when
   * @param records the whole RRset
   * @param outageUntil until then, mail of some senders waits
   * @param why why, and what can go wrong
   */
  record Replace(Instant earliest, List<TlsaRecord> records, Instant outageUntil, String why)
      implements RolloverStep {

    /**
     * Copies the list.
     *
     * @param earliest when
     * @param records the whole RRset
     * @param outageUntil until then, mail of some senders waits
     * @param why why, and what can go wrong
     */
    public Replace {
      records = List.copyOf(records);
    }
  }

  /**
   * There is no safe step to the goal.
   *
   * @param earliest the time it was found out for
   * @param why why not, and what to do instead
   */
  record Blocked(Instant earliest, String why) implements RolloverStep {}

  /**
   * The goal is reached.
   *
   * @param earliest the time it is, or will be
   * @param why what is reached, and what to do for the next time
   */
  record Done(Instant earliest, String why) implements RolloverStep {}
}
