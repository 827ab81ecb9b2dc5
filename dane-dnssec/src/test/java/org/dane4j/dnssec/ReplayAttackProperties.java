// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * An attacker who has every signed record of every zone, and puts them together as he likes, with
 * forged ones among them: he can break lookups, and that is all.
 */
class ReplayAttackProperties {

  private static final String FORGED = "\"forged\"";

  /** The forms of denial. */
  enum Form {
    NSEC(zone -> zone),
    NSEC3(ZoneBuilder::nsec3),
    OPT_OUT(ZoneBuilder::optOut);

    @SuppressWarnings("ImmutableEnumChecker") // The lambdas hold nothing.
    private final UnaryOperator<ZoneBuilder> setting;

    Form(UnaryOperator<ZoneBuilder> setting) {
      this.setting = setting;
    }

    private void applyTo(ZoneBuilder zone) {
      ZoneBuilder unused = setting.apply(zone);
    }

    private DnsTree tree() {
      return DnsTree.at(Offline.AT)
          .zone(".", zone -> applyTo(zone))
          .zone("example.", zone -> setting.apply(zone).record("www TXT fine\n*.any TXT wild"))
          .zone("open.example.", zone -> zone.unsigned().record("@ TXT open"))
          .zone(
              "bank.example.",
              zone ->
                  setting
                      .apply(zone)
                      .record(
                          """
                          @ TXT apex
                          m TXT host
                          m A 192.0.2.1
                          *.wild TXT wild
                          a.b.ent TXT deep
                          alias CNAME m
                          moved DNAME new
                          x.new TXT new
                          """))
          .zone("open.bank.example.", zone -> zone.unsigned().record("@ TXT open"))
          .zone("sub.bank.example.", zone -> setting.apply(zone).record("@ TXT below"))
          .build();
    }
  }

  private static final Map<Form, DnsTree> TREES = new EnumMap<>(Form.class);

  static {
    for (Form form : Form.values()) {
      TREES.put(form, form.tree());
    }
  }

  /** Names with TXT records of their own. */
  private static final List<String> NAMES =
      List.of(
          "bank.example.",
          "m.bank.example.",
          "a.b.ent.bank.example.",
          "x.new.bank.example.",
          "sub.bank.example.",
          "www.example.");

  @Property(tries = 600)
  void signedRecordsInAnyOrder_neitherHideNorReplaceData(@ForAll Form form, @ForAll Random random) {
    DnsTree tree = Objects.requireNonNull(TREES.get(form));
    String name = NAMES.get(random.nextInt(NAMES.size()));
    Staged staged = new Staged(tree);
    List<RRset> pool = new ArrayList<>();
    tree.zones().forEach(zone -> pool.addAll(zone.rrsets()));
    compose(staged.to(name, Type.TXT), name, pool, random);
    for (String cut = name; !cut.isEmpty(); cut = cut.substring(cut.indexOf('.') + 1)) {
      if (random.nextInt(3) > 0) {
        compose(staged.to(cut, Type.DS), cut, pool, random);
      }
    }
    ValidationResult result = staged.ask(name, Type.TXT);
    if (result instanceof Secure secure) {
      assertThat(secure.explanation()).doesNotContain(FORGED);
      assertThat(secure.answer()).isInstanceOf(Answer.Positive.class);
    } else {
      assertThat(result).isInstanceOfAny(Bogus.class, Indeterminate.class);
    }
  }

  private static void compose(Staged.Reply reply, String name, List<RRset> pool, Random random) {
    reply.rcode(random.nextBoolean() ? Rcode.NOERROR : Rcode.NXDOMAIN);
    if (random.nextInt(3) == 0) {
      reply.answer(Staged.unsigned(name + " TXT " + FORGED));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      RRset rrset = pool.get(random.nextInt(pool.size()));
      reply.answer(random.nextBoolean() ? Staged.renamed(rrset, name) : rrset);
    }
    boolean everything = random.nextInt(4) == 0;
    for (RRset rrset : pool) {
      boolean isDenial = rrset.getType() == Type.NSEC || rrset.getType() == Type.NSEC3;
      if (everything || random.nextInt(isDenial ? 4 : 20) == 0) {
        reply.authority(rrset);
      }
    }
  }
}
