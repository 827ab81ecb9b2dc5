#!/bin/bash
# mistakes.sh DIR - the mistakes that operators make, on real servers.
#
# One mail domain for each mistake, and one without any. 'dane-check audit' has to
# name each mistake by the check that it belongs to, and to find the other good.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=lab.sh
. "$HERE/lab.sh"
[ $# = 1 ] || die "usage: mistakes.sh DIR"

LAB_TTL=300 LAB_DENIAL_TTL=60
declare -a NAMES
declare -A CHECK SEVERITY WHAT
NEXT=10 # the number of the next mail address

# mistake NAME CHECK SEVERITY WHAT [SERVER...]: begins a domain, with a mail host "mx" at address $A
mistake() {
    N=$1 Z=$1.co.lab.
    NAMES+=("$1")
    CHECK[$1]=$2 SEVERITY[$1]=$3 WHAT[$1]=$4
    shift 4
    A=$NEXT NEXT=$((NEXT + 1))
    # shellcheck disable=SC2068
    zone "$Z" ${@:-4}
    sign "$Z"
    rr "$Z" "$Z 300 IN MX 10 mx.$Z"
    rr "$Z" "mx.$Z 300 IN A $(mail_address "$A")"
    mail_host "mx.$Z" "$A" tls
    KEY=mx.$Z
    OWNER=_$SMTP_PORT._tcp.mx.$Z
}
more_address() { # with KEY, or as it is
    rr "$Z" "mx.$Z 300 IN A $(mail_address "$NEXT")"
    mail_host "mx.$Z" "$NEXT" tls "${1:-mx.$Z}"
    NEXT=$((NEXT + 1))
}
tlsa() { rr "$Z" "${2:-$OWNER} 300 IN TLSA $1"; }
digest() { sha256sum | cut -d' ' -f1; }
cert_der() { openssl x509 -in "$LAB/certs/$1.crt" -outform DER; }
spki_der() { openssl x509 -in "$LAB/certs/$1.crt" -noout -pubkey | openssl pkey -pubin -outform DER; }
other_key() { certificate "other.$Z" other.invalid; echo "other.$Z"; }

# A certificate of a CA; the server sends it with the CA's, or alone.
issued() { # leaf | chain
    local d=$LAB/certs
    [ -e "$d/ca.crt" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
        -subj /CN=ca -addext basicConstraints=critical,CA:TRUE -keyout "$d/ca.key" -out "$d/ca.crt" 2>/dev/null
    openssl req -new -key "$d/$KEY.key" -subj "/CN=${KEY%.}" -out "$d/$KEY.csr" 2>/dev/null
    openssl x509 -req -in "$d/$KEY.csr" -CA "$d/ca.crt" -CAkey "$d/ca.key" -CAcreateserial -days 20 \
        -extfile <(echo "subjectAltName=DNS:${KEY%.}") -out "$d/$KEY.crt" 2>/dev/null
    cat "$d/$KEY.key" "$d/$KEY.crt" >"$d/$KEY.pem"
    [ "$1" = leaf ] || cat "$d/ca.crt" >>"$d/$KEY.pem"
}

# Changes the signed zone on its servers, before they start.
declare -A SPOIL
spoil() { SPOIL[$Z]=$1; }

lab_begin "$1"
trap 'status=$?; lab_end; exit $status' EXIT

mistake good certificates pass "nothing is wrong"
tlsa "$(tlsa_of "$KEY")"
tlsa "$(tlsa_of "$(other_key)")"

mistake replaced certificates fail "the certificate was replaced before its TLSA record was published"
tlsa "$(tlsa_of "$(other_key)")"

mistake renewal tlsa-records warn "3 0 1 changes with each renewal"
tlsa "3 0 1 $(cert_der "$KEY" | digest)"

mistake unsent certificates fail "2 1 1, and the CA's certificate is not sent"
issued leaf
tlsa "2 1 1 $(spki_der ca | digest)"

mistake retired certificates fail "2 0 1 of a CA that does not issue the certificate any more"
issued chain
tlsa "2 0 1 $(cert_der "$(other_key)" | digest)"

mistake elsewhere tlsa-place warn "the record stands at the mail domain, not at the host"
tlsa "$(tlsa_of "$KEY")" "_$SMTP_PORT._tcp.$Z"

mistake port tlsa-place warn "the record stands at another port"
tlsa "$(tlsa_of "$KEY")" "_465._tcp.mx.$Z"

mistake pem certificates fail "the digest is of the PEM text"
tlsa "3 1 1 $(digest <"$LAB/certs/$KEY.crt")"

mistake leaf-as-ca certificates fail "2 1 1 of the server's own key"
tlsa "2 1 1 $(spki_der "$KEY" | digest)"

mistake pkix tlsa-records warn "usage 1, which means nothing to mail servers"
tlsa "1 1 1 $(spki_der "$KEY" | digest)"

mistake unsigned signed info "the zone is not signed, so that the record does not count"
unsign "$Z"
tlsa "$(tlsa_of "$KEY")"

mistake backup coverage warn "the backup host has no TLSA record"
tlsa "$(tlsa_of "$KEY")"
rr "$Z" "$Z 300 IN MX 20 backup.$Z"
rr "$Z" "backup.$Z 300 IN A $(mail_address "$NEXT")"
mail_host "backup.$Z" "$NEXT" tls
NEXT=$((NEXT + 1))

mistake plain starttls fail "there is a TLSA record, and no STARTTLS"
tlsa "$(tlsa_of "$KEY")"
mail_host "mx.$Z" "$A" plain

mistake two-keys certificates fail "RSA and ECDSA certificates, and a record for one of them"
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=mx.$N" -keyout "$LAB/certs/rsa.key" \
    -out "$LAB/certs/rsa.crt" 2>/dev/null
cat "$LAB/certs/rsa.key" "$LAB/certs/rsa.crt" >>"$LAB/certs/$KEY.pem"
tlsa "$(tlsa_of "$KEY")"

mistake denial denial fail "that other records do not exist cannot be proven"
tlsa "$(tlsa_of "$KEY")"
spoil '$4 != "NSEC" && !($4 == "RRSIG" && $5 == "NSEC")'

mistake lame name-servers warn "one of the name servers does not have the zone" 4 6
tlsa "$(tlsa_of "$KEY")"

mistake lagging name-servers warn "one of the name servers has other records" 4 7
tlsa "$(tlsa_of "$KEY")"

mistake expired signed fail "the signatures have expired"
tlsa "$(tlsa_of "$KEY")"

mistake moved signed fail "the DS record is of a key that is gone"
tlsa "$(tlsa_of "$KEY")"
NO_DS[$Z]=yes
rr co.lab. "$(ds "$Z" | sed 's/[0-9a-f]\{8\}$/00000000/')"

mistake many tlsa-records warn "more records than some senders cope with"
tlsa "$(tlsa_of "$KEY")"
for i in $(seq 13); do tlsa "3 1 1 $(echo "$i" | digest)"; done

mistake full tlsa-records warn "a whole certificate instead of a digest"
tlsa "3 0 0 $(cert_der "$KEY" | od -An -v -tx1 | tr -d ' \n')"

mistake dangling coverage info "the records were the provider's, by an alias, and are gone"
rr "$Z" "$OWNER 300 IN CNAME tlsa.good.co.lab."

mistake digests certificates fail "3 1 1 is new, and 3 1 2 was forgotten"
tlsa "$(tlsa_of "$KEY")"
tlsa "3 1 2 $(spki_der "$(other_key)" | sha512sum | cut -d' ' -f1)"

mistake address certificates fail "one of the addresses has the old key"
tlsa "$(tlsa_of "$KEY")"
more_address "$(other_key)"

# --- run --------------------------------------------------------------------------

# What is wrong with the servers themselves, and not with what was written.
spoiled() { # ZONE: leaves only some records of the signed zone on its server
    awk "${SPOIL[$1]}" "$LAB/ns/4/$(zfile "$1")" >"$LAB/ns/4/new" && mv "$LAB/ns/4/new" "$LAB/ns/4/$(zfile "$1")"
}
before_start() {
    local z
    for z in "${!SPOIL[@]}"; do spoiled "$z"; done
    SERVERS[lame.co.lab.]=4 # so that server 6 starts without it
    LAB_VALID='-5 minutes' publish expired.co.lab.
    publish lagging.co.lab. 4
    rr lagging.co.lab. "_$SMTP_PORT._tcp.mx.lagging.co.lab. 300 IN TLSA $(tlsa_of "$(Z=lagging.co.lab. other_key)")"
    publish lagging.co.lab. 7
}
lab_start

found() { # DOMAIN: a line "CHECK SEVERITY" for each finding
    dane_check audit "$1.co.lab" --allow-private --json >"$LAB/log/$1.json" 2>"$LAB/log/$1.err" || [ $? = 1 ] ||
        die "$1: audit failed: $(cat "$LAB/log/$1.err")"
    awk -F'"' '$2 == "check" { c = $4 } $2 == "severity" { print c, $4 }' "$LAB/log/$1.json" | sort -u
}

status=0
for n in "${NAMES[@]}"; do
    all=$(found "$n")
    if ! grep -qx "${CHECK[$n]} ${SEVERITY[$n]}" <<<"$all"; then
        say "NOT NAMED $n (${WHAT[$n]}): expected ${CHECK[$n]} ${SEVERITY[$n]}, got" $(grep -v ' pass$' <<<"$all" | tr '\n' ',')
        status=1
    elif [ "$n" = good ] && wrong=$(grep ' \(fail\|error\|warn\)$' <<<"$all" | grep -v '^mx-records'); then
        # Its addresses are loopback addresses, which the check of the MX records says rightly.
        say "GOOD IS NOT" $wrong
        status=1
    else
        say "named: ${WHAT[$n]} (${CHECK[$n]}: ${SEVERITY[$n]})"
    fi
done
exit $status
