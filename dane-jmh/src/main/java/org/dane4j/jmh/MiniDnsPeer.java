// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.dane4j.dnssec.Question;
import org.minidns.DnsClient;
import org.minidns.cache.LruCache;
import org.minidns.dnsmessage.DnsMessage;
import org.minidns.dnsname.DnsName;
import org.minidns.dnsqueryresult.DnsQueryResult;
import org.minidns.dnsqueryresult.DnsQueryResult.QueryMethod;
import org.minidns.dnsqueryresult.StandardDnsQueryResult;
import org.minidns.dnssec.DnssecClient;
import org.minidns.dnssec.DnssecQueryResult;
import org.minidns.dnsserverlookup.AbstractDnsServerLookupMechanism;
import org.minidns.iterative.ReliableDnsClient.Mode;
import org.minidns.record.Record;
import org.minidns.source.AbstractDnsDataSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** MiniDNS's DNSSEC client, in recursive mode, over the same messages in memory. */
final class MiniDnsPeer {

  private final LruCache cache = new LruCache(1 << 14);
  private final DnssecClient client = new DnssecClient(cache);
  private final AtomicInteger queries = new AtomicInteger();

  MiniDnsPeer(World world, long millis) {
    this(world::answer, world.rootKey().getKey(), millis);
  }

  MiniDnsPeer(Function<Question, byte[]> answers, byte[] rootKey, long millis) {
    Source.SERVER.install();
    client.setMode(Mode.recursiveOnly);
    client.setDataSource(new Source(answers, millis, queries));
    client.clearSecureEntryPoints();
    client.addSecureEntryPoint(DnsName.ROOT, rootKey);
  }

  /** Forgets all messages. Verdicts it does not keep. */
  void forget() {
    cache.clear();
  }

  /** Returns how many queries were sent since this was asked before. */
  int takeQueries() {
    return queries.getAndSet(0);
  }

  /** Returns whether the answer to a question is proven. */
  boolean isSecure(Question question) {
    return ask(question).isAuthenticData();
  }

  /** Returns what it says about a question. */
  DnssecQueryResult ask(Question question) {
    try {
      return client.queryDnssec(
          DnsName.from(question.name().toString(true)), Record.TYPE.getType(question.type()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where its messages come from. */
  private static final class Source extends AbstractDnsDataSource {

    private static final Server SERVER = new Server();

    private final Function<Question, byte[]> answers;
    private final long millis;
    private final AtomicInteger queries;

    Source(Function<Question, byte[]> answers, long millis, AtomicInteger queries) {
      this.answers = answers;
      this.millis = millis;
      this.queries = queries;
    }

    @Override
    public DnsQueryResult query(DnsMessage query, InetAddress address, int port)
        throws IOException {
      queries.incrementAndGet();
      if (millis > 0) {
        pause();
      }
      org.minidns.dnsmessage.Question asked = query.getQuestion();
      DnsMessage answer =
          new DnsMessage(answers.apply(new Question(name(asked.name), asked.type.getValue())));
      return new StandardDnsQueryResult(
          address, port, QueryMethod.udp, query, answer.asBuilder().setId(query.id).build());
    }

    private static Name name(DnsName name) throws TextParseException {
      return Name.fromString(name.ace, Name.root);
    }

    private void pause() throws IOException {
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  /** The address of a name server that is never connected to. */
  private static final class Server extends AbstractDnsServerLookupMechanism {

    Server() {
      super("benchmark", 1);
    }

    synchronized void install() {
      DnsClient.addDnsServerLookupMechanism(this);
    }

    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    public List<String> getDnsServerAddresses() {
      return List.of("192.0.2.53");
    }
  }
}
