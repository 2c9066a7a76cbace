#!/usr/bin/env bash
# Asks PostgreSQL about every statement of the store, and runs the tests of the store on it.
#
#   Tests/PostgreSQL/run.sh                         statements, limits and tests
#   Tests/PostgreSQL/run.sh statements [folder]     statements alone, of any folder of Storage
#
# Each statement has to be understood as it stands, with values and results of types that the store
# knows. A database is made in a folder of its own, and both are taken away again. The first takes
# ten minutes, the second ten seconds. What is missing is installed where the system is Debian's.
set -euo pipefail
part=${1:-all}
case $part in
all | statements) ;;
*)
  echo "usage: $0 [statements [folder]]" >&2
  exit 2
  ;;
esac
cd "$(dirname "$0")/../.."
root=$PWD
storage=$(cd "${2:-Sources/Storage}" && pwd)
here=$root/Tests/PostgreSQL
export SWIFT_BACKTRACE=enable=no

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
# PostgreSQL does not run as root.
server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

programs() {
  local found
  found=$(command -v initdb) && dirname "$(readlink -f "$found")" && return
  found=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] && dirname "$found"
}

missing=()
command -v python3 >/dev/null || missing+=(python3)
programs >/dev/null || missing+=(postgresql)
if [ "$part" = all ] && ! pkg-config --exists libpq; then missing+=(libpq-dev pkg-config); fi
if [ "${#missing[@]}" != 0 ]; then
  command -v apt-get >/dev/null || {
    echo "please install ${missing[*]}" >&2
    exit 2
  }
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
PATH=$(programs):$PATH

# Sockets have short names, so the folder has one too.
work=$(mktemp -d "${TMPDIR:-/var/tmp}/promo-sql-XXXXXX")
stop() {
  if [ -f "$work/data/postmaster.pid" ]; then
    (cd "$work" && server pg_ctl -D "$work/data" -m immediate stop)
  fi
  rm -rf "$work"
}
trap 'stop >/dev/null' EXIT
if [ "$(id -u)" = 0 ]; then chown postgres "$work"; fi
(
  cd "$work"
  # Texts compare byte by byte, as in SQLite.
  server initdb -D "$work/data" -U promo --auth=trust --encoding=UTF8 --locale=C -N >initdb.log
  server pg_ctl -D "$work/data" -w -l "$work/server.log" start >/dev/null -o "-c fsync=off \
    -c listen_addresses='' -c unix_socket_directories=$work -c max_connections=400 \
    -c max_locks_per_transaction=512"
)
export PGHOST=$work PGUSER=promo PGDATABASE=postgres
ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

statements() {
  # What is put together from pieces is worked out by Swift itself.
  cat >"$work/main.swift" <<'SWIFT'
for (index, step) in Schema.migrations.enumerated() {
  for text in step { print("\u{1E}step\u{1F}\(index + 1)\u{1F}\(text)", terminator: "") }
}
for (index, check) in AuditQueries.checks.enumerated() {
  print("\u{1E}check\u{1F}\(index + 1)\u{1F}\(check.statement.text)", terminator: "")
}
SWIFT
  swiftc -package-name promo -module-name Statements -o "$work/evaluate" "$work/main.swift" \
    "$storage"/{SQLConnection,StorageError}.swift "$storage"/{Schema,AuditQueries}*.swift
  "$work/evaluate" >"$work/evaluated"
  python3 "$here/statements.py" "$storage" "$work/evaluated" >"$work/statements.sql"
  ask -v statements="$work/statements.sql" -v refused="$work/refused" \
    -v questions="$work/questions.sql" -v described="$work/described" \
    -f "$here/spelling.sql" -f "$here/asking.sql" >"$work/answers"

  # A row's values are read as whole numbers, texts and bytes; a sum is a whole number all the same.
  awk -F'|' 'NF == 1 { place = $0 }
    NF > 1 && $2 !~ /^(bigint|integer|numeric|text|bytea)$/ { print place ": a column is " $2 }' \
    "$work/described" >>"$work/refused"
  if [ -s "$work/refused" ]; then
    cat "$work/refused" >&2
    exit 1
  fi
  tail -n 1 "$work/answers"
}

# What a limit promises with several writers: of all who try at once, exactly as many count as may.
limits() {
  echo 'SELECT try_to_count();' >"$work/count.sql"
  pgbench -n -c 8 -j 2 -t 50 -f "$work/count.sql" >"$work/pgbench.log" 2>&1 || {
    grep error: "$work/pgbench.log" >&2
    exit 1
  }
  ask -c "SELECT 'ok: of ' || count(*) || ' who tried at once, ' || sum(changed) || ' counted to a '
    || 'limit of 100' FROM tried" | tee "$work/counted"
  grep -q '^ok: of 400 who tried at once, 100 counted' "$work/counted"
}

# The tests of the store in a package of their own, in which the connection to PostgreSQL has the
# name of the one to SQLite. Left out are tests of what only a file has: bits, logs, power cuts,
# bytes that stay behind; and one that speaks SQLite's words for bytes.
tests() {
  local package=$root/.build/postgresql
  mkdir -p "$package"
  rm -rf "$package/Sources" "$package/Tests" "$package/Package.swift"
  mkdir -p "$package/Sources/Storage"
  ln -s "$root/Tests" "$package/Tests"
  for folder in "$root"/Sources/*; do
    if [ "${folder##*/}" != Storage ]; then ln -s "$folder" "$package/Sources/"; fi
  done
  for file in "$root"/Sources/Storage/*.swift; do
    case ${file##*/} in SQLite*) ;; *) ln -s "$file" "$package/Sources/Storage/" ;; esac
  done
  sed -e 's/PostgreSQLConnection/SQLiteConnection/' -e '/^package import Storage$/d' \
    "$here/Connection/PostgreSQLConnection.swift" >"$package/Sources/Storage/SQLiteConnection.swift"
  cat "$root/Package.swift" - >"$package/Package.swift" <<'SWIFT'
var needed: Set = ["CPostgreSQL", "StorageTests"]
var count = 0
while needed.count != count {
  count = needed.count
  for target in package.targets where needed.contains(target.name) {
    for case .byNameItem(let name, _) in target.dependencies { needed.insert(name) }
  }
}
package.products = []
package.targets.removeAll { !needed.contains($0.name) }
for target in package.targets where target.name == "Storage" {
  target.dependencies.append("CPostgreSQL")
}
SWIFT
  local skipped=()
  for name in DurabilityTests FailureTests/turnedBits OpeningTests/memory OpeningTests/strangers \
    ErasureTests/nothingLeft ErasureTests/readerInTheWay ErasureTests/endedBefore \
    ErasureTests/bodies MigrationTests/purchases; do
    skipped+=(--skip "$name")
  done
  PROMO_POSTGRESQL=1 swift test --package-path "$package" --filter StorageTests "${skipped[@]}" \
    >"$work/tests.log" 2>&1 </dev/null || {
    grep -E 'error:|recorded an issue|Fatal|Test run' "$work/tests.log" >&2
    exit 1
  }
  echo "ok: $(grep -E 'Test run with [0-9]+ tests?' "$work/tests.log" | sed 's/^[^T]*//')"
}

statements
if [ "$part" = all ]; then
  limits
  tests
fi
