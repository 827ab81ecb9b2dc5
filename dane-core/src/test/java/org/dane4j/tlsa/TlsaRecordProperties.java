// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class TlsaRecordProperties {

  @Property
  void rdataGoesThroughARecordUnchanged(@ForAll @Size(min = 3, max = 100) byte[] rdata) {
    Octets octets = Octets.of(rdata);
    assertThat(TlsaRecord.ofRdata(octets).toRdata()).isEqualTo(octets);
  }

  @Property
  void presentationGoesThroughARecordUnchanged(@ForAll @Size(min = 3, max = 100) byte[] rdata) {
    TlsaRecord record = TlsaRecord.ofRdata(Octets.of(rdata));
    assertThat(TlsaRecord.parse(record.toString())).isEqualTo(record);
  }

  @Property
  void parsingThrowsNothingButIllegalArgument(@ForAll String text) {
    try {
      TlsaRecord.parse(text);
    } catch (IllegalArgumentException expected) {
      assertThat(expected).hasMessageContaining(text);
    }
  }

  @Property
  void anRrsetHoldsWhateverDnsBrings(
      @ForAll @NotEmpty @Size(max = 5) List<@Size(max = 6) byte[]> rdata) {
    List<Octets> published = rdata.stream().map(Octets::of).toList();
    TlsaRrset rrset = TlsaRrset.ofRdata(TlsaOwnerName.smtp("mx.example.org"), published);
    List<Octets> held = new ArrayList<>(rrset.malformed());
    rrset.records().forEach(record -> held.add(record.toRdata()));
    assertThat(held).containsExactlyInAnyOrderElementsOf(new LinkedHashSet<>(published));
  }
}
