#!/bin/sh
printf 'Gladly, call me on Thursday.\n' > /tmp/stoke-real/new; cat "$1" > /tmp/stoke-real/draft
awk 'BEGIN{while((getline l < "/tmp/stoke-real/new")>0) new=new l "\n"} {print} /^-*$/&&!d{printf "%s\n", new; d=1}' /tmp/stoke-real/draft > "$1"
