mount --bind /tmp/stoke-real/passwd /etc/passwd; mount --bind /tmp/stoke-real/group /etc/group
EX=/tmp/stoke-real/x/exim4-daemon-light/usr/sbin/exim4
mkdir -p /tmp/stoke-real/up /tmp/stoke-real/wk; mount -t overlay overlay -o lowerdir=/tmp/stoke-real/x/lib/usr/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu
mkdir -p /etc/exim4
for to in unknown@their.example full@their.example blocked@their.example content@their.example later@their.example someone@alias.example someone@unroutable.their2.example; do
 printf 'From: Ana <ana@ours.example>\nTo: %s\nSubject: A question\nMessage-ID: <m1.abcdefghijkl@ours.example>\n\nHello Ann\n' $to | $EX -C /tmp/stoke-real/exim.conf -odf -f ana@ours.example -i $to
done
sleep 2
$EX -C /tmp/stoke-real/exim.conf -qff
$EX -C /tmp/stoke-real/exim.conf -qff
