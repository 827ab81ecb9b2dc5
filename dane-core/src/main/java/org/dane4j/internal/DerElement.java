// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

/**
 * One element of DER: a tag, a length and a content.
 *
 * @param tag the identifier octet
 * @param whole the element with its header
 * @param header the number of octets before the content
 */
public record DerElement(int tag, DerSlice whole, int header) {

  /** Universal tag of BOOLEAN. */
  public static final int BOOLEAN = 0x01;

  /** Universal tag of INTEGER. */
  public static final int INTEGER = 0x02;

  /** Universal tag of BIT STRING. */
  public static final int BIT_STRING = 0x03;

  /** Universal tag of OCTET STRING. */
  public static final int OCTET_STRING = 0x04;

  /** Universal tag of OBJECT IDENTIFIER. */
  public static final int OBJECT_IDENTIFIER = 0x06;

  /** Universal tag of UTF8String. */
  public static final int UTF8_STRING = 0x0c;

  /** Universal tag of PrintableString. */
  public static final int PRINTABLE_STRING = 0x13;

  /** Universal tag of TeletexString. */
  public static final int TELETEX_STRING = 0x14;

  /** Universal tag of IA5String. */
  public static final int IA5_STRING = 0x16;

  /** Universal tag of UTCTime. */
  public static final int UTC_TIME = 0x17;

  /** Universal tag of GeneralizedTime. */
  public static final int GENERALIZED_TIME = 0x18;

  /** Universal tag of SEQUENCE. */
  public static final int SEQUENCE = 0x30;

  /** Universal tag of SET. */
  public static final int SET = 0x31;

  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  /**
   * Returns the context-specific tag of a primitive element.
   *
   * @param number the number in brackets, 0–30
   * @return the identifier octet
   */
  public static int context(int number) {
    return CONTEXT | number;
  }

  /**
   * Returns the context-specific tag of a constructed element.
   *
   * @param number the number in brackets, 0–30
   * @return the identifier octet
   */
  public static int contextConstructed(int number) {
    return CONTEXT | CONSTRUCTED | number;
  }

  /**
   * Returns the element without its header.
   *
   * @return the content
   */
  public DerSlice content() {
    return whole.part(header, whole.length());
  }

  boolean isConstructed() {
    return (tag & CONSTRUCTED) != 0;
  }
}
