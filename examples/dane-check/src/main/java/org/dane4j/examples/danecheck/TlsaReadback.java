// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.match.MatchResult;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.rollover.ServerKey;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;

/**
 * Reads what is about to be printed as somebody else's program would, and holds it against what it
 * was made of. Whatever differs is a defect, and nothing is printed.
 *
 * @param wanted the records that shall stand there
 * @param current the records that stand there, as far as known
 * @param keys what the wanted records were made of
 * @param at the instant at which certificates must be valid
 */
record TlsaReadback(TlsaRrset wanted, List<TlsaRecord> current, List<ServerKey> keys, Instant at) {

  private static final String ADD = "update add ";
  private static final String DELETE = "update delete ";

  /** Returns the text if it is right. */
  String verified(TlsaFormat format, String text) {
    Set<TlsaRecord> read =
        switch (format) {
          case ZONE, GENERIC -> zone(text, wanted.owner().toString());
          case CNAME -> aliased(text);
          case NSUPDATE -> updated(text);
          case DIFF -> changed(text);
        };
    verify(read);
    return text;
  }

  /** Returns the object if its records and lines are right. */
  String verifiedJson(String text) {
    Map<String, List<String>> arrays = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.VALUE_STRING
            && json.getParsingContext().inArray()
            && json.getParsingContext().getParent().getParent().inRoot()) {
          String name = json.getParsingContext().getParent().getCurrentName();
          arrays.computeIfAbsent(name, it -> new ArrayList<>()).add(json.getText());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the output is no JSON", e);
    }
    verify(
        arrays.getOrDefault("records", List.of()).stream()
            .map(TlsaRecord::parse)
            .collect(Collectors.toSet()));
    for (String form : List.of("zone", "generic")) {
      String lines = String.join("\n", arrays.getOrDefault(form, List.of())) + "\n";
      verify(zone(lines, wanted.owner().toString()));
    }
    return text;
  }

  /** Checks records that were read. */
  void verify(Set<TlsaRecord> read) {
    if (!read.equals(Set.copyOf(wanted.records()))) {
      throw new IllegalStateException("the output is not of the records that it should be of");
    }
    for (TlsaRecord record : read) {
      boolean usable = TlsaMatcher.forSmtp().usability(record) instanceof Usability.Usable;
      if (usable && keys.stream().noneMatch(key -> matches(record, key))) {
        throw new IllegalStateException("a record does not match what it was made of");
      }
    }
  }

  private boolean matches(TlsaRecord record, ServerKey key) {
    return TlsaMatcher.forSmtp()
            .match(
                TlsaRrset.of(wanted.owner(), record),
                key.peerChain(),
                ReferenceIdentifiers.of(wanted.owner().baseDomain()),
                at)
        instanceof MatchResult.Matched;
  }

  /** Reads lines of a zone file, all of which are of one name. */
  static Set<TlsaRecord> zone(String text, String owner) {
    Set<TlsaRecord> records = new HashSet<>();
    for (Record record : master(text)) {
      if (!record.getName().toString().equals(owner)) {
        throw new IllegalStateException("the output is for another name");
      }
      records.add(tlsa(record));
    }
    return records;
  }

  private Set<TlsaRecord> aliased(String text) {
    Set<TlsaRecord> records = new HashSet<>();
    Set<Name> targets = new HashSet<>();
    Set<Name> owners = new HashSet<>();
    for (Record record : master(text)) {
      if (record instanceof CNAMERecord alias) {
        targets.add(alias.getTarget());
      } else {
        owners.add(record.getName());
        records.add(tlsa(record));
      }
    }
    if (owners.size() != 1 || !owners.equals(targets)) {
      throw new IllegalStateException("the alias does not lead to the records");
    }
    return records;
  }

  private Set<TlsaRecord> updated(String text) {
    Set<TlsaRecord> records = new HashSet<>(current);
    for (String line : text.lines().toList()) {
      if (line.startsWith(DELETE)) {
        // A deletion has no TTL; a zone file's line has one.
        String name = wanted.owner() + " ";
        String rest = line.substring(DELETE.length() + name.length());
        records.removeAll(zone(name + "0 " + rest + "\n", wanted.owner().toString()));
      }
    }
    String added =
        text.lines()
            .filter(line -> line.startsWith(ADD))
            .map(line -> line.substring(ADD.length()) + "\n")
            .collect(Collectors.joining());
    records.addAll(zone(added, wanted.owner().toString()));
    return records;
  }

  private Set<TlsaRecord> changed(String text) {
    Set<TlsaRecord> records = new HashSet<>(current);
    for (String line : text.lines().toList()) {
      TlsaRecord record = TlsaRecord.parse(line.substring(1));
      if (line.startsWith("+")) {
        records.add(record);
      } else {
        records.remove(record);
      }
    }
    return records;
  }

  private static TlsaRecord tlsa(Record record) {
    if (!(record instanceof TLSARecord)) {
      throw new IllegalStateException("the output has a record of another type");
    }
    return TlsaRecord.ofRdata(Octets.of(record.rdataToWireCanonical()));
  }

  private static List<Record> master(String text) {
    List<Record> records = new ArrayList<>();
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    try (Master master = new Master(new ByteArrayInputStream(octets), Name.root)) {
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        records.add(record);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the output is no zone file: " + e.getMessage(), e);
    }
    return records;
  }
}
