#!/bin/bash
# Makes delivery reports with a real Postfix: its own instance in a scratch folder, loopback only. Run as root.
# make.sh FOLDER: the reports land there as files.
set -eu
out=$1
pf=$(mktemp -d /tmp/stoke-postfix-XXXX)
trap 'postfix -c "$pf/etc" stop >/dev/null 2>&1; rm -rf "$pf"' EXIT
mkdir -p "$pf/etc" "$pf/queue" "$pf/data" "$pf/mail"
chown postfix "$pf/data"; chown nobody "$pf/mail"; chmod 755 "$pf"
cat > "$pf/etc/main.cf" <<CF
compatibility_level = 3.6
queue_directory = $pf/queue
data_directory = $pf/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = $pf/log
maillog_file_prefixes = $pf
myhostname = mx.example.com
mydestination = local.example.com
inet_interfaces = loopback-only
inet_protocols = ipv4
local_recipient_maps =
alias_maps =
alias_database =
virtual_mailbox_domains = ours.example
virtual_mailbox_base = $pf/mail
virtual_mailbox_maps = inline:{ ana@ours.example=ana/ }
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
transport_maps = texthash:$pf/etc/transport
virtual_alias_maps = inline:{ alias@local.example.com=nobody.there@local.example.com }
recipient_canonical_maps =
delay_warning_time = 1s
notify_classes = bounce
queue_run_delay = 2s
minimal_backoff_time = 2s
smtp_host_lookup = native
disable_dns_lookups = yes
CF
cat > "$pf/etc/transport" <<MAP
full.example.com error:5.2.2 the mailbox is full
moved.example.com error:5.1.6 the user has moved
big.example.com error:5.3.4 the message is too big
blocked.example.com error:5.7.1 blocked by policy
slow.example.com retry:4.3.2 come back later
MAP
sed "s/^smtp      inet.*/#/; s/^-o syslog.*//" /usr/share/postfix/master.cf.dist > "$pf/etc/master.cf"
sed -i -E 's/^([a-z]+ +unix +[-n]+ +[-ny]+ +)[-y]( )/\1n\2/' "$pf/etc/master.cf"
postfix -c "$pf/etc" start
send() { printf 'From: Ana <ana@ours.example>\nTo: %s\nSubject: A question\nMessage-ID: <m1.abcdefghijkl@ours.example>\nDate: Tue, 10 Nov 2026 09:00:00 +0100\n\nHello Ann\n' "$2" | sendmail -C "$pf/etc" ${3:-} -f ana@ours.example "$2"; sleep 3
  for file in "$pf"/mail/ana/new/*; do [ -e "$file" ] && mv "$file" "$out/$1.eml"; done; true; }
send unknown-user nobody.there@local.example.com
send alias alias@local.example.com
send mailbox-full ann@full.example.com
send moved ann@moved.example.com
send too-big ann@big.example.com
send blocked ann@blocked.example.com
send no-host ann@no-such-host.invalid
send success ana@ours.example '-N success'
send delay ann@slow.example.com
sleep 3
send delay ann@slow.example.com
rm -f "$out"/*.tmp
