// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dane4j.tlsa.Octets;

/**
 * All that a decision rested on, to be judged again at any time: the DNS evidence, the instant, the
 * trust anchors, and whatever else the application adds, such as certificates.
 *
 * <p>Immutable and thread-safe. The octets are described in {@code docs/evidence-format.md}.
 *
 * @param at when the decision was made, from {@link #EARLIEST} to {@link #LATEST}
 * @param anchors where trust began; only those that DS and DNSKEY records can express are saved
 * @param evidence the responses
 * @param attachments what else is kept, by names in printable ASCII of 255 characters at most
 */
public record EvidenceBundle(
    Instant at, TrustAnchors anchors, Evidence evidence, SortedMap<String, Octets> attachments) {

  /** The greatest number of attachments. */
  public static final int MAX_ATTACHMENTS = 4096;

  /** The greatest number of octets of a bundle. */
  public static final int MAX_OCTETS = 16 << 20;

  /** The earliest time that signatures can speak of (RFC 4034 §3.1.5). */
  public static final Instant EARLIEST = Instant.EPOCH;

  /** The latest time that signatures can speak of, 2106-02-07T06:28:15Z (RFC 4034 §3.1.5). */
  public static final Instant LATEST = Instant.ofEpochSecond(0xffff_ffffL);

  /** Text is read with a parser that takes more room than text. */
  private static final int MAX_ANCHOR_TEXT = 1 << 20;

  private static final byte[] MAGIC = "dane4jEb".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final String FORMAT = "dane4j evidence bundle";

  /**
   * Copies the attachments.
   *
   * @param at when the decision was made
   * @param anchors where trust began
   * @param evidence the responses
   * @param attachments what else is kept
   * @throws IllegalArgumentException if there are negative trust anchors, signatures cannot speak
   *     of the instant, there are too many attachments, or one has no proper name
   */
  public EvidenceBundle {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(anchors, "trust anchors");
    Objects.requireNonNull(evidence, "evidence");
    if (anchors.hasNegative()) {
      throw new IllegalArgumentException(
          "a bundle has no negative trust anchors, and without them it would say something else");
    }
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          at + " is no time of DNSSEC, which are from " + EARLIEST + " to " + LATEST);
    }
    if (attachments.size() > MAX_ATTACHMENTS) {
      throw new IllegalArgumentException(
          attachments.size() + " attachments: a bundle takes " + MAX_ATTACHMENTS);
    }
    for (String name : attachments.keySet()) {
      if (!isName(name)) {
        throw new IllegalArgumentException(
            "'" + name + "' is no name of an attachment: use 1 to 255 printable ASCII characters");
      }
    }
    attachments = Collections.unmodifiableSortedMap(new TreeMap<>(attachments));
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.length() <= 255
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /**
   * Returns the bundle in octets.
   *
   * @return octets for {@link #read}
   * @throws IllegalStateException if they would be more than {@link #MAX_OCTETS}, or the evidence
   *     is too much to be saved
   */
  public byte[] toBytes() {
    byte[] text = anchors.toText().getBytes(StandardCharsets.UTF_8);
    byte[] responses = evidence.toBytes();
    if (text.length > MAX_ANCHOR_TEXT) {
      throw new IllegalStateException(
          "the trust anchors take more than " + MAX_ANCHOR_TEXT + " octets: save fewer");
    }
    OctetWriter out = new OctetWriter().octets(MAGIC).u16(VERSION);
    out.u32((int) at.getEpochSecond()).u32(at.getNano());
    out.u32(text.length).octets(text);
    out.u32(responses.length).octets(responses);
    out.u16(attachments.size());
    for (Map.Entry<String, Octets> attachment : attachments.entrySet()) {
      byte[] name = attachment.getKey().getBytes(StandardCharsets.US_ASCII);
      Octets content = attachment.getValue();
      out.u8(name.length).octets(name).u32(content.length()).octets(content.toByteArray());
      if (out.length() > MAX_OCTETS) {
        throw new IllegalStateException(
            "an evidence bundle takes " + MAX_OCTETS + " octets: save less");
      }
    }
    return out.toByteArray();
  }

  /**
   * Reads a bundle from octets.
   *
   * @param octets what {@link #toBytes} returned
   * @return the bundle
   * @throws MalformedEvidenceException if the octets are not a bundle, of an unknown version, or
   *     too many
   */
  public static EvidenceBundle read(byte[] octets) throws MalformedEvidenceException {
    if (octets.length > MAX_OCTETS) {
      throw new MalformedEvidenceException(
          octets.length + " octets, and " + MAX_OCTETS + " is the maximum", 0);
    }
    OctetReader in = new OctetReader(octets);
    in.header(MAGIC, VERSION, FORMAT);
    Instant at = instant(in);
    TrustAnchors anchors = anchors(in);
    Evidence evidence = evidence(in);
    SortedMap<String, Octets> attachments = attachments(in);
    in.end();
    return new EvidenceBundle(at, anchors, evidence, attachments);
  }

  private static Instant instant(OctetReader in) throws MalformedEvidenceException {
    long seconds = in.u32("the instant");
    int nanos = in.upTo(999_999_999, in.u32("the instant"), "the instant's nanoseconds");
    Instant at = Instant.ofEpochSecond(seconds, nanos);
    if (at.isAfter(LATEST)) {
      throw in.malformed("the instant is after " + LATEST);
    }
    return at;
  }

  private static TrustAnchors anchors(OctetReader in) throws MalformedEvidenceException {
    String text = in.text(length(in, MAX_ANCHOR_TEXT, "the trust anchors"), "the trust anchors");
    try {
      return text.isEmpty() ? TrustAnchors.none() : TrustAnchors.parse(text);
    } catch (IllegalArgumentException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Evidence evidence(OctetReader in) throws MalformedEvidenceException {
    int length = length(in, MAX_OCTETS, "the evidence");
    int start = in.at();
    byte[] octets = in.octets(length, "the evidence");
    try {
      return Evidence.read(octets);
    } catch (MalformedEvidenceException e) {
      throw e.inside("the evidence", start);
    }
  }

  private static SortedMap<String, Octets> attachments(OctetReader in)
      throws MalformedEvidenceException {
    SortedMap<String, Octets> attachments = new TreeMap<>();
    int count = in.upTo(MAX_ATTACHMENTS, in.u16("the attachments"), "the count of attachments");
    for (int i = 0; i < count; i++) {
      String name = in.text(in.u8("an attachment's name"), "an attachment's name");
      boolean ordered = attachments.isEmpty() || attachments.lastKey().compareTo(name) < 0;
      if (!isName(name) || !ordered) {
        throw in.malformed("the attachments' names are not in order, or are none");
      }
      attachments.put(
          name, Octets.of(in.octets(length(in, MAX_OCTETS, "an attachment"), "an attachment")));
    }
    return attachments;
  }

  private static int length(OctetReader in, int maximum, String what)
      throws MalformedEvidenceException {
    return in.upTo(maximum, in.u32("the length of " + what), "the length of " + what);
  }
}
