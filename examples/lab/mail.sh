# shellcheck shell=bash
# mail.sh - the lab's mail servers (Postfix), the hosts of MTA-STS policies (OpenSSL),
# and their certificates. lab.sh sources it.
#
#   mail_host NAME NUMBER tls|plain|fixup|dead [KEY]   what listens at address NUMBER;
#                            fixup: a firewall, which hides STARTTLS each second time
#   mail_reload              lets the mail servers do so
#   policy ZONE NUMBER MODE MX...   an MTA-STS policy, its record, and its host
#   certificate KEY NAME     a certificate that is signed by itself
#   issue KEY leaf|chain     replaces it by one of the lab's CA, to be sent alone or with the CA's
#   tlsa_of KEY              the data of its TLSA record 3 1 1

mail_address() { echo "127.$NET.1.$1"; }
shielded_address() { echo "127.$NET.5.$1"; }
policy_address() { echo "127.$NET.6.$1"; }

# --- certificates -----------------------------------------------------------------

certificate() { # makes it the first time
    local f=$LAB/certs/$1
    [ -e "$f.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
        -subj "/CN=$2" -addext "subjectAltName=DNS:$2" -keyout "$f.key" -out "$f.crt" 2>/dev/null
    cat "$f.key" "$f.crt" >"$f.pem"
}

authority() { # makes it the first time, and a store for Java to trust it
    local ca=$LAB/certs/ca
    [ ! -e "$ca.crt" ] || return 0
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=ca \
        -addext basicConstraints=critical,CA:TRUE -keyout "$ca.key" -out "$ca.crt" 2>/dev/null
    keytool -importcert -noprompt -alias ca -file "$ca.crt" -keystore "$LAB/certs/trust" -storetype PKCS12 \
        -storepass public 2>/dev/null
}

issue() {
    local f=$LAB/certs/$1 ca=$LAB/certs/ca
    authority
    openssl req -new -key "$f.key" -subj "/CN=${1%.}" -out "$f.csr" 2>/dev/null
    openssl x509 -req -in "$f.csr" -CA "$ca.crt" -CAkey "$ca.key" -CAcreateserial -days 20 \
        -extfile <(echo "subjectAltName=DNS:${1%.}") -out "$f.crt" 2>/dev/null
    cat "$f.key" "$f.crt" >"$f.pem"
    [ "$2" = leaf ] || cat "$ca.crt" >>"$f.pem"
}

tlsa_of() {
    echo "3 1 1 $(openssl x509 -in "$LAB/certs/$1.crt" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1)"
}

# --- mail servers -----------------------------------------------------------------

mail_host() {
    local key=${4:-$1}
    certificate "$key" "${1%.}"
    sed -i "/ $2 /d" "$LAB/mail/hosts"
    echo "${1%.} $2 $3 $key" >>"$LAB/mail/hosts"
}

mail_config() {
    local etc=$LAB/mail/etc name number mode key tls address
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
        address=$(mail_address "$number")
        if [ "$mode" = fixup ]; then
            install -m 600 -o nobody /dev/null "$LAB/mail/fixup-$number"
            echo "$address:$SMTP_PORT inet n n n - 1 spawn user=nobody argv=/bin/bash $LAB/mail/fixup.sh" \
                "$(shielded_address "$number") $SMTP_PORT $LAB/mail/fixup-$number"
            address=$(shielded_address "$number")
        fi
        echo "$address:$SMTP_PORT inet n - n - - smtpd -o myhostname=$name $tls"
    done <"$LAB/mail/hosts" >>"$etc/master.cf"
}

listening() { # as many as should
    [ "$(ss -Hlnt "sport = :$SMTP_PORT" | grep -c "127\.$NET\.1\.")" = "$(grep -vc ' dead ' "$LAB/mail/hosts")" ]
}

mail_start() {
    chown postfix "$LAB/mail/data"
    cp "$(dirname "${BASH_SOURCE[0]}")/fixup.sh" "$LAB/mail/"
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

# The master process and those that it started work in its queue directory.
mail_processes() {
    local p
    for p in /proc/[0-9]*; do
        [ "$(readlink "$p/cwd")" != "$LAB/mail/spool" ] || echo "${p#/proc/}"
    done
}

# --- policy hosts -----------------------------------------------------------------

policy() {
    local zone=$1 host=mta-sts.${1%.} address text
    address=$(policy_address "$2")
    rr "$zone" "_mta-sts.$zone 300 IN TXT \"v=STSv1; id=1\""
    rr "$zone" "$host. 300 IN A $address"
    certificate "$host" "$host"
    issue "$host" leaf
    # Java has the addresses of policy hosts from the system, which does not know this internet.
    echo "$address $host" >>"$LAB/web/hosts"
    mkdir -p "$LAB/web/$host/.well-known"
    text=$(printf 'version: STSv1\nmode: %s\nmax_age: 2419200\n' "$3"; shift 3; printf 'mx: %s\n' "${@%.}")
    printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %s\r\n\r\n%s' "${#text}" "$text" \
        >"$LAB/web/$host/.well-known/mta-sts.txt"
}

policies_start() {
    local address host
    while read -r address host; do
        (cd "$LAB/web/$host" && exec openssl s_server -accept "$address:443" -HTTP -cert "$LAB/certs/$host.pem" \
            </dev/null >"$LAB/log/$host.log" 2>&1) &
    done <"$LAB/web/hosts"
    await policies_served || die "not all policy hosts listen: $(tail -n 3 "$LAB"/log/mta-sts.*)"
}
policies_served() { [ "$(ss -Hlnt "sport = :443" | grep -c "127\.$NET\.6\.")" = "$(wc -l <"$LAB/web/hosts")" ]; }
