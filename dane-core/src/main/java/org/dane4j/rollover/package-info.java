// SPDX-License-Identifier: Apache-2.0
/**
 * Making TLSA records, judging them, and replacing a server's key without losing a mail.
 *
 * <p><b>Making records.</b> {@link org.dane4j.rollover.ServerKeyReader} finds the one key that a
 * file is about, with its certificates; {@link org.dane4j.rollover.TlsaGenerator} makes the records
 * of it, {@code 3 1 1} unless told otherwise, and holds each against what it was made of; {@link
 * org.dane4j.rollover.TlsaLint} says what is unwise about records; {@link
 * org.dane4j.rollover.TlsaZoneText} writes them for name servers.
 *
 * <p><b>Why a rollover takes time.</b> A sender has two things from two places: the TLSA records,
 * maybe from a cache, and the key, from the server now. They must match at every moment, so the
 * records have to change before the key, and by as much as caches are behind (RFC 7671 §8.1):
 *
 * <ol>
 *   <li>publish the next key's records beside those of the present one;
 *   <li>wait until the last name server of the zone serves them, and from then two TTLs, so that no
 *       cache has the records without them;
 *   <li>let all servers present the next key;
 *   <li>take the old key's records away.
 * </ol>
 *
 * <p>The second step is where mail is lost: the clock starts at the last name server, not at the
 * first, and it is the old records' TTL that counts. Somebody on the way can hold it up further:
 * DNSSEC lets old records be replayed until their signatures expire. Who wants to be safe from that
 * too waits so long ({@link org.dane4j.rollover.RolloverGoal.Caution}).
 *
 * <p><b>Each combination by itself.</b> A sender may know some digests and not others, and believes
 * only the strongest that it knows (RFC 7671 §9). So each combination of usage, selector and
 * matching type has to match by itself (§8), for the present key and the next one: a new digest is
 * added for all keys at once, and never {@code 3 1 1} of the old key beside {@code 2 1 1} of the
 * new one (§8.2). {@link org.dane4j.rollover.Rollover} finds records for the time between that keep
 * to this; where it finds none, it says so and leads nowhere.
 *
 * <p><b>The issuer's record.</b> With {@code 3 1 1} of the own key and {@code 2 1 1} of the CA, the
 * next key of the same CA needs no wait ({@link
 * org.dane4j.rollover.RolloverScheme#CURRENT_AND_ISSUER}). It is the one scheme that relaxes the
 * rule above, between the deployment and the next change of records.
 *
 * <p><b>Emergencies.</b> If the present key must not be used any longer, there is no time to wait.
 * Mail of senders with old records then waits until they are gone from caches; that is why TTLs of
 * TLSA records should be short (RFC 7671 §13), and why the next key's record should always be there
 * already. An address that was not seen holds up nothing but the removal of the old key's records:
 * it may have that key. A name server that was not heard does not hold that up, since the removal
 * changes nothing for who asks it; but the plan does not end while it may have the old records.
 *
 * <p><b>Guarantees.</b> Everything here is a function of its arguments. No private key leaves a
 * method that read it, and none is in a message. What a file costs to read is bounded, whoever made
 * it. What was not seen of a server may have the old key, whose records then stay.
 *
 * <p><b>Limitations.</b> Caches are taken to keep to TTLs, up to two in a row. Names for DANE-TA
 * are the host's alone, not the mail domain's. What the servers present is what the caller saw: a
 * server with keys of several kinds has to be asked for each, or be told of the others ({@link
 * org.dane4j.rollover.RolloverGoal#keeping}).
 */
@NullMarked
package org.dane4j.rollover;

import org.jspecify.annotations.NullMarked;
