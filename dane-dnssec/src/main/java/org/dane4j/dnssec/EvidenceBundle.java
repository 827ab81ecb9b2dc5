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
 * trust anchors, the algorithms and limits, and whatever else the application adds, such as
 * certificates. Whoever made a bundle chose all of it, and so what is secure in it.
 *
 * <p>Immutable and thread-safe. The octets are described in {@code docs/evidence-format.md}.
 *
 * @param at when the decision was made, from {@link #EARLIEST} to {@link #LATEST}
 * @param anchors where trust began, and the exceptions from it
 * @param rules what counted, and what it might cost
 * @param evidence the responses
 * @param attachments what else is kept, by names in printable ASCII of 255 characters at most
 */
public record EvidenceBundle(
    Instant at,
    TrustAnchors anchors,
    JudgmentRules rules,
    Evidence evidence,
    SortedMap<String, Octets> attachments) {

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
  private static final int VERSION = 3;
  private static final String FORMAT = "dane4j evidence bundle";

  /**
   * Copies the attachments.
   *
   * @param at when the decision was made
   * @param anchors where trust began
   * @param rules what counted
   * @param evidence the responses
   * @param attachments what else is kept
   * @throws IllegalArgumentException if signatures cannot speak of the instant or of the end of a
   *     negative trust anchor, there are too many attachments, or one has no proper name
   */
  public EvidenceBundle {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(anchors, "trust anchors");
    Objects.requireNonNull(evidence, "evidence");
    Objects.requireNonNull(rules, "rules");
    requireTimeOfDnssec(at);
    anchors.negative().values().forEach(EvidenceBundle::requireTimeOfDnssec);
    if (anchors.negative().size() > RulesFormat.MAX_NEGATIVE_ANCHORS) {
      throw new IllegalArgumentException(
          "a bundle takes " + RulesFormat.MAX_NEGATIVE_ANCHORS + " negative trust anchors");
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

  /**
   * Makes a bundle of what was judged by the default rules.
   *
   * @param at when the decision was made
   * @param anchors where trust began
   * @param evidence the responses
   * @param attachments what else is kept
   * @throws IllegalArgumentException as of the other constructor
   */
  public EvidenceBundle(
      Instant at, TrustAnchors anchors, Evidence evidence, SortedMap<String, Octets> attachments) {
    this(at, anchors, JudgmentRules.defaults(), evidence, attachments);
  }

  /**
   * Returns the same bundle with other attachments.
   *
   * @param others what else is kept
   * @return the new bundle
   */
  public EvidenceBundle withAttachments(SortedMap<String, Octets> others) {
    return new EvidenceBundle(at, anchors, rules, evidence, others);
  }

  /**
   * Returns whether the default rules decide, and no negative trust anchor does.
   *
   * @return whether nothing but the trust anchors is unusual about the judgment
   */
  public boolean isJudgedByDefaults() {
    return anchors.negative().isEmpty() && rules.decideAs(JudgmentRules.defaults());
  }

  private static void requireTimeOfDnssec(Instant at) {
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          at + " is no time of DNSSEC, which are from " + EARLIEST + " to " + LATEST);
    }
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
    RulesFormat.writeInstant(out, at);
    out.u32(text.length).octets(text);
    out.u32(responses.length).octets(responses);
    RulesFormat.writeNegative(out, anchors.negative());
    RulesFormat.writeRules(out, rules);
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
    Instant at = RulesFormat.readInstant(in, "the instant");
    TrustAnchors positive = anchors(in);
    Evidence evidence = evidence(in);
    TrustAnchors anchors = RulesFormat.readNegative(in, positive);
    JudgmentRules rules = RulesFormat.readRules(in);
    SortedMap<String, Octets> attachments = attachments(in);
    in.end();
    return new EvidenceBundle(at, anchors, rules, evidence, attachments);
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
