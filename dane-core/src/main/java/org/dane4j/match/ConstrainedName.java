// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DomainNames;
import org.dane4j.internal.MalformedDerException;

/**
 * A GeneralName (RFC 5280 §4.2.1.6): a name in a certificate, or a subtree of names.
 *
 * @param form its number in the CHOICE
 * @param name the same for Bouncy Castle
 * @param text what it says, if it is text, otherwise empty
 */
record ConstrainedName(int form, GeneralName name, String text) {

  /** otherName and the like may hold anything, but need not hold it deeper. */
  static final int MAX_DEPTH = 16;

  private static final int FORM = 0x1f;

  static ConstrainedName of(DerElement element) throws MalformedDerException {
    int form = element.tag() & FORM;
    GeneralName name = parse(element);
    boolean textual =
        form == GeneralName.rfc822Name
            || form == GeneralName.dNSName
            || form == GeneralName.uniformResourceIdentifier;
    String text =
        textual ? new String(element.content().toByteArray(), StandardCharsets.ISO_8859_1) : "";
    return new ConstrainedName(form, name, text);
  }

  static ConstrainedName dns(String host) {
    return text(GeneralName.dNSName, host);
  }

  static ConstrainedName email(String address) {
    return text(GeneralName.rfc822Name, address);
  }

  static ConstrainedName directory(DistinguishedName subject) throws MalformedDerException {
    DerReader.requireNested(subject.der(), MAX_DEPTH);
    try {
      ASN1Primitive der = ASN1Primitive.fromByteArray(subject.der().toByteArray());
      return new ConstrainedName(
          GeneralName.directoryName, new GeneralName(GeneralName.directoryName, der), "");
    } catch (IOException | RuntimeException e) {
      throw new MalformedDerException("a subject that is no name");
    }
  }

  /** Whether constraints of this form are processed, and this name has what they compare. */
  boolean isComparable() {
    return switch (form) {
      case GeneralName.rfc822Name,
          GeneralName.dNSName,
          GeneralName.directoryName,
          GeneralName.iPAddress ->
          true;
      // RFC 5280 §4.2.1.10: a URI without a host name MUST be rejected where URIs are constrained.
      case GeneralName.uniformResourceIdentifier -> host().isPresent();
      default -> false;
    };
  }

  /** Whether this name, which is comparable, is in a subtree of the same form. */
  boolean isWithin(ConstrainedName subtree) throws MalformedDerException {
    return switch (form) {
      case GeneralName.dNSName -> isBelow(subtree.text);
      case GeneralName.uniformResourceIdentifier -> isHostIn(subtree.text);
      case GeneralName.rfc822Name -> subtree.text.isEmpty() || isWithinForm(subtree);
      case GeneralName.directoryName -> subtree.isEmptyDirectory() || isWithinForm(subtree);
      default -> isWithinForm(subtree);
    };
  }

  /**
   * RFC 5280 §4.2.1.10: any name made by adding labels to the left. With nothing to add to, that is
   * any name; Bouncy Castle takes it for none.
   */
  private boolean isBelow(String domain) {
    String host = text.toLowerCase(Locale.ROOT);
    String constraint = domain.toLowerCase(Locale.ROOT);
    if (constraint.isEmpty() || host.equals(constraint)) {
      return true;
    }
    return host.endsWith(constraint.startsWith(".") ? constraint : "." + constraint);
  }

  /** RFC 5280 §4.2.1.10: a host, or with a period before it all hosts of a domain. */
  private boolean isHostIn(String domain) {
    String host = host().orElse("");
    String constraint = domain.toLowerCase(Locale.ROOT);
    return constraint.isEmpty()
        || (constraint.startsWith(".") ? host.endsWith(constraint) : host.equals(constraint));
  }

  /** The host name of a URI. No regular expression: a peer decides how long the text is. */
  private Optional<String> host() {
    int start = text.indexOf("://") + 3;
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = start < 3 ? "" : text.substring(start, end);
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int port = hostAndPort.indexOf(':');
    String host = port < 0 ? hostAndPort : hostAndPort.substring(0, port);
    boolean address = host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return DomainNames.isHostName(host) && !address
        ? Optional.of(host.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private boolean isEmptyDirectory() {
    return name.getName() instanceof X500Name directory && directory.size() == 0;
  }

  private boolean isWithinForm(ConstrainedName subtree) throws MalformedDerException {
    try {
      PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
      validator.addExcludedSubtree(new GeneralSubtree(subtree.name));
      validator.checkExcluded(name);
      return false;
    } catch (NameConstraintValidatorException e) {
      return true;
    } catch (RuntimeException e) {
      throw new MalformedDerException("a name or a name constraint that cannot be read");
    }
  }

  private static ConstrainedName text(int form, String text) {
    return new ConstrainedName(form, new GeneralName(form, new DERIA5String(text)), text);
  }

  private static GeneralName parse(DerElement element) throws MalformedDerException {
    try {
      return GeneralName.getInstance(ASN1Primitive.fromByteArray(element.whole().toByteArray()));
    } catch (IOException | RuntimeException e) {
      throw new MalformedDerException("a name that is no GeneralName");
    }
  }

  @Override
  public String toString() {
    return text.isEmpty() ? name.toString() : text;
  }
}
