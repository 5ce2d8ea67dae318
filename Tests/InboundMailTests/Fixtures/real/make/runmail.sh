mount -t overlay overlay -o lowerdir=/tmp/stoke-real/x/lf/usr:/tmp/stoke-real/x/nmh/usr:/tmp/stoke-real/x/s-nail/usr:/usr /usr
mount -t overlay overlay -o lowerdir=/tmp/stoke-real/x/nmh/etc:/tmp/stoke-real/x/s-nail/etc:/etc /etc
export PATH=$PATH:/usr/bin/mh HOME=/tmp/stoke-real/home LANG=C.UTF-8
printf 'Path: Mail\nsignature: Ann Example\nlocal-mailbox: Ann Example <ann@their.example>\n' > $HOME/.mh_profile
cat > /tmp/stoke-real/answer.sh <<'S'
#!/bin/sh
printf 'Gladly, call me on Thursday.\n' > /tmp/stoke-real/new; cat "$1" > /tmp/stoke-real/draft
awk 'BEGIN{while((getline l < "/tmp/stoke-real/new")>0) new=new l "\n"} {print} /^-*$/&&!d{printf "%s\n", new; d=1}' /tmp/stoke-real/draft > "$1"
S
chmod +x /tmp/stoke-real/answer.sh
for how in "-nocc me" "-filter mhl.reply"; do rm -f $HOME/Mail/draft
printf 'quit\n' | repl +inbox 1 $how -editor /tmp/stoke-real/answer.sh 2>&1 | tail -2
send -server 127.0.0.1 -port 2594 -mts smtp $HOME/Mail/draft; done
ls $HOME/Mail; 
(cat $HOME/Mail/inbox/1 | sed '1i From ana@ours.example Mon Nov  9 09:00:00 2026'; echo) > $HOME/mbox
printf 'reply 1\nGladly, call me on Thursday.\n~.\n' | s-nail -n -~ -# -S v15-compat -S mta=smtp://127.0.0.1:2594 -S smtp-auth=none -S from='Ann Example <ann@their.example>' -S hostname=their.example -S ttycharset=utf-8 -S quote -f $HOME/mbox 2>&1 | tail -3
printf 'Reply 1\nNo thanks.\n~.\n' | s-nail -n -~ -# -S v15-compat -S mta=smtp://127.0.0.1:2594 -S smtp-auth=none -S from='Ann Example <ann@their.example>' -S hostname=their.example -S ttycharset=utf-8 -S quote -S indentprefix='| ' -f $HOME/mbox 2>&1 | tail -3
