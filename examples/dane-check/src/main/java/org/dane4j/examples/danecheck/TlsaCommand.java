// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.rollover.GeneratedTlsa;
import org.dane4j.rollover.ServerKey;
import org.dane4j.rollover.TlsaChange;
import org.dane4j.rollover.TlsaFinding;
import org.dane4j.rollover.TlsaForm;
import org.dane4j.rollover.TlsaGenerator;
import org.dane4j.rollover.TlsaZoneText;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the TLSA records of a mail host. */
@Command(
    name = "tlsa",
    mixinStandardHelpOptions = true,
    description = "Makes the TLSA records to publish for a mail host, and checks them.")
final class TlsaCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "HOST",
      arity = "0..1",
      description = "the mail host. Default: that of --from-server")
  private @Nullable String host;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description =
          "a certificate, full chain, signing request, key, or PKCS #12; again for further keys")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--from-server",
      paramLabel = "HOST[:PORT]",
      description = "what this server presents now")
  private @Nullable String server;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "such as '3 1 1', which is the default; again for further ones")
  private List<String> forms = new ArrayList<>();

  @Option(names = "--issuer", description = "2 1 1 of the issuing CA as well")
  private boolean issuer;

  @Option(
      names = "--ttl",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "the records' TTL. Default: 3600")
  private long ttl;

  @Option(
      names = "--format",
      defaultValue = "zone",
      description = "zone, generic (RFC 3597), cname, nsupdate or diff. Default: zone")
  private TlsaFormat format = TlsaFormat.ZONE;

  @Option(
      names = "--shared-name",
      paramLabel = "NAME",
      description = "where the records stand with --format cname")
  private @Nullable String sharedName;

  @Option(
      names = "--current",
      paramLabel = "FILE",
      description = "the records that are published, for nsupdate and diff")
  private @Nullable Path current;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private KeyFiles keyFiles = new KeyFiles();

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  TlsaCommand() {}

  @Override
  public Integer call() {
    Instant at = Instant.now();
    TlsaZoneText writer = writer();
    TlsaOwnerName owner = owner();
    List<TlsaRecord> published = current == null ? List.of() : CurrentRecords.read(current, owner);
    List<TlsaForm> wanted = forms();
    List<ServerKey> keys = keys();
    GeneratedTlsa result = TlsaGenerator.of(owner, at).generate(keys, wanted);
    if (result instanceof GeneratedTlsa.Refused refused) {
      throw new BadInputException(source() + ": " + refused.reason());
    }
    GeneratedTlsa.Made made = (GeneratedTlsa.Made) result;
    TlsaReadback readback = new TlsaReadback(made.rrset(), published, keys, at);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(readback.verifiedJson(json(made, published, readback, writer)));
    } else {
      out.print(readback.verified(format, text(format, made.rrset(), published, writer)));
      made.findings().forEach(this::warn);
    }
    out.flush();
    return DaneCheck.DELIVERED;
  }

  private TlsaZoneText writer() {
    try {
      return TlsaZoneText.withTtl(Duration.ofSeconds(ttl));
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--ttl " + ttl + ": give seconds, from 0 to 2147483647");
    }
  }

  private TlsaOwnerName owner() {
    String given = host;
    if (given == null && server != null) {
      return new TlsaOwnerName(endpoint(server).port(), "tcp", name(endpoint(server)));
    }
    if (given == null) {
      throw new BadInputException("no mail host given: try 'dane-check tlsa HOST --from FILE'");
    }
    NextHop.Host endpoint = options.host("", given);
    if (server != null && endpoint(server).port() != endpoint.port()) {
      throw new BadInputException(
          "--from-server %s: the records are for port %s, which may present another key; give the same port by --port"
              .formatted(server, endpoint.port()));
    }
    return new TlsaOwnerName(endpoint.port(), "tcp", name(endpoint));
  }

  private List<TlsaForm> forms() {
    Set<TlsaForm> wanted = new LinkedHashSet<>();
    for (String form : forms) {
      try {
        wanted.add(TlsaForm.parse(form));
      } catch (IllegalArgumentException e) {
        throw new BadInputException("--form '" + form + "': " + e.getMessage());
      }
    }
    if (wanted.isEmpty()) {
      wanted.add(TlsaForm.DANE_EE);
    }
    if (issuer) {
      wanted.add(TlsaForm.DANE_TA);
    }
    return List.copyOf(wanted);
  }

  private String source() {
    return server == null ? "--from " + files.get(0) : "--from-server " + server;
  }

  private List<ServerKey> keys() {
    if (files.isEmpty() == (server == null)) {
      throw new BadInputException("give either --from FILE or --from-server HOST[:PORT]");
    }
    if (server == null) {
      return files.stream().map(file -> keyFiles.read("--from", file)).distinct().toList();
    }
    try (DnssecResolver dns = options.newResolver().build()) {
      LiveServer live = LiveServer.of(options, dns, endpoint(server));
      if (live.verdict() != Verdict.DANE_VERIFIED) {
        warn(
            "nothing authenticates what the server presents; compare it with the server's own file"
                + " before you publish it");
      }
      live.unseen()
          .forEach(it -> warn("not seen, and perhaps with another key: " + PlainText.of(it)));
      return live.keys();
    }
  }

  private NextHop.Host endpoint(String text) {
    return options.host("--from-server", text);
  }

  private static String name(NextHop.Host endpoint) {
    return endpoint.name().toString(true);
  }

  private String text(
      TlsaFormat wanted, TlsaRrset rrset, List<TlsaRecord> published, TlsaZoneText writer) {
    return switch (wanted) {
      case ZONE -> writer.master(rrset);
      case GENERIC -> writer.generic(rrset);
      case CNAME -> shared(rrset, writer);
      case NSUPDATE -> writer.nsupdate(rrset.owner(), published, rrset.records());
      case DIFF -> TlsaChange.between(published, rrset.records()).toString();
    };
  }

  private String shared(TlsaRrset rrset, TlsaZoneText writer) {
    if (sharedName == null) {
      throw new BadInputException(
          "--format cname needs --shared-name NAME, such as tlsa._dane.example.org");
    }
    try {
      return writer.shared(rrset.records(), sharedName, List.of(rrset.owner()));
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--shared-name '" + sharedName + "': " + e.getMessage());
    }
  }

  private String json(
      GeneratedTlsa.Made made,
      List<TlsaRecord> published,
      TlsaReadback readback,
      TlsaZoneText writer) {
    TlsaRrset rrset = made.rrset();
    TlsaChange change = TlsaChange.between(published, rrset.records());
    return JsonText.object(
        out -> {
          out.writeStringField("owner", rrset.owner().toString());
          out.writeNumberField("ttl", ttl);
          JsonText.strings(out, "records", rrset.records());
          for (TlsaFormat each : List.of(TlsaFormat.ZONE, TlsaFormat.GENERIC)) {
            String text = readback.verified(each, text(each, rrset, published, writer));
            JsonText.strings(out, each.name().toLowerCase(Locale.ROOT), text.lines().toList());
          }
          readback.verified(TlsaFormat.DIFF, change.toString());
          JsonText.strings(out, "add", change.add());
          JsonText.strings(out, "remove", change.remove());
          findings(out, made.findings());
        });
  }

  private static void findings(JsonGenerator out, List<TlsaFinding> findings) throws IOException {
    out.writeArrayFieldStart("findings");
    for (TlsaFinding finding : findings) {
      out.writeStartObject();
      out.writeStringField("rule", word(finding.rule()));
      out.writeStringField("severity", word(finding.rule().severity()));
      out.writeStringField("reference", finding.rule().reference());
      out.writeStringField("explanation", finding.explanation());
      out.writeStringField("remedy", finding.rule().remedy());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void warn(Object what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("dane-check: " + what);
    err.flush();
  }
}
