#!/usr/bin/env bash
# The main job from plain files to people who advance, in a folder of its own, on a pretend clock.
# usage: Docs/demo.sh PATH-OF-STOKE. Nobody is mailed: mail becomes files in outbox/.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
stoke=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d "${TMPDIR:-/tmp}/stoke-demo.XXXXXX")
export STOKE_STATE="$work/state"
cd "$here"
cp -R stoke.yaml qualification.yaml sequences templates signatures calendars prospects "$work"
cd "$work"

clock=2026-03-02T08:00:00Z
step() { printf '\n\033[1m%s\033[0m\n' "$1" | if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi; }
say() { printf '$ stoke %s\n' "$*"; "$stoke" "$@" --now "$clock"; }
quietly() { "$stoke" "$@" --now "$clock" >>"$work/replay.log" 2>&1; }

step "1. The workspace is a folder of files. Is anything wrong with them?"
say check
step "2. Nothing is live until it is applied."
say apply --yes
step "3. People come from a CSV file; a bad row is reported and kept aside."
say import prospects/sample.csv || true
step "4. Who fits the ICP well became a prospect by rule; the others wait for a person's word."
say qualify
say qualify --all --accept
step "5. Prospects enter a sequence. Who does not, and why?"
say enroll founders --all
step "6. What would go out in the coming days?"
say plan --until 2d
step "7. Cron runs this every few minutes; here once."
say run
step "8. The next morning: what is to be done by hand?"
for minute in 05 10 15 20 25 30 35 40 45 50 55; do at=2026-03-02T08:$minute:00Z && clock=$at quietly run; done
for hour in 13 14 15 16 17 18; do for minute in 00 10 20 30 40 50; do clock=2026-03-02T$hour:$minute:00Z quietly run; done; done
clock=2026-03-03T08:05:00Z
quietly run
say tasks --owner ana
code=$("$stoke" tasks --owner ana --format csv --now "$clock" | awk -F, '/connect/ {print $1; exit}')
step "9. One of them, with its text ready to copy; and ticked."
say tasks show "$code"
say tasks done "$code" --outcome sent

step "10. Four weeks on the pretend clock, half an hour a turn ..."
begin=$SECONDS
# Each morning somebody does a few of the LinkedIn tasks; two invitations are accepted.
by_hand() {
    "$stoke" tasks --format csv --now "$clock" 2>/dev/null | awk -F, '$0 ~ /connect|view/ {print $1}' | head -n 6 |
        while read -r code; do quietly tasks done "$code" || true; done
}
days=0
for day in 2026-03-0{3,4,5,6,7,8,9} 2026-03-1{0,1,2,3,4,5,6,7,8,9} 2026-03-2{0,1,2,3,4,5,6,7,8,9} 2026-03-3{0,1}; do
    # At weekends no window is open, but cron goes on.
    case $day in *-07 | *-08 | *-14 | *-15 | *-21 | *-22 | *-28 | *-29)
        clock=${day}T12:00:00Z
        quietly run
        continue ;;
    esac
    for hour in 08 09 10 11 12 13 14 15 16 17 18 19 20 21; do
        for minute in 10 40; do
            clock=${day}T$hour:$minute:00Z
            quietly run
        done
        [ "$hour" = 09 ] && by_hand
    done
    case $day in
    2026-03-06) quietly touch jonas.weber@nordlicht.example --reply positive --note "sounds useful, call me" ;;
    2026-03-09) quietly touch priya.menon@banyanworks.example linkedin.connected ;;
    2026-03-17) quietly touch eilidh@thistle.example meeting ;;
    esac
    days=$((days + 1))
done
clock=2026-03-31T22:00:00Z
mails=$(find outbox -type f | wc -l | tr -d ' ')
echo "    $days working days in $((SECONDS - begin)) s; $mails mails lie in outbox/, and nobody was mailed"

step "11. Where does everything stand?"
say status
step "12. A reply on the way ended Jonas' sequence and made him warm."
say show jonas.weber@nordlicht.example
step "13. A meeting made Eilidh hot; every point has its touchpoint."
say explain eilidh@thistle.example
step "14. Does everything that is stored follow from the facts?"
say ledger verify

cat <<TEXT

That was the sample workspace; this copy stays in $work

To go live, in a folder of your own:
  1. stoke init outreach && cd outreach      and read the files it wrote
  2. in stoke.yaml name your server at a mailbox (smtp: smtp://smtp.example.com:587, user, password: {file: secrets/me})
     and this machine at home: ($(uname -n))
  3. stoke check && stoke apply              nothing is live before
  4. stoke import prospects.csv && stoke enroll SEQUENCE --all && stoke plan
  5. stoke cron                              prints the crontab line that really sends
TEXT
