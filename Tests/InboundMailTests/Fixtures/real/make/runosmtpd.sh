set -e
mount --bind /tmp/stoke-real/passwd2 /etc/passwd; mount --bind /tmp/stoke-real/group2 /etc/group
mkdir -p up1 wk1 up2 wk2
mount -t overlay overlay -o lowerdir=/tmp/stoke-real/x/opensmtpd/usr:/usr /usr
mkdir -p /tmp/stoke-real/var/spool/smtpd /tmp/stoke-real/varlib/opensmtpd/empty
mount -t tmpfs t /var/spool; mkdir -p /var/spool/smtpd
mount -t tmpfs t /var/lib; mkdir -p /var/lib/opensmtpd/empty; chmod 755 /var/lib /var/spool /var/lib/opensmtpd /var/lib/opensmtpd/empty; chmod 711 /var/spool/smtpd
mkdir -p /tmp/stoke-real/ana; chown 9104:9104 /tmp/stoke-real/ana
mount -t tmpfs t /run
/usr/sbin/smtpd -d -f /tmp/stoke-real/smtpd.conf > /tmp/stoke-real/smtpd.log 2>&1 & P=$!
sleep 2
for to in unknown@their.example full@their.example blocked@their.example content@their.example later@their.example; do
python3 - $to <<'P'
import smtplib,sys
to=sys.argv[1]
s=smtplib.SMTP('127.0.0.1',2598); s.sendmail('ana@ours.example',[to],f'From: Ana <ana@ours.example>\nTo: {to}\nSubject: A question\nMessage-ID: <m1.abcdefghijkl@ours.example>\n\nHello Ann\n'); s.quit()
P
done
sleep 25
kill $P; sleep 1
