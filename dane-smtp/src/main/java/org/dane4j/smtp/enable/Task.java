// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.List;

/**
 * Something that the admin has to do.
 *
 * @param place where
 * @param text what, in a sentence
 * @param remove zone-file lines to take away; empty if that is none of it
 * @param publish zone-file lines to put in; empty if that is none of it
 */
public record Task(Place place, String text, List<String> remove, List<String> publish) {

  /** Copies the lists. */
  public Task {
    remove = List.copyOf(remove);
    publish = List.copyOf(publish);
  }

  static Task of(Place place, String text) {
    return new Task(place, text, List.of(), List.of());
  }

  /** Where something is done. */
  public enum Place {
    /** In the zone of the domain, or of its mail host. */
    ZONE,
    /** At the registrar or the operator of the zone above. */
    PARENT,
    /** Where the zone is signed. */
    SIGNER,
    /** At the mail provider. */
    PROVIDER
  }
}
