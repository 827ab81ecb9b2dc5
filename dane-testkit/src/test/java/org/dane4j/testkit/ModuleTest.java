// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;

class ModuleTest {

  @Test
  void module_exportsItsFourPackagesAndNothingElse() {
    ModuleDescriptor module = DnsTree.class.getModule().getDescriptor();

    assertThat(module.name()).isEqualTo("org.dane4j.testkit");
    assertThat(module.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(
            "org.dane4j.testkit.dns",
            "org.dane4j.testkit.pki",
            "org.dane4j.testkit.scenario",
            "org.dane4j.testkit.smtp");
  }

  @Test
  void module_needsNoOtherModuleOfTheProject() {
    assertThat(DnsTree.class.getModule().getDescriptor().requires())
        .extracting(ModuleDescriptor.Requires::name)
        .noneMatch(name -> name.startsWith("org.dane4j."))
        .contains("org.dnsjava", "org.bouncycastle.provider");
  }
}
