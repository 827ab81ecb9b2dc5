# shellcheck shell=bash disable=SC2034
# lab.sh - a small internet on loopback, for the other scripts here to source.
#
# An own signed root, two zones below it, mail domains below those, each on name
# servers (NSD) of their own, some with a faulty one (dnsdist) in front; a resolver
# that does not validate (unbound); mail servers and policy hosts, see mail.sh.
# Everything is made afresh below DIR. Needs root rights and the packages nsd,
# dnsdist, ldnsutils, unbound, postfix, openssl, iproute2.
#
#   lab_begin DIR            an empty lab
#   lab_trap COMMAND         however the script ends, runs COMMAND, and stops what was started
#   zone NAME SERVER...      declares a zone; SERVER is the last number of an address
#   rr ZONE LINE             puts a line into a zone:  NAME TTL IN TYPE RDATA
#   unrr ZONE LINE           takes it out, whatever its TTL is
#   sign ZONE | unsign ZONE  whether the zone is signed from its next publication on
#   ds ZONE                  prints its DS records
#   publish ZONE [SERVER...] signs, and gives it to these servers, or to all
#   fault SERVER RULE        what comes before the server: a rule of dnsdist, and an action
#   lab_start | lab_end      the processes
#   dane_check COMMAND...    runs the program against it
#
# LAB_NET=N uses 127.N.x.y. LAB_TTL is the TTL of zone basics, SIGN_WITH[ZONE] are
# options of ldns-signzone.

set -eu
export LC_ALL=C TZ=UTC

NET=${LAB_NET:-9}
SMTP_PORT=${LAB_SMTP_PORT:-25}
LAB_TTL=${LAB_TTL:-4}
RESOLVER=127.$NET.3.1
MAIN=${DANE_CHECK_JAR:-$(dirname "$0")/../dane-check/target/dane-check.jar}
declare -A SERVERS SIGNED NO_DS SIGN_WITH FAULT
SERIAL=$(date +%s)

die() { echo "lab: $*" >&2; exit 1; }
say() { printf '%s %s\n' "$(date +%T)" "$*"; }
ns_address() { echo "127.$NET.2.$1"; }
behind_address() { echo "127.$NET.4.$1"; }
# shellcheck source-path=SCRIPTDIR source=mail.sh
. "$(dirname "${BASH_SOURCE[0]}")/mail.sh"
# A function of the zone's name that can be a file's.
zfile() { [ "$1" = . ] && echo root || echo "${1%.}"; }

lab_begin() {
    [ "$(id -u)" = 0 ] || die "needs root rights: Postfix, and ports below 1024"
    for tool in nsd dnsdist ldns-signzone ldns-keygen ldns-key2ds ldns-nsec3-hash unbound unbound-control \
        postfix openssl ss java keytool; do
        command -v "$tool" >/dev/null || die "$tool is missing"
    done
    [ -n "${DANE_CHECK_CLASSPATH:-}" ] || [ -e "$MAIN" ] || die "$MAIN is missing: build it, or name it by DANE_CHECK_JAR"
    if [ -e "$1/.dane4j-lab" ]; then
        LAB=$(cd "$1" && pwd -P) && lab_end
    elif [ -e "$1" ] && [ -n "$(ls -A "$1")" ]; then
        die "$1 is not empty, and no lab"
    fi
    rm -rf "$1"
    mkdir -p "$1"/{zones,keys,signed,ns,run,log,certs,web,mail/etc,mail/spool,mail/data}
    LAB=$(cd "$1" && pwd -P)
    : >"$LAB/.dane4j-lab"
    : >"$LAB/mail/hosts"
    : >"$LAB/web/hosts"
    [ -z "$(ss -Hlntu | awk '{print $5}' | grep "^127\.$NET\." || true)" ] ||
        die "127.$NET.x.y is in use: choose another by LAB_NET"
    zone . 1
    zone lab. 2
    zone co.lab. 3
    sign . && sign lab. && sign co.lab.
}

zone() {
    local name=$1 number f
    shift
    f=$LAB/zones/$(zfile "$name")
    SERVERS[$name]=$* SIGNED[$name]=no
    {
        echo "$name $LAB_TTL IN SOA ns$1.nic.lab. root.nic.lab. SERIAL 60 60 6000 ${LAB_DENIAL_TTL:-2}"
        for number; do echo "$name $LAB_TTL IN NS ns$number.nic.lab."; done
    } >"$f"
    for number; do
        mkdir -p "$LAB/ns/$number"
        [ "$name" = . ] || grep -qs "^ns$number.nic.lab. " "$LAB/zones/lab" ||
            echo "ns$number.nic.lab. 3600 IN A $(ns_address "$number")" >>"$LAB/zones/lab"
    done
    if [ "$name" = . ]; then
        echo "ns1.nic.lab. 3600 IN A $(ns_address 1)" >>"$f"
    else
        # The delegation is a part of the parent's.
        for number; do
            echo "$name $LAB_TTL IN NS ns$number.nic.lab." >>"$LAB/zones/$(zfile "$(parent "$name")")"
        done
        [ "$name" != lab. ] || echo "ns2.nic.lab. 3600 IN A $(ns_address 2)" >>"$LAB/zones/root"
    fi
}

parent() { # the closest zone above
    local p=${1#*.}
    while [ -n "$p" ]; do
        [ -z "${SERVERS[$p]+x}" ] || { echo "$p"; return; }
        p=${p#*.}
    done
    echo .
}

rr() { echo "$2" >>"$LAB/zones/$(zfile "$1")"; }

unrr() { # the TTL does not count
    local f
    f=$LAB/zones/$(zfile "$1")
    awk -v gone="$2" 'function key(l,  a, n, i, r) { n = split(l, a, " "); r = a[1] " " a[4]
            for (i = 5; i <= n; i++) r = r " " a[i]; return tolower(r) }
        key($0) != key(gone)' "$f" >"$f.new" && mv "$f.new" "$f"
}

key_of() { # makes it the first time
    local f
    f=$LAB/keys/$(zfile "$1")
    [ -e "$f" ] || (cd "$LAB/keys" && ldns-keygen -k -a ECDSAP256SHA256 "$1" >"$f")
    echo "$LAB/keys/$(cat "$f")"
}

sign() { SIGNED[$1]=yes; key_of "$1" >/dev/null; }
unsign() { SIGNED[$1]=no; }
fault() { FAULT[$1]=$2; }
ds() { ldns-key2ds -n -2 "$(key_of "$1").key" | awk -v ttl="$LAB_TTL" '{ $2 = ttl; print }'; }
delegate() { rr "$(parent "$1")" "$(ds "$1")"; }

publish() {
    local name=$1 f number numbers
    shift
    f=$(zfile "$name")
    SERIAL=$((SERIAL + 1))
    sed "s/SERIAL/$SERIAL/" "$LAB/zones/$f" >"$LAB/signed/$f.plain"
    if [ "${SIGNED[$name]}" = yes ]; then
        # shellcheck disable=SC2086  # options are words
        ldns-signzone ${SIGN_WITH[$name]:-} -o "$name" -i "$(date -d '-1 hour' +%Y%m%d%H%M%S)" \
            -e "$(date -d "${LAB_VALID:-+7 days}" +%Y%m%d%H%M%S)" -f "$LAB/signed/$f" \
            "$LAB/signed/$f.plain" "$(key_of "$name")" >"$LAB/log/sign-$f" 2>&1 ||
            die "$name cannot be signed: $(cat "$LAB/log/sign-$f")"
    else
        cp "$LAB/signed/$f.plain" "$LAB/signed/$f"
    fi
    numbers=${*:-${SERVERS[$name]}}
    for number in $numbers; do
        cp "$LAB/signed/$f" "$LAB/ns/$number/$f.new"
        mv "$LAB/ns/$number/$f.new" "$LAB/ns/$number/$f"
        [ ! -e "$LAB/run/ns$number.pid" ] || kill -HUP "$(cat "$LAB/run/ns$number.pid")"
    done
    for number in $numbers; do
        [ ! -e "$LAB/run/ns$number.pid" ] || await served "$name" "$number" || die "ns$number does not load $name"
    done
}

served() { [ "$(dig +short +time=1 +tries=1 @"$(ns_address "$2")" "$1" SOA | awk '{print $3}')" = "$SERIAL" ]; }

await() {
    local i
    for i in $(seq 150); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done
    return 1
}

ns_start() {
    local number=$1 z conf address
    conf=$LAB/ns/$number/nsd.conf
    address=$(ns_address "$number")
    if [ -n "${FAULT[$number]+x}" ]; then
        address=$(behind_address "$number")
        fault_start "$number"
    fi
    cat >"$conf" <<END
server:
    ip-address: $address@53
    do-ip6: no
    server-count: 1
    username: root
    zonesdir: "$LAB/ns/$number"
    database: ""
    pidfile: "$LAB/run/ns$number.pid"
    logfile: "$LAB/log/ns$number.log"
    xfrdfile: "$LAB/run/ns$number.xfrd"
    zonelistfile: "$LAB/run/ns$number.zones"
    xfrdir: "$LAB/run"
    rrl-ratelimit: 0
remote-control:
    control-enable: no
END
    for z in "${!SERVERS[@]}"; do
        case " ${SERVERS[$z]} " in *" $number "*)
            printf 'zone:\n    name: "%s"\n    zonefile: "%s"\n' "$z" "$(zfile "$z")" >>"$conf" ;;
        esac
    done
    nsd -c "$conf" || die "ns$number does not start: $(tail -3 "$LAB/log/ns$number.log")"
    await test -s "$LAB/run/ns$number.pid" || die "ns$number does not start"
}

fault_start() {
    local conf=$LAB/ns/$1/dnsdist.conf
    cat >"$conf" <<END
setLocal('$(ns_address "$1"):53')
setACL('127.0.0.0/8')
setSecurityPollSuffix('')
newServer({address='$(behind_address "$1"):53'})
getServer(0):setUp()
addAction(${FAULT[$1]})
END
    dnsdist --supervised --disable-syslog -C "$conf" </dev/null >"$LAB/log/dnsdist$1.log" 2>&1 &
}

lab_start() {
    local z number
    for z in "${!SERVERS[@]}"; do [ "$z" = . ] || [ "${SIGNED[$z]}" = no ] || [ -n "${NO_DS[$z]+x}" ] || delegate "$z"; done
    for z in "${!SERVERS[@]}"; do publish "$z"; done
    ! declare -F before_start >/dev/null || before_start
    for number in "$LAB"/ns/*; do ns_start "${number##*/}"; done
    ldns-key2ds -n -2 "$(key_of .).key" >"$LAB/anchor.ds"
    printf '. 3600000 NS ns1.nic.lab.\nns1.nic.lab. 3600000 A %s\n' "$(ns_address 1)" >"$LAB/hints"
    cat >"$LAB/unbound.conf" <<END
server:
    num-threads: 1
    directory: "$LAB"
    chroot: ""
    username: ""
    pidfile: "$LAB/run/unbound.pid"
    logfile: "$LAB/log/unbound.log"
    use-syslog: no
    interface: $RESOLVER
    do-ip6: no
    access-control: 127.0.0.0/8 allow
    do-not-query-localhost: no
    root-hints: "$LAB/hints"
    module-config: "iterator"
remote-control:
    control-enable: yes
    control-use-cert: no
    control-interface: "$LAB/run/unbound.ctl"
END
    unbound -c "$LAB/unbound.conf" || die "unbound does not start"
    mail_start
    policies_start
    await dig +short +time=1 +tries=1 @"$RESOLVER" co.lab. SOA || die "the resolver does not answer"
}

flush() { unbound-control -c "$LAB/unbound.conf" flush_zone "$1" >/dev/null; }

# --- the end ----------------------------------------------------------------------

lab_trap() { # COMMAND
    # Neither the next signal nor what fails here gets ahead of it.
    # shellcheck disable=SC2064,SC2154  # the command is known now, the status then
    trap "status=\$?; set +e; trap '' HUP INT TERM; $1; lab_end; exit \$status" EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# What was started and runs, whether or not it came as far as to a file with its
# number: a server with a file of this lab as an argument, or one of Postfix's.
started() {
    local p
    grep -lsz "^$LAB/" /proc/[0-9]*/cmdline | while read -r p; do
        p=${p%/cmdline}
        case $(cat "$p/comm" 2>/dev/null) in nsd* | unbound | dnsdist | openssl) echo "${p#/proc/}" ;; esac
    done
    mail_processes
}
stopped() { [ -z "$(started)" ]; }

lab_end() {
    local how
    for how in TERM KILL; do
        # One may end by itself meanwhile.
        started | xargs -r kill -"$how" 2>/dev/null || true
        ! await stopped || break
    done
    rm -f "$LAB"/run/*.pid
}

# --- dane-check -------------------------------------------------------------------

dane_check() { # COMMAND ARGUMENTS...
    local trust=()
    [ ! -e "$LAB/certs/trust" ] ||
        trust=(-Djavax.net.ssl.trustStore="$LAB/certs/trust" -Djavax.net.ssl.trustStorePassword=public)
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djdk.net.hosts.file="$LAB/web/hosts" "${trust[@]}" \
        -cp "${DANE_CHECK_CLASSPATH:-$MAIN}" org.dane4j.examples.danecheck.DaneCheck "$@" \
        --resolver "$RESOLVER" --trust-anchors "$LAB/anchor.ds" --port "$SMTP_PORT" --timeout 10 --helo sender.invalid
}
