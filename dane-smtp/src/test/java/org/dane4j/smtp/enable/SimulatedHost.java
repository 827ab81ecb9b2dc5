// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.xbill.DNS.Name;

/** A mail host with several addresses, each of which may behave differently. */
final class SimulatedHost {

  /** What a machine offers. */
  enum Service {
    DEAD,
    PLAIN,
    TLS
  }

  final Name name;
  final SimulatedZone zone;
  final List<InetAddress> addresses = new ArrayList<>();
  final List<Service> services = new ArrayList<>();
  TestIdentity identity;

  SimulatedHost(String name, SimulatedZone zone, TestIdentity identity) {
    this.name = MxTarget.name(name);
    this.zone = zone;
    this.identity = identity;
  }

  SimulatedHost with(String address, Service service) {
    try {
      addresses.add(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
    services.add(service);
    return this;
  }

  void all(Service service) {
    services.replaceAll(it -> service);
  }

  /** Makes TLS work at one more address. */
  void repairOne() {
    int plain = services.indexOf(Service.PLAIN);
    if (plain >= 0) {
      services.set(plain, Service.TLS);
    }
  }

  String tlsa() {
    return Tlsa.rdata(3, 1, 1, identity.certificate());
  }
}
