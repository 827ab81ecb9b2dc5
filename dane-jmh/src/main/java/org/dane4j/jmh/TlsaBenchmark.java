// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.dane4j.dnssec.Question;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.minidns.dane.DaneVerifier;
import org.minidns.dnssec.DnssecClient;
import org.minidns.dnssec.DnssecQueryResult;
import org.minidns.record.Record;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Type;

/**
 * A TLSA record against the certificates that a server sent, as a trust manager gets them. DANE-TA
 * records are about the last certificate of the chain, and every signature below it counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls setUp first.
public class TlsaBenchmark {

  private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

  /** Usage, selector and matching type. */
  @Param({"311", "211", "201"})
  public int record;

  /** How many certificates the server sends. */
  @Param({"1", "2", "3", "4"})
  public int certificates;

  private final TlsaMatcher matcher = TlsaMatcher.forSmtp();
  private final Instant at = Instant.now();
  private final List<Case> cases = new ArrayList<>();
  private MessageDigest sha256;
  private DaneVerifier minidns;
  private int next;

  /** Makes the benchmark. */
  public TlsaBenchmark() {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Case(
      String host,
      X509Certificate[] chain,
      TlsaRrset rrset,
      ReferenceIdentifiers names,
      byte[] digested,
      byte[] digest,
      Link[] links) {}

  /** One certificate's signature, with all prepared. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Link(Signature verifier, byte[] signed, byte[] signature) {}

  /**
   * Makes the certificates.
   *
   * @throws GeneralSecurityException never
   * @throws IOException never
   */
  @Setup
  public void setUp() throws GeneralSecurityException, IOException {
    sha256 = MessageDigest.getInstance("SHA-256");
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      String host = "mx" + i + ".bank.example";
      X509Certificate[] chain = chain(host);
      boolean endEntity = record / 100 == 3;
      X509Certificate meant = chain[endEntity ? 0 : chain.length - 1];
      int selector = record / 10 % 10;
      String data = Tlsa.rdata(record / 100, selector, record % 10, meant);
      byte[] digested = selector == 0 ? meant.getEncoded() : key(meant);
      records.append("_25._tcp.mx").append(i).append(" TLSA ").append(data).append('\n');
      cases.add(
          new Case(
              host,
              chain,
              TlsaRrset.of(TlsaOwnerName.smtp(host), TlsaRecord.parse(data)),
              ReferenceIdentifiers.of(host),
              digested,
              sha256.digest(digested),
              endEntity ? new Link[0] : links(chain)));
    }
    minidns = new DaneVerifier(new KnownAnswers(tree(records.toString().strip())));
  }

  private static DnsTree tree(String records) {
    List<Question> questions = new ArrayList<>();
    questions.add(Question.of(".", Type.DNSKEY));
    questions.add(Question.of("bank.example", Type.DS));
    questions.add(Question.of("bank.example", Type.DNSKEY));
    for (int i = 0; i < 16; i++) {
      questions.add(Question.of("_25._tcp.mx" + i + ".bank.example", Type.TLSA));
    }
    while (true) {
      DnsTree tree =
          DnsTree.at(Instant.now())
              .freshKeys()
              .zone("bank.example.", zone -> zone.record(records))
              .build();
      if (questions.stream().allMatch(question -> World.isReadable(tree, question))) {
        return tree;
      }
    }
  }

  /** MiniDNS's client with its verdicts made before, so that only matching is measured. */
  private static final class KnownAnswers extends DnssecClient {

    private final Map<String, DnssecQueryResult> results = new HashMap<>();

    KnownAnswers(DnsTree tree) {
      DNSKEYRecord anchor = tree.zone(".").keys().get(0).dnskey();
      MiniDnsPeer peer =
          new MiniDnsPeer(
              question -> tree.answer(question.name().toString(), question.type()).toWire(),
              anchor.getKey(),
              0);
      for (int i = 0; i < 16; i++) {
        String owner = "_25._tcp.mx" + i + ".bank.example";
        results.put(owner, peer.ask(Question.of(owner, Type.TLSA)));
      }
    }

    @Override
    public DnssecQueryResult queryDnssec(CharSequence name, Record.TYPE type) {
      return Objects.requireNonNull(results.get(name.toString()));
    }
  }

  private static byte[] key(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    return new X509CertificateHolder(certificate.getEncoded())
        .getSubjectPublicKeyInfo()
        .getEncoded();
  }

  private X509Certificate[] chain(String host) {
    TestAuthority authority = TestAuthority.root("root", at);
    for (int i = 3; i <= certificates; i++) {
      authority = authority.intermediate("intermediate " + i);
    }
    TestIdentity server = authority.issue(host);
    List<X509Certificate> chain =
        certificates == 1 ? List.of(server.certificate()) : server.sendingRoot().chain();
    return chain.toArray(X509Certificate[]::new);
  }

  private static Link[] links(X509Certificate[] chain) throws GeneralSecurityException {
    Link[] links = new Link[chain.length - 1];
    for (int i = 0; i < links.length; i++) {
      Signature verifier = Signature.getInstance(chain[i].getSigAlgName(), BOUNCY_CASTLE);
      verifier.initVerify(chain[i + 1].getPublicKey());
      links[i] = new Link(verifier, chain[i].getTBSCertificate(), chain[i].getSignature());
    }
    return links;
  }

  private Case next() {
    next = (next + 1) % cases.size();
    return cases.get(next);
  }

  /**
   * The library's matcher.
   *
   * @return the result
   */
  @Benchmark
  public MatchResult ours() {
    Case one = next();
    return matcher.match(one.rrset, PeerChain.of(one.chain), one.names, at);
  }

  /**
   * The digest of prepared octets, and the mathematics of the signatures.
   *
   * @return whether all is well
   * @throws GeneralSecurityException never
   */
  @Benchmark
  public boolean limit() throws GeneralSecurityException {
    Case one = next();
    boolean good = MessageDigest.isEqual(sha256.digest(one.digested), one.digest);
    for (Link link : one.links) {
      link.verifier.update(link.signed);
      good &= link.verifier.verify(link.signature);
    }
    return good;
  }

  /**
   * MiniDNS, whose answers from DNS are there already. It has no DANE-TA.
   *
   * @return whether a record matches
   * @throws CertificateException if none does
   */
  @Benchmark
  public boolean minidns() throws CertificateException {
    Case one = next();
    return minidns.verifyCertificateChain(one.chain, one.host, 25);
  }
}
