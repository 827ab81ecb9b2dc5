// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.quickstart;

import java.net.InetSocketAddress;
import java.util.Properties;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Envelope;
import org.dane4j.smtp.MailMessage;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.tls.DaneSslSocketFactory;
import org.xbill.DNS.Type;

/** The Java code of the README, word for word, so that it compiles and runs. */
final class ReadmeSnippets {

  private ReadmeSnippets() {}

  static DnssecResolver resolver() {
    DnssecResolver dns = DnssecResolver.over(new InetSocketAddress("192.0.2.53", 53));
    return dns;
  }

  static ValidationResult validate(DnssecResolver dns) {
    ValidationResult result = dns.resolve(Question.of("_25._tcp.mx1.bank.example", Type.TLSA));
    if (result instanceof ValidationResult.Secure secure) {
      System.out.println(secure.answer());
    }
    System.out.println(result.explanation());
    return result;
  }

  static Properties plugIn(DnssecResolver dns) {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "mx1.bank.example");
    properties.put("mail.smtp.starttls.required", "true");
    properties.put("mail.smtp.ssl.socketFactory", DaneSslSocketFactory.over(dns));
    return properties;
  }

  static DeliveryResult send(DnssecResolver dns) {
    SmtpClient client = SmtpClient.builder(dns).heloName("mail.sender.example").build();
    DeliveryResult result =
        client.deliver(
            Envelope.from("ann@sender.example").to("bob@bank.example"),
            MailMessage.of("Subject: Hello\n\nHello Bob\n"));
    result.recipients().forEach(r -> System.out.println(r.recipient() + " " + r.outcome()));
    return result;
  }
}
