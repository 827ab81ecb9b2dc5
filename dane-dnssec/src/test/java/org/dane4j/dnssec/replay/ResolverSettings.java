// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.AlgorithmPolicy;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.LegacyAlgorithms;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationLimits;
import org.dane4j.dnssec.replay.ReplayFile.Clause;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The settings of a replay file as those of our validator. */
final class ResolverSettings {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final int DEFAULT_ITERATIONS = 150;

  private final Clause server;
  private final ReplayFile file;

  ResolverSettings(ReplayFile file) {
    this.file = file;
    this.server = file.server();
  }

  ChainValidator validator() {
    AlgorithmPolicy algorithms = LegacyAlgorithms.policy();
    boolean every = server.last("harden-algo-downgrade", "no").equals("yes");
    return ChainValidator.trusting(anchors())
        .withAlgorithms(every ? algorithms.requiringEveryAlgorithm() : algorithms)
        .withLimits(ValidationLimits.defaults().withMaxNsec3Iterations(iterations()));
  }

  private TrustAnchors anchors() {
    if (!server.last("module-config", "validator").contains("validator")) {
      return TrustAnchors.none();
    }
    List<String> lines = new ArrayList<>();
    for (String line : server.all("trust-anchor")) {
      RrText.parse(line)
          .filter(rr -> rr.type() == Type.DS || rr.type() == Type.DNSKEY)
          .map(rr -> Record.newRecord(rr.owner(), rr.type(), DClass.IN, 0, rr.rdata().array()))
          .ifPresent(rr -> lines.add(rr.toString()));
    }
    TrustAnchors anchors =
        lines.isEmpty() ? TrustAnchors.none() : TrustAnchors.parse(String.join("\n", lines));
    for (String zone : server.all("domain-insecure")) {
      try {
        anchors = anchors.withNegativeAnchor(RrText.name(zone), Instant.MAX);
      } catch (IOException e) {
        // Not a name: passed over.
      }
    }
    return anchors;
  }

  /** When signatures are judged. */
  Instant at() {
    String text = server.last("val-override-date", "0");
    if (text.equals("-1")) {
      return whenMostSignaturesCount();
    }
    try {
      return text.length() == 14
          ? LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC)
          : Instant.ofEpochSecond(Long.parseLong(text));
    } catch (DateTimeParseException | NumberFormatException e) {
      return Instant.EPOCH;
    }
  }

  /** The file wants no signature to be judged by its time: takes the time that suits the most. */
  private Instant whenMostSignaturesCount() {
    List<long[]> periods =
        file.ranges().stream()
            .flatMap(range -> range.entries().stream())
            .flatMap(entry -> entry.sections().all())
            .filter(rr -> rr.type() == Type.RRSIG && rr.rdata().limit() >= 18)
            .map(rr -> new long[] {seconds(rr, 12), seconds(rr, 8)})
            .toList();
    long best = 0;
    long most = 0;
    for (long[] candidate : periods) {
      long at = candidate[0];
      long count = periods.stream().filter(period -> period[0] <= at && at <= period[1]).count();
      best = count > most ? at : best;
      most = Math.max(count, most);
    }
    return Instant.ofEpochSecond(best);
  }

  private static long seconds(Rr rrsig, int offset) {
    return Integer.toUnsignedLong(rrsig.rdata().getInt(offset));
  }

  /** Pairs of a key size and the iterations allowed up to it; we have one number for all. */
  private int iterations() {
    String text = server.last("val-nsec3-keysize-iterations", "");
    List<String> numbers = RrText.words(text);
    int bits = keyBits();
    int iterations = DEFAULT_ITERATIONS;
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      iterations = ReplayParser.number(numbers, i + 1, DEFAULT_ITERATIONS);
      if (bits <= ReplayParser.number(numbers, i, 0)) {
        break;
      }
    }
    return iterations;
  }

  /** The size of the file's largest key, roughly. */
  private int keyBits() {
    return file.ranges().stream()
        .flatMap(range -> range.entries().stream())
        .flatMap(entry -> entry.sections().answer().stream())
        .filter(rr -> rr.type() == Type.DNSKEY)
        .mapToInt(rr -> (rr.rdata().limit() - 8) * 8)
        .max()
        .orElse(0);
  }
}
