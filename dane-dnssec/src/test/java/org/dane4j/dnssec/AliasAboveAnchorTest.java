// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.io.IOException;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DsForm;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * An unsigned zone with a trust anchor below it, and an alias that somebody put above the anchor.
 */
class AliasAboveAnchorTest {

  private static final Name EXAMPLE = Name.fromConstantString("example.");

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone("test.", zone -> zone.record("mx.bank A 192.0.2.66\nmx.plain A 192.0.2.66"))
          .zone("example.", zone -> zone.unsigned().record("mx.plain A 192.0.2.2"))
          .zone("bank.example.", zone -> zone.withoutDs().record("mx A 192.0.2.1\nwww CNAME mx"))
          .build();

  private static final ChainValidator VALIDATOR =
      ChainValidator.trusting(
          TrustAnchors.parse(
              String.join("\n", TREE.trustAnchors())
                  + "\n"
                  + TREE.zone("bank.example.").dsRecords(DsForm.SHA256).get(0)));

  private static Verdicts ask(DnsResponder responder, String name) {
    return ask(responder, name, Type.A);
  }

  private static Verdicts ask(DnsResponder responder, String name, int type) {
    return Verdicts.of(Offline.over(TREE, responder).with(VALIDATOR).ask(name, type));
  }

  /** Redirects all of the unsigned zone. */
  private static DnsResponder redirecting() {
    return TREE.tampering(
        message -> {
          Record question = message.getQuestion();
          boolean asked = question.getType() == Type.A || question.getType() == Type.CNAME;
          if (asked && question.getName().subdomain(EXAMPLE)) {
            message.removeAllRecords(Section.ANSWER);
            message.addRecord(dname(), Section.ANSWER);
          }
          return message;
        });
  }

  private static Record dname() {
    try {
      return Record.fromString(EXAMPLE, Type.DNAME, DClass.IN, 60, "test.", Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void unsignedDnameAboveAnAnchor_doesNotMakeItsNamesInsecure() {
    assertThat(ask(TREE, "mx.bank.example")).isEqualTo(SECURE_DATA);
    assertThat(ask(redirecting(), "mx.bank.example")).isEqualTo(BOGUS);
  }

  @Test
  void unsignedDnameAboveAnAnchor_isNoAnswerToAQuestionForAnAliasBelow() {
    // RFC 6672 §5.3.1: the CNAME record that it stands for is as good as the DNAME record.
    assertThat(ask(TREE, "www.bank.example", Type.CNAME)).isEqualTo(SECURE_DATA);
    assertThat(ask(redirecting(), "www.bank.example", Type.CNAME)).isEqualTo(BOGUS);
    assertThat(ask(redirecting(), "mx.plain.example", Type.CNAME)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void whereNothingIsSigned_itIsAsGoodAsAnyAnswer() {
    assertThat(ask(TREE, "mx.plain.example")).isEqualTo(INSECURE_DATA);
    assertThat(ask(redirecting(), "mx.plain.example")).isEqualTo(INSECURE_DATA);
  }
}
