# shellcheck shell=bash disable=SC2034
# lab.sh - a small internet on loopback, for the other scripts here to source.
#
# An own signed root, two zones below it, mail domains below those, each on name
# servers (NSD) of their own; a resolver that does not validate (unbound); mail
# servers (Postfix). Everything is made afresh below DIR. Needs root rights and
# the packages nsd, ldnsutils, unbound, postfix, openssl, iproute2.
#
#   lab_begin DIR            an empty lab
#   zone NAME SERVER...      declares a zone; SERVER is the last number of an address
#   rr ZONE LINE             puts a line into a zone:  NAME TTL IN TYPE RDATA
#   unrr ZONE LINE           takes it out, whatever its TTL is
#   sign ZONE | unsign ZONE  whether the zone is signed from its next publication on
#   ds ZONE                  prints its DS records
#   publish ZONE [SERVER...] signs, and gives it to these servers, or to all
#   mail_host NAME NUMBER tls|plain|dead [KEY]   what listens at address NUMBER
#   mail_reload              lets the mail servers do so
#   lab_start | lab_end      the processes
#   dane_check COMMAND...    runs the program against it
#
# LAB_NET=N uses 127.N.x.y. LAB_TTL is the TTL of zone basics.

set -eu
export LC_ALL=C TZ=UTC

NET=${LAB_NET:-9}
SMTP_PORT=${LAB_SMTP_PORT:-25}
LAB_TTL=${LAB_TTL:-4}
RESOLVER=127.$NET.3.1
MAIN=${DANE_CHECK_JAR:-$(dirname "$0")/../dane-check/target/dane-check.jar}
declare -A SERVERS SIGNED NO_DS
SERIAL=$(date +%s)

die() { echo "lab: $*" >&2; exit 1; }
say() { printf '%s %s\n' "$(date +%T)" "$*"; }
ns_address() { echo "127.$NET.2.$1"; }
mail_address() { echo "127.$NET.1.$1"; }
# A function of the zone's name that can be a file's.
zfile() { [ "$1" = . ] && echo root || echo "${1%.}"; }

lab_begin() {
    [ "$(id -u)" = 0 ] || die "needs root rights: Postfix, and ports below 1024"
    for tool in nsd ldns-signzone ldns-keygen ldns-key2ds unbound unbound-control postfix openssl ss java; do
        command -v "$tool" >/dev/null || die "$tool is missing"
    done
    [ -n "${DANE_CHECK_CLASSPATH:-}" ] || [ -e "$MAIN" ] || die "$MAIN is missing: build it, or name it by DANE_CHECK_JAR"
    if [ -e "$1/.dane4j-lab" ]; then
        LAB=$(cd "$1" && pwd) && lab_end
    elif [ -e "$1" ] && [ -n "$(ls -A "$1")" ]; then
        die "$1 is not empty, and no lab"
    fi
    rm -rf "$1"
    mkdir -p "$1"/{zones,keys,signed,ns,run,log,certs,mail/etc,mail/spool,mail/data}
    LAB=$(cd "$1" && pwd)
    : >"$LAB/.dane4j-lab"
    : >"$LAB/mail/hosts"
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
ds() { ldns-key2ds -n -2 "$(key_of "$1").key" | awk -v ttl="$LAB_TTL" '{ $2 = ttl; print }'; }
delegate() { rr "$(parent "$1")" "$(ds "$1")"; }

publish() {
    local name=$1 f number numbers
    shift
    f=$(zfile "$name")
    SERIAL=$((SERIAL + 1))
    sed "s/SERIAL/$SERIAL/" "$LAB/zones/$f" >"$LAB/signed/$f.plain"
    if [ "${SIGNED[$name]}" = yes ]; then
        ldns-signzone -o "$name" -i "$(date -d '-1 hour' +%Y%m%d%H%M%S)" \
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
    local number=$1 z conf
    conf=$LAB/ns/$number/nsd.conf
    cat >"$conf" <<END
server:
    ip-address: $(ns_address "$number")@53
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

lab_start() {
    local z number
    for z in "${!SERVERS[@]}"; do [ "$z" = . ] || [ "${SIGNED[$z]}" = no ] || [ -n "${NO_DS[$z]+x}" ] || delegate "$z"; done
    for z in "${!SERVERS[@]}"; do publish "$z"; done
    ! declare -F before_start >/dev/null || before_start
    for number in $(ls "$LAB/ns"); do ns_start "$number"; done
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
    await dig +short +time=1 +tries=1 @"$RESOLVER" co.lab. SOA || die "the resolver does not answer"
}

flush() { unbound-control -c "$LAB/unbound.conf" flush_zone "$1" >/dev/null; }

# --- mail servers ---------------------------------------------------------------

certificate() { # KEY NAME: makes it the first time
    local f=$LAB/certs/$1
    [ -e "$f.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
        -subj "/CN=$2" -addext "subjectAltName=DNS:$2" -keyout "$f.key" -out "$f.crt" 2>/dev/null
    cat "$f.key" "$f.crt" >"$f.pem"
}

tlsa_of() { # KEY: the data of its TLSA record 3 1 1
    echo "3 1 1 $(openssl x509 -in "$LAB/certs/$1.crt" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1)"
}

mail_host() { # NAME NUMBER tls|plain|dead [KEY]
    local key=${4:-$1}
    certificate "$key" "${1%.}"
    sed -i "/ $2 /d" "$LAB/mail/hosts"
    echo "${1%.} $2 $3 $key" >>"$LAB/mail/hosts"
}

mail_config() {
    local etc=$LAB/mail/etc name number mode key tls
    cat >"$etc/main.cf" <<END
compatibility_level = 3.6
queue_directory = $LAB/mail/spool
data_directory = $LAB/mail/data
maillog_file = $LAB/log/mail.log
maillog_file_prefixes = $LAB
myhostname = lab.invalid
mynetworks = 127.0.0.0/8
inet_protocols = ipv4
disable_dns_lookups = yes
smtpd_peername_lookup = no
alias_maps =
alias_database =
mydestination =
local_recipient_maps =
default_transport = discard:lab
relay_transport = discard:lab
smtpd_tls_session_cache_database =
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
END
    cat >"$etc/master.cf" <<END
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
proxymap  unix - - n - - proxymap
error     unix - - n - - error
discard   unix - - n - - discard
anvil     unix - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
END
    while read -r name number mode key; do
        case $mode in
            dead) continue ;;
            plain) tls="-o smtpd_tls_security_level=none" ;;
            *) tls="-o smtpd_tls_security_level=may -o smtpd_tls_chain_files=$LAB/certs/$key.pem" ;;
        esac
        echo "$(mail_address "$number"):$SMTP_PORT inet n - n - - smtpd -o myhostname=$name $tls"
    done <"$LAB/mail/hosts" >>"$etc/master.cf"
}

listening() { # as many as should
    [ "$(ss -Hlnt "sport = :$SMTP_PORT" | grep -c "127\.$NET\.1\.")" = "$(grep -vc ' dead ' "$LAB/mail/hosts")" ]
}

mail_start() {
    chown postfix "$LAB/mail/data"
    mail_config
    postfix -c "$LAB/mail/etc" start >"$LAB/log/postfix" 2>&1 || die "postfix: $(cat "$LAB/log/postfix")"
    await listening || die "not all mail servers listen: $(tail -3 "$LAB/log/mail.log")"
}

# Sessions that have begun go on; the old settings are gone with the last process that has them.
mail_reload() {
    mail_config
    postfix -c "$LAB/mail/etc" reload >>"$LAB/log/postfix" 2>&1 || die "postfix: $(tail -3 "$LAB/log/postfix")"
    await listening || die "not all mail servers listen: $(tail -3 "$LAB/log/mail.log")"
    sleep 0.5
}

lab_end() {
    local f pid
    [ ! -e "$LAB/mail/spool/pid/master.pid" ] || postfix -c "$LAB/mail/etc" stop >/dev/null 2>&1 || true
    for f in "$LAB"/run/*.pid; do
        [ -e "$f" ] || continue
        pid=$(tr -dc 0-9 <"$f")
        # Only what was started here: the command line names this lab.
        grep -qs "$LAB" "/proc/$pid/cmdline" && kill "$pid" || true
        rm -f "$f"
    done
}

# --- dane-check -------------------------------------------------------------------

dane_check() { # COMMAND ARGUMENTS...
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "${DANE_CHECK_CLASSPATH:-$MAIN}" \
        org.dane4j.examples.danecheck.DaneCheck "$@" --resolver "$RESOLVER" --trust-anchors "$LAB/anchor.ds" --port "$SMTP_PORT" --timeout 10 --helo sender.invalid
}
