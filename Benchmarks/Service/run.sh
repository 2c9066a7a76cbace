#!/usr/bin/env bash
# How fast the checkout service is on this machine: quotes and final checkouts by wrk, beside what
# libmicrohttpd does alone with the same requests, in turn. SECONDS_EACH and MINUTES bound it.
set -euo pipefail
cd "$(dirname "$0")/../.."
export SWIFT_BACKTRACE=enable=no
seconds=${SECONDS_EACH:-10}
minutes=${MINUTES:-0}
command -v wrk >/dev/null || { echo "please install wrk" >&2; exit 2; }

bash .ci/setup
swift build -c release --product promo-server
swift build -c release --product bare-http
bin=$(swift build -c release --show-bin-path)
folder=$(mktemp -d)
server=
bare=
finish() {
  for process in $server $bare; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

# 100 campaigns of which some hold, and a cart of 20 lines.
mkdir "$folder/rules"
{
  echo "currency USD"
  echo "balance points { }"
  echo "campaign earning { earn 1 point per \$1 of order }"
  for place in $(seq 1 99); do
    echo "campaign c$place { when quantity of items \"SKU-$place\" >= 3 give $((place % 20 + 1))% off items \"SKU-$place\" }"
  done
} >"$folder/rules/shop.promo"
lines=
for place in $(seq 1 20); do
  lines="$lines{\"sku\":\"SKU-$((place * 5))\",\"price\":\"$place.99\",\"quantity\":$((place % 6 + 1))},"
done
printf '{"currency":"USD","lines":[%s]}' "${lines%,}" >"$folder/cart.json"
export PROMO_CART=$folder/cart.json

PROMO_KEY=$("$bin/promo-server" key --data "$folder/data" --client load --scopes quotes,checkouts | grep -o 'pk\.[^ ]*')
export PROMO_KEY
"$bin/promo-server" serve --rules "$folder/rules" --data "$folder/data" --port 18201 --quiet >"$folder/out" &
server=$!
until grep -q listening "$folder/out"; do sleep 0.1; done

ask() { curl -sf "http://127.0.0.1:18201$1" -H "Authorization: Bearer $PROMO_KEY" "${@:2}"; }
size=$(ask /v1/quotes -H 'Content-Type: application/json' -d @"$folder/cart.json" | wc -c)
"$bin/bare-http" 18202 "$size" &
bare=$!

# Prints the rate, the median and the 99th percentile in microseconds, and the errors of one run.
load() { wrk -t1 -c"$3" -d"${seconds}s" -s "Benchmarks/Service/$2.lua" "http://127.0.0.1:$1/v1/$4" | tail -n 1; }
memory() { awk '/VmRSS/ { print $2 }' "/proc/$server/status"; }

printf '%-34s %10s %10s %10s %8s\n' run per-second p50-us p99-us errors
row() { printf '%-34s %10s %10s %10s %8s\n' "$1" $2; }
for round in 1 2 3; do
  row "bare, 16 connections" "$(load 18202 quotes 16 quotes)"
  row "quotes, 16 connections" "$(load 18201 quotes 16 quotes)"
done
export PROMO_RUN=a
row "finals, 256 connections" "$(load 18201 finals 256 checkouts)"
if [ "$minutes" -gt 0 ]; then
  echo "memory, KiB: $(memory) at the start"
  seconds=60
  for minute in $(seq 1 "$minutes"); do
    rate=$(load 18201 quotes 16 quotes)
    echo "memory, KiB: $(memory) after $minute min of quotes at ${rate%% *}/s"
  done
fi
kill "$server"
wait "$server" || true
server=
"$bin/promo-server" audit --data "$folder/data" | tail -n 1
