#!/usr/bin/env bash
# Times other engines on the same carts, one line a figure: PEER WORK MICROSECONDS.
#
#   Benchmarks/peers.sh > peers.txt
#   swift run -c release benchmarks --peers peers.txt
#
# Each runs when it is installed, none is fetched from here:
#
#   luajit   `luajit`
#   expr     Go and expr's sources as Debian packs them (golang-go, golang-github-antonmedv-expr-dev)
#   zen      a Python that can import `zen` (zen-engine)
#   oscar    a Python that can import `oscar` (django-oscar); stopped after PEER_SECONDS (120) a work
#
# PYTHON names the Python, if it is not `python3`. Another program for a peer is named by PEER_EXPR,
# PEER_ZEN or PEER_OSCAR: it is called with the folder of exported workloads and a workload's name, and
# prints the microseconds that one cart takes.
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
python=${PYTHON:-python3}
sources=/usr/share/gocode/src
imports=$(cd "$sources" 2>/dev/null && ls -d -- */antonmedv/expr 2>/dev/null || true)
if [ -z "${PEER_EXPR:-}" ] && [ -n "$imports" ] && command -v go >/dev/null; then
  mkdir "$folder/expr"
  sed "s#\"EXPR#\"$imports#" Benchmarks/Peers/expr.go >"$folder/expr/main.go"
  (cd "$folder/expr" && GO111MODULE=off GOFLAGS='' GOPATH=${sources%/src} go build -o peer main.go)
  PEER_EXPR="$folder/expr/peer"
fi
if [ -z "${PEER_ZEN:-}" ] && "$python" -c 'import zen' 2>/dev/null; then
  PEER_ZEN="$python Benchmarks/Peers/decision_table.py"
fi
if [ -z "${PEER_OSCAR:-}" ] && "$python" -c 'import oscar' 2>/dev/null; then
  PEER_OSCAR="$python Benchmarks/Peers/offers.py"
fi
for peer in expr zen oscar; do
  variable=PEER_${peer^^}
  if [ -z "${!variable:-}" ]; then
    echo "$peer is not installed: no figure" >&2
    continue
  fi
  for work in $works; do
    if figure=$(${!variable} "$folder" "$work"); then echo "$peer $work $figure"; fi
  done
done
