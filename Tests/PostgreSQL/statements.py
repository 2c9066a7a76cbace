"""Writes a script for psql that asks PostgreSQL what it thinks of the statements of a store.

    statements.py <folder of Storage> <what the program says it evaluated>

Statements are taken from the literals of the Swift files. The second file has what only Swift can
work out: the migrations, and the audit's statements, which are put together from pieces.
"""

import pathlib
import re
import sys

# Fewer than this, and it is the search that is broken and not the store.
STATEMENTS_MINIMUM = 150

# What asks about a file of SQLite, or about a switch of it: every database has its own words there.
SQLITE_ALONE = {
    "PRAGMA integrity_check",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA busy_timeout = 0",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA foreign_keys = ON",
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'",
    "SELECT count(*) FROM sqlite_master WHERE type = 'table'",
}

VERB = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|PRAGMA)\s")

# A comment, a literal of several lines, a literal of one line.
TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"""\n(?P<lines>.*?)\n(?P<margin>[ \t]*)"""|"(?P<line>(?:[^"\\\n]|\\.)*)"',
    re.DOTALL,
)


def stop(problem):
    print(problem, file=sys.stderr)
    sys.exit(1)


def unescaped(text, place):
    if re.search(r'\\[^"\\nt\n]', text):
        stop(f"{place}: what stands in this text is only known when it runs: {text}")
    text = text.replace("\\\n", "")
    names = {"n": "\n", "t": "\t"}
    return re.sub(r'\\(.)', lambda found: names.get(found[1], found[1]), text)


def literals(path):
    """The literals of a Swift file: where each stands, what stands before it, and its text."""
    source = path.read_text()
    for found in TOKEN.finditer(source):
        place = f"{path.name}:{source.count(chr(10), 0, found.start()) + 1}"
        text = found["line"]
        if found["lines"] is not None:
            margin = found["margin"]
            lines = found["lines"].split("\n")
            if any(line.strip() and not line.startswith(margin) for line in lines):
                stop(f"{place}: a line stands left of the end of its text")
            text = "\n".join(line[len(margin):] for line in lines)
        if text is not None:
            yield place, source[: found.start()].rstrip(), text


def is_evaluated(path):
    return path.name.startswith(("AuditQueries", "Schema"))


def statements_and_scripts(folder):
    statements, scripts = [], []
    for path in sorted(folder.glob("*.swift")):
        if path.name.startswith("SQLite"):
            continue
        taken = 0
        for place, before, text in literals(path):
            if before.endswith("SQLText("):
                statements.append((place, unescaped(text, place)))
                taken += 1
            elif before.endswith(".execute("):
                scripts.append((place, unescaped(text, place)))
            elif VERB.match(text) and not is_evaluated(path):
                stop(f"{place}: nobody looks at this statement:\n{text}")
        made = path.read_text().count("SQLText(")
        if made != taken and not is_evaluated(path):
            stop(f"{path.name}: {made} statements are made, {taken} of them of one text")
    return statements, scripts


def evaluated(path):
    steps, checks = {}, []
    for record in path.read_text().split("\x1e")[1:]:
        kind, number, text = record.split("\x1f")
        if kind == "check":
            checks.append((f"AuditQueries, check {number}", text))
        else:
            steps.setdefault(int(number), []).append(text)
    return [steps[number] for number in sorted(steps)], checks


def quoted(text):
    if "$promo$" in text:
        stop(f"a statement has the mark of its end in it: {text}")
    return f"$promo${text}$promo$"


def main(folder, evaluation):
    statements, scripts = statements_and_scripts(folder)
    steps, checks = evaluated(evaluation)
    alone = [text for _, text in statements + scripts if text in SQLITE_ALONE]
    statements = [pair for pair in statements + checks if pair[1] not in SQLITE_ALONE]
    if len(statements) < STATEMENTS_MINIMUM or not steps or not checks:
        stop(f"only {len(statements)} statements, {len(steps)} steps, {len(checks)} checks")

    print("BEGIN;")
    tables = [text for _, text in scripts if text.startswith("CREATE ")]
    for step in [tables] + steps:
        for text in step:
            print(f"SELECT define({quoted(text)}) \\g /dev/null")
    print("COMMIT;")
    for place, text in statements:
        print(f"INSERT INTO pg_temp.asked (place, said) VALUES ('{place}', {quoted(text)});")

    # Transactions: each in the order in which a writer says them.
    said = {text for _, text in scripts} - SQLITE_ALONE - set(tables)
    names = sorted(text.split()[-1] for text in said if text.startswith("SAVEPOINT "))
    expected = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"}
    print("BEGIN;")
    for name in names:
        for text in (f"SAVEPOINT {name}", f"ROLLBACK TO {name}", f"RELEASE {name}"):
            print(f"{text};")
            expected.add(text)
    print("ROLLBACK;")
    if said - expected:
        stop(f"nobody looks at these: {sorted(said - expected)}")
    print(f"\\set scripts {len(said)}")
    print(f"\\set alone {len(alone)}")
    print(f"\\set steps {len(steps)}")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
