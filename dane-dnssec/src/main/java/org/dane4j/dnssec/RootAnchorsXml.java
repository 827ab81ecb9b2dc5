// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the file of trust anchors that IANA publishes (RFC 9718) into zone-file form. */
final class RootAnchorsXml {

  private static final String REMEDY = ": take the file as IANA publishes it";

  private final XMLStreamReader xml;
  private final Instant at;
  private final StringBuilder records = new StringBuilder();
  private String zone = "";

  private RootAnchorsXml(XMLStreamReader xml, Instant at) {
    this.xml = xml;
    this.at = at;
  }

  /** Returns the DS records that are valid at a time, a line each; none if none is. */
  static String records(String text, Instant at) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // No document type, no entities: nothing is fetched and nothing grows.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      RootAnchorsXml reader =
          new RootAnchorsXml(factory.createXMLStreamReader(new StringReader(text)), at);
      reader.readAll();
      return reader.records.toString();
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNumber();
      throw problem(line, "this is not well-formed XML", e);
    }
  }

  private void readAll() throws XMLStreamException {
    boolean found = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw problem("document types and entities are not accepted");
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        found |= xml.getLocalName().equals("TrustAnchor");
        readElement();
      }
    }
    if (!found || zone.isEmpty()) {
      throw problem("there is no TrustAnchor element with a Zone");
    }
  }

  private void readElement() throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "TrustAnchor" -> {}
      case "Zone" -> zone = zoneName(xml.getElementText().strip());
      case "KeyDigest" -> readKeyDigest();
      default -> throw problem("the element " + xml.getLocalName() + " does not belong here");
    }
  }

  /** The name goes into lines of a zone file, and must not bring others with it. */
  private String zoneName(String text) {
    if (!text.matches("[A-Za-z0-9_.-]*")) {
      throw problem("Zone '" + text + "' is not a name");
    }
    return text;
  }

  private void readKeyDigest() throws XMLStreamException {
    // RFC 9718 §2.1.1: an anchor counts from validFrom on, and no longer than validUntil.
    Instant from = instant("validFrom");
    boolean open = xml.getAttributeValue(null, "validUntil") == null;
    boolean valid = !at.isBefore(from) && (open || at.isBefore(instant("validUntil")));
    Map<String, String> fields = new HashMap<>();
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      if (xml.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
        throw problem("document types and entities are not accepted");
      }
      if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
        fields.put(xml.getLocalName(), xml.getElementText().strip());
      }
    }
    String record =
        zone
            + " IN DS "
            + number(fields, "KeyTag", 0xffff)
            + ' '
            + number(fields, "Algorithm", 0xff)
            + ' '
            + number(fields, "DigestType", 0xff)
            + ' '
            + digest(fields);
    if (valid) {
      records.append(record).append('\n');
    }
  }

  private Instant instant(String attribute) {
    String text = xml.getAttributeValue(null, attribute);
    try {
      return OffsetDateTime.parse(text == null ? "" : text).toInstant();
    } catch (DateTimeException e) {
      throw problem(attribute + " is not a time such as 2017-02-02T00:00:00+00:00");
    }
  }

  private int number(Map<String, String> fields, String name, int most) {
    String text = fields.getOrDefault(name, "");
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > most) {
      throw problem(name + " '" + text + "' is not a number from 0 to " + most);
    }
    return Integer.parseInt(text);
  }

  private String digest(Map<String, String> fields) {
    String text = fields.getOrDefault("Digest", "");
    if (!text.matches("([0-9A-Fa-f]{2})+")) {
      throw problem("Digest '" + text + "' is not hexadecimal");
    }
    return text.toUpperCase(Locale.ROOT);
  }

  private IllegalArgumentException problem(String what) {
    return problem(xml.getLocation().getLineNumber(), what, null);
  }

  private static IllegalArgumentException problem(
      int line, String what, @Nullable Throwable cause) {
    String text = what.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ");
    return new IllegalArgumentException("root anchors, line " + line + ": " + text + REMEDY, cause);
  }
}
