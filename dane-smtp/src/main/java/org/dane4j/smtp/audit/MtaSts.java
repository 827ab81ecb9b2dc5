// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.internal.MtaStsPattern;

/**
 * Whether what the domain says by MTA-STS is true of its hosts (RFC 8461). A sender holds a host to
 * both, DANE and MTA-STS, or to DANE alone.
 */
final class MtaSts {

  private static final String VERSION = "v=STSv1";
  private static final Pattern ID = Pattern.compile("id=[A-Za-z0-9]{1,32}");

  /** RFC 8461 §3.2 expects weeks. */
  private static final Duration SHORT = Duration.ofDays(7);

  private final DomainFacts facts;
  private final Findings findings = new Findings(Check.MTA_STS);
  private final String domain;

  private MtaSts(DomainFacts facts) {
    this.facts = facts;
    this.domain = Lookups.text(facts.domain());
  }

  static List<Finding> findings(DomainFacts facts) {
    MtaSts check = new MtaSts(facts);
    check.inspect();
    return check.findings.list();
  }

  private void inspect() {
    ValidationResult record = facts.policies().mtaStsRecord();
    List<String> texts = TxtPolicies.texts(record, VERSION);
    if (Lookups.isFailure(record)) {
      findings.warn(domain, record.explanation(), Lookups.remedy(record));
    } else if (texts.isEmpty() && !TxtPolicies.hasOthers(record)) {
      findings.info(
          domain,
          "there is no MTA-STS",
          "DANE does not need it; it protects mail from senders that have no DANE.");
    } else if (texts.size() != 1 || TxtPolicies.fields(texts.get(0), MtaSts::isId).isEmpty()) {
      findings.warn(
          domain,
          texts.size() == 1
              ? "the record does not have the right form: " + texts.get(0)
              : "there are "
                  + texts.size()
                  + " records that begin with v=STSv1;, and so none counts",
          "Publish one TXT record at _mta-sts."
              + domain
              + ", such as \"v=STSv1; id=20260501T120000\", with at most 32 letters and digits (RFC"
              + " 8461 §3.1).");
    } else {
      facts
          .policies()
          .mtaStsPolicy()
          .ifPresentOrElse(
              this::inspectPolicy,
              () -> findings.info(domain, "there is a record; the policy was not fetched", ""));
    }
  }

  private static boolean isId(String field) {
    return ID.matcher(field).matches();
  }

  private void inspectPolicy(MtaStsPolicy policy) {
    if (policy instanceof MtaStsPolicy.Failed failed) {
      findings.warn(
          domain,
          "there is a record, and no policy could be fetched: " + failed.why(),
          "Serve a policy in the form of RFC 8461 §3.2 at https://mta-sts."
              + domain
              + "/.well-known/mta-sts.txt, without redirects and with a valid certificate (RFC 8461"
              + " §3.3), or remove the record.");
      return;
    }
    MtaStsPolicy.Fetched fetched = (MtaStsPolicy.Fetched) policy;
    if (fetched.mode().equals("none")) {
      findings.info(domain, "the policy has the mode none", "");
      return;
    }
    inspectForm(fetched);
    for (HostFacts host : facts.hosts()) {
      if (inspectName(fetched, host)) {
        inspectCertificates(fetched, host);
      }
    }
    findings.passIfSilent(
        domain, "the policy (" + fetched.mode() + ") names all hosts: " + fetched.mx());
  }

  private void inspectForm(MtaStsPolicy.Fetched policy) {
    if (!policy.mode().equals("enforce") && !policy.mode().equals("testing")) {
      findings.warn(
          domain,
          "the policy has the unknown mode " + policy.mode(),
          "Set it to testing, and to enforce when reports are good (RFC 8461 §3.2).");
    }
    if (policy.maxAge() < SHORT.toSeconds()) {
      findings.info(
          domain,
          "the policy is kept for " + policy.maxAge() + " seconds only",
          "Set max_age to some weeks once it is stable: whoever can hold up its renewal can end it"
              + " (RFC 8461 §3.2).");
    }
  }

  /** Senders that enforce the policy do not deliver to a host that it does not name. */
  private Severity failure(MtaStsPolicy.Fetched policy) {
    return policy.mode().equals("enforce") ? Severity.FAIL : Severity.WARN;
  }

  private boolean inspectName(MtaStsPolicy.Fetched policy, HostFacts host) {
    String name = host.host().name();
    if (policy.mx().stream().anyMatch(pattern -> MtaStsPattern.matches(pattern, name))) {
      return true;
    }
    findings.add(
        failure(policy),
        name,
        "the policy (" + policy.mode() + ") does not name it: " + policy.mx(),
        "Add \"mx: "
            + name
            + "\" to the policy, and change the record's id afterwards; an asterisk stands for one"
            + " label (RFC 8461 §4.1).");
    return false;
  }

  /** RFC 8461 §4.2; whether a public authority issued it is not looked at. */
  private void inspectCertificates(MtaStsPolicy.Fetched policy, HostFacts host) {
    String name = host.host().name();
    Shown.byChain(Shown.of(host).stream().filter(shown -> shown.isAsSendersAsk(name)).toList())
        .forEach(
            (chain, seen) -> {
              List<String> faults =
                  CertificateDates.parse(chain.leaf())
                      .map(leaf -> faults(leaf, name))
                      .orElse(List.of("it cannot be read"));
              if (!faults.isEmpty()) {
                findings.add(
                    failure(policy),
                    name,
                    "the policy ("
                        + policy.mode()
                        + ") promises a valid certificate, and at "
                        + Shown.places(seen)
                        + " it is not: "
                        + String.join(", ", faults),
                    "Have a public authority issue a certificate for "
                        + name
                        + "; or set the policy's mode to none (RFC 8461 §4.2).");
              }
            });
  }

  private List<String> faults(X509Certificate leaf, String name) {
    List<String> faults = new ArrayList<>();
    if (facts.at().isAfter(leaf.getNotAfter().toInstant())) {
      faults.add("it expired at " + leaf.getNotAfter().toInstant());
    }
    if (facts.at().isBefore(leaf.getNotBefore().toInstant())) {
      faults.add("it is valid from " + leaf.getNotBefore().toInstant());
    }
    if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
      faults.add("it is signed by itself");
    }
    List<String> names = names(leaf);
    if (names.stream().noneMatch(pattern -> MtaStsPattern.matches(pattern, name))) {
      faults.add("it is for " + names);
    }
    return faults;
  }

  private static List<String> names(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (Integer.valueOf(2).equals(alternative.get(0))) {
            names.add(String.valueOf(alternative.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // Names that cannot be read are none.
    }
    return names;
  }
}
