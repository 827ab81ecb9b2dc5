#!/bin/bash
# walk.sh DIR - a domain goes all the way to DANE and back, on real servers.
#
# Mail for walk.co.lab moves from an old host without DANE to a new one with two
# addresses, on dane-check's advice: what 'enable' prints is put into the zones,
# first on one name server, then on the other. At each stage it has to say the
# right thing, and to refuse a step that is wrong or too early. All the time one
# sender with opportunistic DANE, and once it is on one with mandatory DANE, send
# mail, and have to get rid of it at every moment. Then the key is rolled over,
# and everything is taken back. TTLs are seconds, so it takes some minutes.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lab.sh
. "$HERE/lab.sh"
[ $# = 1 ] || die "usage: walk.sh DIR"

D=walk.co.lab
NEW=new.$D
OLD_TTL=12 LOW=4 REST=10

lab_begin "$1"
zone $D. 4 5
rr $D. "$D. $OLD_TTL IN MX 10 old.$D."
rr $D. "old.$D. 5 IN A $(mail_address 1)"
rr $D. "$NEW. 5 IN A $(mail_address 2)"
rr $D. "$NEW. 5 IN A $(mail_address 3)"
mail_host old.$D 1 tls
mail_host $NEW 2 tls
mail_host $NEW 3 plain # a mistake, to be found

# --- senders ----------------------------------------------------------------------

printf 'Subject: walk\n\nHello\n' >"$LAB/message"

sender() { # NAME OPTION...: sends again and again, and notes each failure
    local name=$1 out
    shift
    while [ -e "$LAB/run/senders" ]; do
        if [ -e "$LAB/run/paused" ]; then sleep 0.2; continue; fi
        if out=$(dane_check send --from a@sender.invalid --to b@$D --file "$LAB/message" "$@" 2>&1); then
            date +%T >>"$LAB/log/$name.sent"
        else
            [ -e "$LAB/run/paused" ] || echo "$(date +%T) $out" >>"$LAB/log/$name.failed"
        fi
        sleep 0.5
    done
}
senders_begin() { : >"$LAB/run/senders"; sender opportunistic & SENDERS=$!; }
senders_mandatory() { sender mandatory --mandatory & SENDERS="$SENDERS $!"; }
senders_end() {
    rm -f "$LAB/run/senders"
    # shellcheck disable=SC2086
    [ -z "${SENDERS:-}" ] || wait $SENDERS || true
    SENDERS=
}
undelivered() { cat "$LAB"/log/*.failed 2>/dev/null || true; }
lab_trap senders_end
lab_start

# For a mistake that does harm: mail may fail, as it has to be seen to.
pause() { : >"$LAB/run/paused"; sleep 6; }
resume() { flush lab.; sleep 1; rm -f "$LAB/run/paused"; }

# --- enable -----------------------------------------------------------------------

PLAN="--own-mx $NEW --low-ttl $LOW --ttl $REST --uses-old-host gateway.$D"

enable() { # prints STAGE OUTCOME, the text is in $LAB/advice
    # shellcheck disable=SC2086
    dane_check enable $D --state "$LAB/state" --allow-private ${PLAN:-} "$@" >"$LAB/advice" 2>"$LAB/complaint" ||
        [ $? = 1 ] || die "enable failed: $(cat "$LAB/complaint")"
    awk -F'stage ' 'NR == 1 { split($2, a, ":"); s = a[1] }
        /^Do this/ { o = "act" } /^Wait/ { o = "wait" } /^No further/ { o = "blocked" }
        END { print s, (o == "" ? "finished" : o) }' "$LAB/advice"
}
expect() { # STAGE OUTCOME [WORDS]: now
    local got
    got=$(enable)
    [ "$got" = "$1 $2" ] || die "expected $1 $2, got $got: $(cat "$LAB/advice")"
    [ -z "${3:-}" ] || grep -q -- "$3" "$LAB/advice" || die "expected '$3' in: $(cat "$LAB/advice")"
    say "$1: $2${3:+ ($3)}"
}
await_stage() { # STAGE OUTCOME [WORDS]: after nothing but waiting
    local got
    for _ in $(seq 40); do
        got=$(enable)
        case $got in
            "$1 $2") [ -z "${3:-}" ] || grep -q -- "$3" "$LAB/advice" || die "expected '$3' in: $(cat "$LAB/advice")"
                say "$1: $2${3:+ ($3)}"; return ;;
            *" wait") sleep 1 ;;
            *) die "expected $1 $2, got $got: $(cat "$LAB/advice")" ;;
        esac
    done
    die "no end of waiting for $1 $2: $(cat "$LAB/advice")"
}
apply() { # [SERVER...]: puts what was advised into the zones
    local where line
    while IFS= read -r line; do
        case $line in
            "  In the zone:"*) where=$D. ;;
            "  In the parent zone:"*) where=co.lab. ;;
            "  Where the zone is signed:"*) where= ;;
            "    - "*) unrr "$where" "${line#    - }" ;;
            "    + "*) unrr "$where" "${line#    + }"; rr "$where" "${line#    + }" ;;
        esac
    done <"$LAB/advice"
    publish co.lab.
    publish $D. "$@"
}
refused() { # STAGE WORDS: a wrong step, which is taken back by the caller
    expect "$1" blocked "$2"
}

# --- forth ------------------------------------------------------------------------

senders_begin
await_stage ttl-lowered act "MX 10 old"
grep -q "gateway.$D sends mail to" "$LAB/advice" || die "nothing is said of the gateway"

rr $D. "$D. $OLD_TTL IN MX 20 $NEW." && publish $D.
refused ttl-lowered "too early"
unrr $D. "$D. 1 IN MX 20 $NEW." && publish $D.

await_stage ttl-lowered act
apply 4
expect ttl-lowered wait "ns5.nic.lab"
apply
expect ttl-lowered wait "longer TTL"
await_stage zone-signed act "Sign the zone"

pause # DS records before signatures make all answers bogus
delegate $D. && publish co.lab. && flush lab.
refused zone-signed "DS records"
unrr co.lab. "$(ds $D.)" && publish co.lab.
sleep 5 && resume
unset PLAN # from here on, the file knows

await_stage zone-signed act "Sign the zone"
sign $D. && publish $D.
expect zone-signed wait "without signatures"
await_stage zone-signed act "IN DS"
apply
await_stage new-host-added act "MX 20 $NEW"
apply 4
expect new-host-added wait "ns5.nic.lab"
apply
await_stage new-host-verified blocked "$(mail_address 3)"

unrr $D. "$D. 1 IN MX 20 $NEW." && rr $D. "$D. $LOW IN MX 5 $NEW." && publish $D.
refused new-host-verified "too early"
unrr $D. "$D. 1 IN MX 5 $NEW." && rr $D. "$D. $LOW IN MX 20 $NEW." && publish $D.

pause # TLSA records before TLS works at each address stop mail to that address
rr $D. "_$SMTP_PORT._tcp.$NEW. $LOW IN TLSA $(tlsa_of $NEW)" && publish $D. && flush lab.
await_stage new-host-verified blocked "TLSA records are published, and senders fail by them"
unrr $D. "_$SMTP_PORT._tcp.$NEW. $LOW IN TLSA $(tlsa_of $NEW)" && publish $D.
sleep 5 && resume

mail_host $NEW 3 tls && mail_reload
await_stage new-host-preferred act "MX 10 $NEW"
apply

cp "$LAB/zones/$D" "$LAB/zones/kept"
await_stage old-host-idle wait "prefer the old host"
unrr $D. "$D. 1 IN MX 20 old.$D." && publish $D.
refused old-host-idle "too early"
cp "$LAB/zones/kept" "$LAB/zones/$D" && publish $D.

await_stage old-host-removed act
apply
expect old-host-removed wait "keep it running"
await_stage tlsa-published act "IN TLSA 3 1 1"
mail_host old.$D 1 dead && mail_reload # it is free to go
say "the old host is switched off"
apply 4
expect tlsa-published wait "ns5.nic.lab"
apply
await_stage ttl-raised act "MX 10 $NEW"
apply
await_stage "done" finished "DANE is on"
senders_mandatory

# --- a key is rolled over -----------------------------------------------------------

TLSA_OWNER=_$SMTP_PORT._tcp.$NEW.
certificate next $NEW
pause # the new key before its record
mail_host $NEW 2 tls next && mail_reload
refused "done" "TLSA records are published, and senders fail by them"
mail_host $NEW 2 tls && mail_reload
resume

roll() { # prints the action, the records are in $LAB/roll.out
    dane_check rollover $NEW --next "$LAB/certs/next.crt" --state "$LAB/roll" --propagation 0 --allow-private \
        >"$LAB/roll.out" 2>"$LAB/complaint" ||
        die "rollover: $(cat "$LAB/roll.out" "$LAB/complaint")"
    awk 'NR == 1 { a = "?" } NR == 1 && /let these records stand/ { a = "publish" } NR == 1 && /wait until/ { a = "wait" }
        NR == 1 && /deploy the next key/ { a = "deploy" } NR == 1 && /it is done/ { a = "done" } END { print a }' "$LAB/roll.out"
}
deployed=
for _ in $(seq 60); do
    action=$(roll)
    case $action in
        publish) # the zone gets these records, and no others
            sed -i "/^$TLSA_OWNER /d" "$LAB/zones/$D"
            grep "^$TLSA_OWNER " "$LAB/roll.out" >>"$LAB/zones/$D"
            publish $D. && say "rollover: records published" ;;
        deploy)
            mail_host $NEW 2 tls next && mail_host $NEW 3 tls next && mail_reload
            deployed=yes && say "rollover: key deployed" ;;
        wait) sleep 1 ;;
        done) break ;;
        *) die "rollover: $(cat "$LAB/roll.out")" ;;
    esac
    await_stage "done" finished >/dev/null
done
[ "$action $deployed" = "done yes" ] || die "the rollover came to no end: $(cat "$LAB/roll.out")"
say "the key is rolled over"

# --- back -------------------------------------------------------------------------

senders_end # nobody may insist on DANE any more
senders_begin
enable --rollback >/dev/null
expect tlsa-removed act "- $TLSA_OWNER"
pause # another key before the records are forgotten
apply
expect tlsa-forgotten wait "keep its key"
mail_host $NEW 2 tls && mail_reload
refused tlsa-forgotten "may still hold TLSA records"
mail_host $NEW 2 tls next && mail_reload
resume

await_stage old-host-added act "MX 20 old"
mail_host $NEW 2 plain && mail_host $NEW 3 plain && mail_reload # nobody is owed TLS now
apply
await_stage old-host-verified blocked "$(mail_address 1)" # it is still switched off
mail_host old.$D 1 tls && mail_reload
await_stage old-host-preferred act "MX 10 old"
apply
await_stage new-host-removed act
apply
await_stage ds-removed act
say "the new host is switched off"
mail_host $NEW 2 dead && mail_host $NEW 3 dead && mail_reload

pause # no signatures before the DS records are gone and forgotten
unsign $D. && publish $D. && flush lab.
refused ds-removed "DS records"
sign $D. && publish $D.
sleep 5 && resume

await_stage ds-removed act
apply
expect ds-forgotten wait "keep the zone signed"
await_stage unsigned act
unsign $D. && publish $D.
await_stage rolled-back finished

senders_end
[ -z "$(undelivered)" ] || die "mail was not delivered: $(undelivered)"
say "never refused: $(wc -l <"$LAB/log/opportunistic.sent") mails of an opportunistic sender, $(wc -l <"$LAB/log/mandatory.sent") of a mandatory one"
