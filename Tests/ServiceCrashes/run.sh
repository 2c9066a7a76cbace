#!/usr/bin/env bash
# Kills the server in the middle of purchases: ROUNDS rounds (50), PURCHASES in all (10000).
#
# Everything acknowledged must be there once and be answered with the same bytes; then the books are
# audited. Takes about three minutes after a release build.
set -euo pipefail
cd "$(dirname "$0")/../.."
export SWIFT_BACKTRACE=enable=no

bash .ci/setup
swift build -c release --product promo-server
swift build -c release --product service-crashes
binaries=$(swift build -c release --show-bin-path)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/shop.promo" <<'RULES'
currency USD
balance points { }
campaign points "A point a dollar" { earn 1 point per $1 of order }
RULES
key=$("$binaries/promo-server" key --data "$folder/data" --client crashes \
  --scopes checkouts,accounts:write,balances:read)
"$binaries/service-crashes" --server "$binaries/promo-server" --rules "$folder/shop.promo" \
  --data "$folder/data" --key "$key" --rounds "${ROUNDS:-50}" --purchases "${PURCHASES:-10000}"
"$binaries/promo-server" audit --data "$folder/data"
