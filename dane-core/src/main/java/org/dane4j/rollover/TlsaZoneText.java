// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.dane4j.internal.DomainNames;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/**
 * Writes TLSA records in the forms that name servers read. All names are absolute, all digits are
 * lower case, each line ends with a line feed.
 *
 * @since 0.1
 */
public final class TlsaZoneText {

  private final Duration ttl;

  private TlsaZoneText(Duration ttl) {
    this.ttl = ttl;
  }

  /**
   * Returns a writer.
   *
   * @param ttl the TTL of each record, whole seconds
   * @return a writer
   * @throws IllegalArgumentException if the TTL is negative, longer than 68 years, or not whole
   *     seconds (RFC 2181 §8)
   */
  public static TlsaZoneText withTtl(Duration ttl) {
    if (ttl.isNegative()
        || !ttl.equals(ttl.truncatedTo(ChronoUnit.SECONDS))
        || ttl.toSeconds() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a TTL is a number of seconds from 0 to 2147483647 (RFC 2181 §8), not " + ttl);
    }
    return new TlsaZoneText(ttl);
  }

  /**
   * Writes lines for a zone file: {@code _25._tcp.mx.example.org. 3600 IN TLSA 3 1 1 8cb0…}.
   *
   * @param rrset the records; malformed ones are left out
   * @return a line for each record
   */
  public String master(TlsaRrset rrset) {
    return lines(rrset.records(), record -> master(rrset.owner().toString(), record));
  }

  /**
   * Writes lines for name servers that do not know the type TLSA (RFC 3597 §5): {@code … IN TYPE52
   * \# 35 030101…}.
   *
   * @param rrset the records; malformed ones are left out
   * @return a line for each record
   */
  public String generic(TlsaRrset rrset) {
    return lines(
        rrset.records(),
        record ->
            "%s %s IN TYPE52 \\# %s %s"
                .formatted(
                    rrset.owner(),
                    ttl.toSeconds(),
                    record.toRdata().length(),
                    record.toRdata().toHex()));
  }

  /**
   * Writes one set of records and the servers' names as aliases of it (RFC 7671 §5.1, RFC 7672
   * §3.1.2), so that there is one place to change.
   *
   * @param records the records
   * @param sharedName where they shall stand, such as {@code tlsa._dane.example.com}
   * @param servers the names that become its aliases
   * @return a line for each record, and one for each server
   * @throws IllegalArgumentException if the shared name is no domain name, or is one of the servers
   */
  public String shared(List<TlsaRecord> records, String sharedName, List<TlsaOwnerName> servers) {
    String target = DomainNames.normalize(sharedName) + ".";
    if (servers.stream().anyMatch(server -> server.toString().equals(target))) {
      throw new IllegalArgumentException(
          target + " cannot be an alias of itself; choose another name for the records");
    }
    return servers.stream()
            .map(server -> "%s %s IN CNAME %s\n".formatted(server, ttl.toSeconds(), target))
            .collect(Collectors.joining())
        + lines(records, record -> master(target, record));
  }

  /**
   * Writes a script for {@code nsupdate} (RFC 2136), which makes the change in one transaction. If
   * the current records are known, it changes nothing unless exactly these are there.
   *
   * @param owner the name
   * @param current the records that are published; empty if none are, or they are not known
   * @param wanted the records to publish
   * @return the script
   */
  public String nsupdate(TlsaOwnerName owner, List<TlsaRecord> current, List<TlsaRecord> wanted) {
    TlsaChange change = TlsaChange.between(current, wanted);
    // RFC 2136 §2.4.2: the RRset exists, with exactly this data.
    return lines(current, record -> "prereq yxrrset %s IN TLSA %s".formatted(owner, record))
        + lines(change.remove(), record -> "update delete %s IN TLSA %s".formatted(owner, record))
        + lines(change.add(), record -> "update add " + master(owner.toString(), record))
        + "send\n";
  }

  private String master(String owner, TlsaRecord record) {
    return "%s %s IN TLSA %s".formatted(owner, ttl.toSeconds(), record);
  }

  private interface Line {
    String of(TlsaRecord record);
  }

  private static String lines(List<TlsaRecord> records, Line line) {
    return records.stream().map(record -> line.of(record) + "\n").collect(Collectors.joining());
  }
}
