#!/usr/bin/env bash
# Cuts the power, kills processes and fails calls of the disk, until something acknowledged is lost
# or the counts are reached.
#
#   Tests/Durability/run.sh [states] [rounds] [seconds]
#
# 10,000 power cuts, 200 killed processes, and each of the two stops after 1,800 seconds at most,
# unless said. Every call that changes a file fails once, whatever the counts. Data folders are made
# in SCRATCH, which is best kept in memory; power cuts are played on what a program was seen to
# write, so no disk is needed for them.
set -euo pipefail

states=${1:-10000}
rounds=${2:-200}
seconds=${3:-1800}
for number in "$states" "$rounds" "$seconds"; do
  case $number in
  '' | *[!0-9]*)
    echo "usage: $0 [states] [rounds] [seconds]" >&2
    exit 2
    ;;
  esac
done
cd "$(dirname "$0")/../.."
export SWIFT_BACKTRACE=enable=no

swift build -c release --product durability
durability=$(swift build -c release --show-bin-path)/durability

if [ -z "${SCRATCH:-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ]; then SCRATCH=/dev/shm; fi
work=$(mktemp -d "${SCRATCH:-${TMPDIR:-/var/tmp}}/durability-XXXXXX")
trap 'rm -rf "$work"' EXIT

# Several runs, so that the cuts do not all fall into the same work.
runs=10
for ((seed = 1; seed <= runs; seed++)); do
  "$durability" record --data "$work/data" --log "$work/log" --seed "$seed" --requests 300
  "$durability" cut --log "$work/log" --states $(((states + runs - 1) / runs)) --seed "$seed" \
    --seconds $((seconds / runs)) --scratch "$work"
  rm -rf "$work/data" "$work/log"
done

# A check that can not fail proves nothing: a store that syncs less has to be found out.
for less in NORMAL OFF; do
  "$durability" record --data "$work/data" --log "$work/log" --synchronous "$less" >/dev/null
  if "$durability" cut --log "$work/log" --states 1000 --scratch "$work" >"$work/found"; then
    echo "power cuts do not find out that synchronous = $less loses what was acknowledged" >&2
    exit 1
  fi
  echo "found, as it must be, with synchronous = $less: $(cat "$work/found")"
  rm -rf "$work/data" "$work/log"
done

# A sync of a commit fails, the process dies, another goes on, and then the power is cut: what was
# left in the log is not on the disk, whatever the system shows. One run in which the log is not
# written once more has to be found out. Called with the sync that fails, whether the log is renewed,
# and how many cuts to play.
failing() {
  local status=0
  rm -rf "$work/data" "$work/log"
  "$durability" record --data "$work/data" --log "$work/log" --fail-sync "$1" --renew "$2" \
    --checkpoint-pages 1000 >/dev/null 2>&1 || status=$?
  if [ "$status" = 4 ]; then
    "$durability" record --data "$work/data" --log "$work/log" --renew "$2" \
      --checkpoint-pages 1000 >/dev/null
  elif [ "$status" != 0 ]; then
    return 0
  fi
  "$durability" cut --log "$work/log" --states "$3" --scratch "$work"
}
for ((sync = 8; sync <= 60; sync += 4)); do failing "$sync" yes 100; done
found=no
for ((sync = 6; sync <= 80; sync++)); do
  if ! failing "$sync" no 200 >"$work/found"; then
    found=yes
    echo "found, as it must be, without writing the log once more: $(cat "$work/found")"
    break
  fi
done
if [ "$found" = no ]; then
  echo "power cuts do not find out that a log is not written once more" >&2
  exit 1
fi

"$durability" kill --rounds "$rounds" --seconds "$seconds" --scratch "$work"
"$durability" fail --requests 60 --scratch "$work"
