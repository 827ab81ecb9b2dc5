// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

/** A password that no text shows. */
final class Password {

  private final char[] characters;

  Password(char[] characters) {
    this.characters = characters.clone();
  }

  char[] characters() {
    return characters.clone();
  }

  @Override
  public String toString() {
    return "password";
  }
}
