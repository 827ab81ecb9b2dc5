#!/bin/bash
# fixup.sh ADDRESS PORT FILE - a firewall that inspects SMTP, on standard input and output.
#
# Passes a session on to the server at ADDRESS. In the first and each second one after
# it, it overwrites STARTTLS, as such firewalls do; FILE says which is the next. Started
# by Postfix's spawn(8).
exec 3<>"/dev/tcp/$1/$2"
if [ -s "$3" ]; then
    : >"$3"
    cat <&3 &
else
    echo seen >"$3"
    sed -u 's/STARTTLS/XXXXXXXA/' <&3 &
fi
cat >&3
kill $! 2>/dev/null
