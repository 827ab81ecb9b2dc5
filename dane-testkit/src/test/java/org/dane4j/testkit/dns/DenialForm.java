// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

/** The ways in which the zones of these tests deny. */
enum DenialForm {
  NSEC,
  NSEC3,
  NSEC3_SALTED,
  NSEC3_OPT_OUT;

  ZoneBuilder on(ZoneBuilder zone) {
    return switch (this) {
      case NSEC -> zone;
      case NSEC3 -> zone.nsec3();
      case NSEC3_SALTED -> zone.nsec3(5, "c0ffee");
      case NSEC3_OPT_OUT -> zone.optOut();
    };
  }
}
