// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

/**
 * Reads the elements of DER one after the other.
 *
 * <p>Each length is checked against what is left before anything is read. Only what certificates
 * are made of is accepted: definite lengths in their shortest form, and tags of one octet.
 */
public final class DerReader {

  private static final int LONG_FORM = 0x80;
  private static final int MULTI_OCTET_TAG = 0x1f;

  /** Four octets of length are four gigabytes, more than an array holds. */
  private static final int MAX_LENGTH_OCTETS = 4;

  private final DerSlice slice;
  private int position;

  private DerReader(DerSlice slice) {
    this.slice = slice;
  }

  /**
   * Returns a reader of the elements in a slice.
   *
   * @param slice zero or more elements
   * @return a reader that stands before the first
   */
  public static DerReader over(DerSlice slice) {
    return new DerReader(slice);
  }

  /**
   * Tells whether everything was read.
   *
   * @return whether nothing is left
   */
  public boolean atEnd() {
    return position == slice.length();
  }

  /**
   * Tells whether the next element has a tag.
   *
   * @param tag the identifier octet
   * @return whether an element is left and has that tag
   */
  public boolean nextIs(int tag) {
    return !atEnd() && slice.octetAt(position) == tag;
  }

  /**
   * Reads the next element.
   *
   * @return the element
   * @throws MalformedDerException if no well-formed element is left
   */
  public DerElement read() throws MalformedDerException {
    int start = position;
    int tag = octet();
    if ((tag & MULTI_OCTET_TAG) == MULTI_OCTET_TAG) {
      throw new MalformedDerException("a tag of more than one octet");
    }
    int length = length();
    if (length > slice.length() - position) {
      throw new MalformedDerException("an element is longer than what contains it");
    }
    int header = position - start;
    position += length;
    return new DerElement(tag, slice.part(start, position), header);
  }

  /**
   * Reads the next element, which must have a tag.
   *
   * @param tag the identifier octet
   * @return the element
   * @throws MalformedDerException if it has another tag, or no well-formed element is left
   */
  public DerElement read(int tag) throws MalformedDerException {
    if (!nextIs(tag)) {
      throw new MalformedDerException(
          String.format(
              "tag %02x expected, found %s",
              tag, atEnd() ? "the end" : String.format("%02x", slice.octetAt(position))));
    }
    return read();
  }

  /**
   * Reads the next element, which must have a tag, and returns a reader of its content.
   *
   * @param tag the identifier octet
   * @return a reader of what is inside
   * @throws MalformedDerException if it has another tag, or no well-formed element is left
   */
  public DerReader enter(int tag) throws MalformedDerException {
    return over(read(tag).content());
  }

  /**
   * Checks that everything was read.
   *
   * @param what what was read, for the message
   * @throws MalformedDerException if something is left
   */
  public void requireEnd(String what) throws MalformedDerException {
    if (!atEnd()) {
      throw new MalformedDerException("octets after the end of " + what);
    }
  }

  /**
   * Checks that a slice is well-formed down to its primitive elements, so that a recursive parser
   * can be let at it.
   *
   * @param slice zero or more elements
   * @param depth how deep elements may be nested
   * @throws MalformedDerException if an element is malformed or nested deeper
   */
  public static void requireNested(DerSlice slice, int depth) throws MalformedDerException {
    DerReader reader = over(slice);
    while (!reader.atEnd()) {
      DerElement element = reader.read();
      if (element.isConstructed()) {
        if (depth == 0) {
          throw new MalformedDerException("elements are nested too deeply");
        }
        requireNested(element.content(), depth - 1);
      }
    }
  }

  private int octet() throws MalformedDerException {
    if (atEnd()) {
      throw new MalformedDerException("an element is cut off");
    }
    return slice.octetAt(position++);
  }

  private int length() throws MalformedDerException {
    int first = octet();
    if (first < LONG_FORM) {
      return first;
    }
    int count = first - LONG_FORM;
    if (count == 0 || count > MAX_LENGTH_OCTETS) {
      throw new MalformedDerException("a length that DER does not allow");
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | octet();
    }
    // X.690 §10.1: the shortest form.
    if (length < LONG_FORM || length >> (8 * (count - 1)) == 0) {
      throw new MalformedDerException("a length that is not in its shortest form");
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }
}
