// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.util.List;
import org.dane4j.tlsa.TlsaRecord;

/**
 * What to change at a name, for whoever enters it by hand or through a provider's interface.
 *
 * @param add the records that are missing
 * @param remove the records that are too many
 * @since 0.1
 */
public record TlsaChange(List<TlsaRecord> add, List<TlsaRecord> remove) {

  /**
   * Copies the lists.
   *
   * @param add the records that are missing
   * @param remove the records that are too many
   */
  public TlsaChange {
    add = List.copyOf(add);
    remove = List.copyOf(remove);
  }

  /**
   * Returns what leads from one set of records to another.
   *
   * @param current the records that are published, maybe none
   * @param wanted the records to publish
   * @return the difference, in the order of the lists
   */
  public static TlsaChange between(List<TlsaRecord> current, List<TlsaRecord> wanted) {
    return new TlsaChange(
        wanted.stream().filter(record -> !current.contains(record)).toList(),
        current.stream().filter(record -> !wanted.contains(record)).toList());
  }

  /** Returns a line for each record, {@code + 3 1 1 …} or {@code - 3 1 1 …}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    remove.forEach(record -> text.append("- ").append(record).append('\n'));
    add.forEach(record -> text.append("+ ").append(record).append('\n'));
    return text.toString();
  }
}
