#!/bin/bash
# shellcheck disable=SC2016  # awk has variables of its own
# mistakes.sh DIR - the mistakes that operators make, on real servers.
#
# One mail domain for each mistake, and one without any. 'dane-check audit' has to
# name each mistake by the check that it belongs to, and to find the other good.
set -eu
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lab.sh
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
more_address() { # MODE [KEY]
    rr "$Z" "mx.$Z 300 IN A $(mail_address "$NEXT")"
    mail_host "mx.$Z" "$NEXT" "$1" "${2:-mx.$Z}"
    NEXT=$((NEXT + 1))
}
tlsa() { rr "$Z" "${2:-$OWNER} 300 IN TLSA $1"; }
digest() { sha256sum | cut -d' ' -f1; }
cert_der() { openssl x509 -in "$LAB/certs/$1.crt" -outform DER; }
spki_der() { openssl x509 -in "$LAB/certs/$1.crt" -noout -pubkey | openssl pkey -pubin -outform DER; }
other_key() { certificate "other.$Z" other.invalid; echo "other.$Z"; }

# Changes the signed zone on its servers, before they start.
declare -A SPOIL
spoil() { SPOIL[$Z]=$1; }

lab_begin "$1"
lab_trap :

mistake good certificates pass "nothing is wrong"
tlsa "$(tlsa_of "$KEY")"
tlsa "$(tlsa_of "$(other_key)")"
issue "$KEY" chain
policy "$Z" 1 enforce "$KEY"

mistake replaced certificates fail "the certificate was replaced before its TLSA record was published"
tlsa "$(tlsa_of "$(other_key)")"

mistake renewal tlsa-records warn "3 0 1 changes with each renewal"
tlsa "3 0 1 $(cert_der "$KEY" | digest)"

mistake unsent certificates fail "2 1 1, and the CA's certificate is not sent"
issue "$KEY" leaf
tlsa "2 1 1 $(spki_der ca | digest)"

mistake retired certificates fail "2 0 1 of a CA that does not issue the certificate any more"
issue "$KEY" chain
tlsa "2 0 1 $(cert_der "$(other_key)" | digest)"

mistake elsewhere tlsa-place warn "the record stands at the mail domain, not at the host"
tlsa "$(tlsa_of "$KEY")" "_$SMTP_PORT._tcp.$Z"

mistake port tlsa-place warn "the record stands at another port"
tlsa "$(tlsa_of "$KEY")" "_465._tcp.mx.$Z"

mistake underscore tlsa-place warn "an underscore is missing"
tlsa "$(tlsa_of "$KEY")" "$SMTP_PORT._tcp.mx.$Z"

mistake pem certificates fail "the digest is of the PEM text"
tlsa "3 1 1 $(digest <"$LAB/certs/$KEY.crt")"

mistake request certificates fail "the digest is of the request for the certificate"
issue "$KEY" leaf
tlsa "3 1 1 $(openssl req -in "$LAB/certs/$KEY.csr" -outform DER | digest)"

mistake key-file certificates fail "the digest is of the file of the private key"
tlsa "3 1 1 $(digest <"$LAB/certs/$KEY.key")"

mistake ca-as-leaf certificates fail "3 1 1 of the CA's key"
issue "$KEY" chain
tlsa "3 1 1 $(spki_der ca | digest)"

mistake leaf-as-ca certificates fail "2 1 1 of the server's own key"
tlsa "2 1 1 $(spki_der "$KEY" | digest)"

mistake pkix tlsa-records warn "usage 1, which means nothing to mail servers"
tlsa "1 1 1 $(spki_der "$KEY" | digest)"

mistake unsigned signed info "the zone is not signed, so that the record does not count"
unsign "$Z"
tlsa "$(tlsa_of "$KEY")"

mistake foreign signed info "the host's zone is not signed, only the mail domain's is"
zone hosting.co.lab. 4
unrr "$Z" "$Z 300 IN MX 10 mx.$Z"
rr "$Z" "$Z 300 IN MX 10 mx.hosting.co.lab."
rr hosting.co.lab. "mx.hosting.co.lab. 300 IN A $(mail_address "$A")"
rr hosting.co.lab. "_$SMTP_PORT._tcp.mx.hosting.co.lab. 300 IN TLSA $(tlsa_of "$KEY")"

mistake backup coverage warn "the backup host has no TLSA record"
tlsa "$(tlsa_of "$KEY")"
rr "$Z" "$Z 300 IN MX 20 backup.$Z"
rr "$Z" "backup.$Z 300 IN A $(mail_address "$NEXT")"
mail_host "backup.$Z" "$NEXT" tls
NEXT=$((NEXT + 1))

mistake plain starttls fail "there is a TLSA record, and no STARTTLS"
tlsa "$(tlsa_of "$KEY")"
mail_host "mx.$Z" "$A" plain

mistake half starttls fail "one of the addresses offers no STARTTLS"
tlsa "$(tlsa_of "$KEY")"
more_address plain

mistake fixup starttls fail "a firewall hides STARTTLS from some connections"
tlsa "$(tlsa_of "$KEY")"
mail_host "mx.$Z" "$A" fixup

mistake two-keys certificates fail "RSA and ECDSA certificates, and a record for one of them"
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=mx.$N" -keyout "$LAB/certs/rsa.key" \
    -out "$LAB/certs/rsa.crt" 2>/dev/null
cat "$LAB/certs/rsa.key" "$LAB/certs/rsa.crt" >>"$LAB/certs/$KEY.pem"
tlsa "$(tlsa_of "$KEY")"

mistake denial denial fail "that other records do not exist cannot be proven"
tlsa "$(tlsa_of "$KEY")"
spoil '$4 != "NSEC" && !($4 == "RRSIG" && $5 == "NSEC")'

mistake empty denial fail "the NSEC3 records of names without records are missing"
tlsa "$(tlsa_of "$KEY")"
SIGN_WITH[$Z]='-n -t 0'
spoil "tolower(\$1) != \"$(ldns-nsec3-hash -t 0 "_tcp.mx.$Z" | tr -d '\n')$Z\""

mistake aaaa denial fail "that the host has no IPv6 address cannot be proven"
tlsa "$(tlsa_of "$KEY")"
rr "$Z" "mx.$Z 300 IN AAAA 2001:db8::25"
spoil '$4 != "AAAA" && !($4 == "RRSIG" && $5 == "AAAA")'

mistake drops name-servers warn "one of the name servers drops questions for TLSA records" 4 8
tlsa "$(tlsa_of "$KEY")"
fault 8 'QTypeRule(DNSQType.TLSA), DropAction()'

mistake notimp name-servers warn "one of the name servers does not implement TLSA records" 4 9
tlsa "$(tlsa_of "$KEY")"
fault 9 'QTypeRule(DNSQType.TLSA), RCodeAction(DNSRCode.NOTIMP)'

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

mistake large name-servers fail "the answer does not fit into UDP, and the name server does not speak TCP" 10
for i in $(seq 40); do tlsa "3 1 1 $(echo "$i" | digest)"; done
tlsa "$(tlsa_of "$KEY")"
fault 10 'TCPRule(true), DropAction()'

mistake full tlsa-records warn "a whole certificate instead of a digest"
tlsa "3 0 0 $(cert_der "$KEY" | od -An -v -tx1 | tr -d ' \n')"

mistake dangling tlsa-lookup warn "the records were the provider's, by an alias, and are gone"
rr "$Z" "$OWNER 300 IN CNAME tlsa.good.co.lab."

mistake digests certificates fail "3 1 1 is new, and 3 1 2 was forgotten"
tlsa "$(tlsa_of "$KEY")"
tlsa "3 1 2 $(spki_der "$(other_key)" | sha512sum | cut -d' ' -f1)"

mistake address certificates fail "one of the addresses has the old key"
tlsa "$(tlsa_of "$KEY")"
more_address tls "$(other_key)"

mistake policy mta-sts fail "the MTA-STS policy names the host that the domain had before"
issue "$KEY" chain
tlsa "$(tlsa_of "$KEY")"
policy "$Z" 2 enforce "old.$Z"

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
        say "NOT NAMED $n (${WHAT[$n]}): expected ${CHECK[$n]} ${SEVERITY[$n]}, got $(grep -v ' pass$' <<<"$all" | tr '\n' ',')"
        status=1
    elif [ "$n" = good ] && wrong=$(grep ' \(fail\|error\|warn\)$' <<<"$all" | grep -v '^mx-records'); then
        # Its addresses are loopback addresses, which the check of the MX records says rightly.
        say "GOOD IS NOT: $wrong"
        status=1
    elif [ "$n" = good ] && ! grep -qx 'mta-sts pass' <<<"$all"; then
        say "GOOD IS NOT: its MTA-STS policy was not seen"
        status=1
    else
        say "named: ${WHAT[$n]} (${CHECK[$n]}: ${SEVERITY[$n]})"
    fi
done
exit $status
