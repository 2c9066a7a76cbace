#!/usr/bin/env bash
# Times other engines on the same carts, one line a figure: PEER WORK MICROSECONDS.
#
#   Benchmarks/peers.sh > peers.txt
#   swift run -c release benchmarks --peers peers.txt
#
# LuaJIT runs when `luajit` is installed. The others are not fetched from here; who has one names a
# command for it, which is called with the folder of exported workloads and a workload's name and
# prints the microseconds that one cart takes:
#
#   PEER_EXPR    a Go program over expr-lang/expr: one compiled program a campaign
#   PEER_ZEN     a program over gorules/zen: one decision table for all campaigns
#   PEER_OSCAR   a program over django-oscar: an offer a campaign, a basket with the lines
#
# An exported workload is text: lines, campaigns and categories; segment, earlier visits, day and
# two coupons; then a row a line (sku, category, quantity, price) and a row a campaign (kind,
# category, sku, segment, coupon, first day, last day, basis points, threshold, amount), as
# Reference/include/Reference.h tells them.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
works=${WORKS:-W1 W2 W3 W4}
swift run -c release benchmarks --only "${works// /,}" --export "$folder" >&2

if command -v luajit >/dev/null; then
  # shellcheck disable=SC2086
  luajit Benchmarks/Peers/closures.lua "$folder" $works
else
  echo "luajit is not installed: no figure" >&2
fi
for peer in expr zen oscar; do
  variable=PEER_${peer^^}
  if [ -z "${!variable:-}" ]; then
    echo "$variable names no command: no figure of $peer" >&2
    continue
  fi
  for work in $works; do
    echo "$peer $work $(${!variable} "$folder" "$work")"
  done
done
