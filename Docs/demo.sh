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
step "4. Leads are reviewed against the ICP; who fits becomes a prospect."
say qualify --all --accept
step "5. Prospects enter a sequence. Who does not, and why?"
say enroll founders --all
step "6. What would go out in the coming days?"
say plan --until 2d
step "7. Cron runs this every few minutes; here once."
say run
step "8. What is to be done by hand?"
clock=2026-03-03T10:00:00Z
for at in 08:00 08:10 08:20 08:30 08:40 09:00; do clock=2026-03-03T$at:00Z quietly run; done
say tasks --owner ana
