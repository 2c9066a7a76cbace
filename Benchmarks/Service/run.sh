#!/usr/bin/env bash
# How fast the checkout service is on this machine: quotes and final checkouts by wrk, beside what
# libmicrohttpd does alone with the same requests, in turn. Prints requests a second, microseconds,
# and whether the marks are met; ends with 1 when one is not. SECONDS_EACH, ROUNDS and MINUTES (of
# the run for memory, of which none is made unless it is asked for) bound it.
set -euo pipefail
cd "$(dirname "$0")/../.."
export SWIFT_BACKTRACE=enable=no
seconds=${SECONDS_EACH:-10}
rounds=${ROUNDS:-3}
minutes=${MINUTES:-0}
for tool in wrk curl; do
  command -v "$tool" >/dev/null || { echo "please install $tool" >&2; exit 2; }
done

if [ -z "${BIN:-}" ]; then
  bash .ci/setup
  swift build -c release --product promo-server
  swift build -c release --product bare-http
  BIN=$(swift build -c release --show-bin-path)
fi
folder=$(mktemp -d)
processes=
finish() {
  for process in $processes; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

# 100 campaigns of which some hold, and a cart of 20 lines.
mkdir "$folder/rules"
{
  echo "currency USD"
  for place in $(seq 1 100); do
    echo "set s$place = items where sku = \"SKU-$place\""
    echo "campaign c$place { when quantity of s$place >= 3 give $((place % 20 + 1))% off s$place }"
  done
} >"$folder/rules/shop.promo"
lines=
for place in $(seq 1 20); do
  lines="$lines{\"sku\":\"SKU-$((place * 5))\",\"price\":\"$place.99\",\"quantity\":$((place % 6 + 1))},"
done
printf '{"currency":"USD","lines":[%s]}' "${lines%,}" >"$folder/cart.json"
export PROMO_CART=$folder/cart.json

PROMO_KEY=$("$BIN/promo-server" key --data "$folder/data" --client load \
  --scopes quotes,checkouts,accounts:write | grep -o 'pk\.[^ ]*')
export PROMO_KEY
"$BIN/promo-server" serve --rules "$folder/rules" --data "$folder/data" --port 18201 \
  --client-rate 1000000 >"$folder/out" 2>"$folder/log" &
server=$!
processes="$server"
until grep -q listening "$folder/out"; do
  kill -0 "$server" || exit 1
  sleep 0.1
done
size=$(curl -sf http://127.0.0.1:18201/v1/quotes -H "Authorization: Bearer $PROMO_KEY" \
  -H 'Content-Type: application/json' -d @"$PROMO_CART" | wc -c)
curl -sf http://127.0.0.1:18201/v1/accounts -H "Authorization: Bearer $PROMO_KEY" \
  -H 'Content-Type: application/json' -H 'Idempotency-Key: ada' -d '{"id":"ada","member":true}' >/dev/null
sed 's/"currency"/"customer":{"id":"ada"},"currency"/' "$PROMO_CART" >"$folder/member.json"
"$BIN/bare-http" 18202 "$size" "$(nproc)" &
processes="$server $!"
sleep 0.5
echo "a quote's answer has $size bytes"

# load PORT SCRIPT CONNECTIONS PATH: the rate, the median and the 99th percentile, and the errors.
load() {
  wrk -t1 -c"$3" -d"${seconds}s" -s "Benchmarks/Service/$2.lua" "http://127.0.0.1:$1/v1/$4" |
    tail -n 1
}
memory() { awk '/VmRSS/ { print $2 }' "/proc/$server/status"; }
commits() { curl -sf http://127.0.0.1:18201/metrics | awk '$1 == "promo_ledger_commits_total" { print $2 }'; }
row() { printf '%-26s %10s %10s %10s %8s\n' "$@"; }

row run per-second p50-us p99-us errors
for _ in $(seq "$rounds"); do
  read -r -a bare <<<"$(load 18202 quotes 16 quotes)"
  row bare "${bare[@]}"
  read -r -a ours <<<"$(load 18201 quotes 16 quotes)"
  row quotes "${ours[@]}"
  echo "${bare[0]} ${ours[0]} ${ours[2]} ${ours[3]}" >>"$folder/rounds"
done
missed=0
awk '{ print 100 * $2 / $1, $3, $4 }' "$folder/rounds" | sort -n | awk '
  { share[NR] = $1; if ($2 > tail) tail = $2; errors += $3 }
  END {
    middle = share[int((NR + 1) / 2)]
    isFast = middle >= 60; isEven = tail < 5000
    printf "quotes: %.1f %% of the bare rate (60 asked: %s), p99 at most %d us (below 5000: %s), errors %d\n",
      middle, (isFast ? "met" : "missed"), tail, (isEven ? "met" : "missed"), errors
    exit !(isFast && isEven && errors == 0)
  }' || missed=1

read -r -a members <<<"$(PROMO_CART=$folder/member.json load 18201 quotes 16 quotes)"
row 'quotes of a member' "${members[@]}"

before=$(commits)
read -r -a finals <<<"$(load 18201 finals 256 checkouts)"
row finals "${finals[@]}"
after=$(commits)
awk -v rate="${finals[0]}" -v errors="${finals[3]}" -v seconds="$seconds" \
  -v syncs="$((after - before))" 'BEGIN {
    each = rate * seconds / syncs
    isMet = (rate >= 5000 || each >= 10)
    printf "finals: %d a second, %.1f a sync of the disk (5000 or 10 asked: %s), errors %d\n",
      rate, each, (isMet ? "met" : "missed"), errors
    exit !(isMet && errors == 0)
  }' || missed=1

# The shelf of quotes and the arenas of malloc fill within the first minutes; from the third on
# nothing may grow by more than a tenth.
if [ "$minutes" -gt 0 ]; then
  echo "memory: $(memory) KiB at the start"
  filled=0
  for minute in $(seq "$minutes"); do
    seconds=50
    read -r -a ours <<<"$(load 18201 quotes 16 quotes)"
    seconds=10
    read -r -a finals <<<"$(PROMO_RUN=$minute load 18201 finals 256 checkouts)"
    now=$(memory)
    errors=$((ours[3] + finals[3]))
    echo "memory: $now KiB after $minute min, ${ours[0]} quotes and ${finals[0]} finals a second, errors $errors"
    [ "$errors" -eq 0 ] || missed=1
    [ "$minute" -ne 3 ] || filled=$now
    [ "$filled" -eq 0 ] || [ $((10 * now)) -le $((11 * filled)) ] || missed=1
  done
fi
kill "$server"
wait "$server" || true
"$BIN/promo-server" audit --data "$folder/data" | tail -n 1
exit "$missed"
