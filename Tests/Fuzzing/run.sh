#!/bin/sh
# Feeds the rule compiler and the cart reader with damaged input until the time is over.
#
#   Tests/Fuzzing/run.sh [seconds]      600 for each fuzzer unless said; both run at once
#
# A crash, a hang of ten seconds or more than 2 GiB ends a fuzzer and fails the script; the input
# lies in .build/fuzz-findings. Seeds and words come from Rules and from the grammar as they are.
set -eu

seconds=${1:-600}
case $seconds in
'' | *[!0-9]*)
  echo "usage: $0 [seconds]" >&2
  exit 2
  ;;
esac
cd "$(dirname "$0")/../.."
build=.build/fuzz
work=.build/fuzz-work
findings=.build/fuzz-findings
rm -rf "$work"
mkdir -p "$work/rules" "$work/carts" "$findings"

export PROMO_FUZZING=1
for product in RuleTextFuzzer CartFuzzer; do
  swift build -c release --scratch-path "$build" \
    --sanitize=fuzzer -Xswiftc -sanitize=fuzzer,address --product "$product"
done

# Rule seeds: every campaign after all that its file declares, with the first test that follows.
# An item begins with its word in the first column and ends where the next one begins.
for file in Rules/*.promo; do
  awk -v out="$work/rules/$(basename "$file" .promo)" '
    /^(currency|timezone|rounding|choose)/ { declared = declared $0 "\n"; next }
    /^(attributes|set|balance|convert|group)/ { kind = "declared" }
    /^campaign/ { kind = "campaign"; count += 1; tests = 0 }
    /^test/ { kind = "test"; tests += 1 }
    /^#/ || kind == "" { next }
    kind == "declared" { declared = declared $0 "\n"; next }
    kind == "campaign" || tests == 1 { items[count] = items[count] $0 "\n" }
    END {
      for (i = 1; i <= count; i++) {
        name = sprintf("%s-%03d", out, i)
        printf "%s%s", declared, items[i] > name
        close(name)
      }
    }' "$file"
done

# Cart seeds: each cart, and each line of what is in lines.
for file in Rules/carts/*.json; do cp "$file" "$work/carts/"; done
for file in Rules/carts/*.jsonl; do
  if [ -f "$file" ]; then
    head -n 100 "$file" | split -l 1 - "$work/carts/$(basename "$file")-"
  fi
done

# Words: those of the grammar for rules; keys, names and texts of carts and rules for carts.
words() { tr -c 'A-Za-z0-9_/.-' '\n' | grep -E '^.{2,40}$' | sort -u | sed 's/.*/"&"/'; }
grep -ohE '"[^"\\ ]+"' Sources/RuleSyntax/GrammarText.swift | sort -u > "$work/rules.dict"
{
  sed -e 's/"[^"]*"/ /g' -e 's/#.*//' Rules/*.promo
  echo '$9223372036854775807 99.9999% 2027-02-28T23:59 10000000'
} | words >> "$work/rules.dict"
{
  cat Rules/carts/*.json Rules/storefront.promo
  cat Sources/Promo/CartJSON*.swift | grep -ohE '"[A-Za-z]+"'
  echo '92233720368547758.07 10000000 1e400 2027-05-31T23:59:59-04:00 ud800 u0000'
} | words > "$work/carts.dict"

export SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0
export PROMO_FUZZ_RULES=Rules/storefront.promo
fuzz() {
  "$build/release/$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len="$4" \
    -dict="$work/$2.dict" -artifact_prefix="$findings/$1-" -print_final_stats=1 -seed="$3" \
    "$work/$2" > "$work/$2.log" 2>&1
}
fuzz RuleTextFuzzer rules 1 4096 &
rules=$!
fuzz CartFuzzer carts 1 8192 &
carts=$!
status=0
wait "$rules" || status=1
wait "$carts" || status=1
for name in rules carts; do
  echo "$name:"
  grep -E 'ERROR|SUMMARY|artifact_prefix' "$work/$name.log" || true
  grep -E '^#[0-9]+.*cov:' "$work/$name.log" | tail -n 1
  grep -E '^stat::(number_of_executed_units|average_exec_per_sec|peak_rss_mb)' "$work/$name.log" || true
done
exit "$status"
