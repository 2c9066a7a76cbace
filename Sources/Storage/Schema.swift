/// The tables of a store, as numbered steps that only go forward.
///
/// Types are written as SQLite has them; another database spells them its own way, and the
/// statements that read and write rows are the same for all. Tables whose key is more than one
/// whole number are kept in the order of their key (`WITHOUT ROWID`), so that a row is found and
/// written in one place instead of two.
package enum Schema {
  /// The version this program writes.
  package static var version: Int64 { Int64(migrations.count) }

  /// The step at place n leads from version n to version n + 1.
  static let migrations: [[String]] = [
    programme + accounts + transactions + value + requests + purchases
      + [
        "ledger_transaction", "posting", "hold_end", "request", "redemption", "purchase_return",
        "purchase_share",
      ].flatMap(appendOnly),
    people + cardsAndGroups + codesAndSpending + appendOnly("account_change"),
    visits,
    packing,
    standing,
    unneeded,
    service + stays,
    promises,
    sides + keys,
    states,
    webhooks,
    payments,
    actions,
    chained,
    chainedAlone,
    redeemedBefore,
    madeGroups,
  ]

  private static let programme = [
    """
    CREATE TABLE balance_kind (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, currency TEXT,
      expires_count INTEGER CHECK (expires_count > 0),
      expires_period TEXT CHECK (expires_period IN ('day', 'week', 'month', 'quarter', 'year')),
      issue_maximum INTEGER CHECK (issue_maximum >= 0),
      balance_maximum INTEGER CHECK (balance_maximum >= 0)) STRICT
    """,
    """
    CREATE TABLE conversion (
      place INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES balance_kind (id), every INTEGER NOT NULL CHECK (every > 0),
      target INTEGER NOT NULL REFERENCES balance_kind (id), step INTEGER NOT NULL CHECK (step > 0))
      STRICT
    """,
  ]

  private static let accounts = [
    """
    CREATE TABLE account (
      number INTEGER PRIMARY KEY CHECK (number > 0), id TEXT NOT NULL UNIQUE,
      opened_at INTEGER NOT NULL, next_change_at INTEGER) STRICT
    """,
    """
    CREATE INDEX account_due ON account (next_change_at) WHERE next_change_at IS NOT NULL
    """,
    """
    CREATE TABLE balance (
      account INTEGER NOT NULL REFERENCES account (number),
      kind INTEGER NOT NULL REFERENCES balance_kind (id),
      posted INTEGER NOT NULL, held INTEGER NOT NULL CHECK (held >= 0),
      pending INTEGER NOT NULL CHECK (pending >= 0), debt INTEGER NOT NULL CHECK (debt >= 0),
      lifetime INTEGER NOT NULL CHECK (lifetime >= 0), version INTEGER NOT NULL,
      PRIMARY KEY (account, kind), CHECK (posted + debt >= held))
      STRICT, WITHOUT ROWID
    """,
  ]

  private static let transactions = [
    """
    CREATE TABLE ledger_transaction (
      number INTEGER PRIMARY KEY, kind TEXT NOT NULL, request TEXT NOT NULL,
      actor TEXT NOT NULL, reason TEXT NOT NULL, recorded_at INTEGER NOT NULL,
      effective_at INTEGER NOT NULL, previous_hash BLOB NOT NULL UNIQUE, hash BLOB NOT NULL UNIQUE)
      STRICT
    """,
    """
    CREATE TABLE posting (
      number INTEGER NOT NULL REFERENCES ledger_transaction (number),
      place INTEGER NOT NULL, owner INTEGER NOT NULL CHECK (owner <> 0),
      kind INTEGER NOT NULL REFERENCES balance_kind (id),
      amount INTEGER NOT NULL CHECK (amount <> 0), lot INTEGER, PRIMARY KEY (number, place))
      STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX posting_owner ON posting (owner, number) WHERE owner > 0",
  ]

  private static let value = [
    """
    CREATE TABLE lot (
      id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES account (number),
      kind INTEGER NOT NULL REFERENCES balance_kind (id), expires_at INTEGER,
      original INTEGER NOT NULL CHECK (original > 0),
      remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND original),
      held INTEGER NOT NULL CHECK (held BETWEEN 0 AND remaining)) STRICT
    """,
    "CREATE INDEX lot_account ON lot (account) WHERE remaining > 0",
    """
    CREATE TABLE hold (
      id TEXT PRIMARY KEY, account INTEGER NOT NULL REFERENCES account (number),
      kind INTEGER NOT NULL REFERENCES balance_kind (id), amount INTEGER NOT NULL CHECK (amount > 0),
      captured INTEGER NOT NULL CHECK (captured BETWEEN 0 AND amount),
      placed_at INTEGER NOT NULL, deadline INTEGER NOT NULL,
      is_open INTEGER NOT NULL CHECK (is_open IN (0, 1))) STRICT
    """,
    "CREATE INDEX hold_account ON hold (account) WHERE is_open = 1",
    """
    CREATE TABLE hold_part (
      hold TEXT NOT NULL REFERENCES hold (id), place INTEGER NOT NULL,
      lot INTEGER NOT NULL REFERENCES lot (id), amount INTEGER NOT NULL CHECK (amount > 0),
      PRIMARY KEY (hold, place))
      STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE hold_end (
      hold TEXT PRIMARY KEY REFERENCES hold (id),
      ending TEXT NOT NULL CHECK (ending IN ('captured', 'released', 'replaced', 'expired')),
      effective_at INTEGER NOT NULL)
      STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE reward (
      for_order TEXT NOT NULL, campaign TEXT NOT NULL,
      kind INTEGER NOT NULL REFERENCES balance_kind (id),
      account INTEGER NOT NULL REFERENCES account (number),
      amount INTEGER NOT NULL CHECK (amount > 0), due_at INTEGER NOT NULL, expires_at INTEGER,
      state TEXT NOT NULL CHECK (state IN ('pending', 'issued', 'cancelled')),
      PRIMARY KEY (for_order, campaign, kind))
      STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX reward_account ON reward (account) WHERE state = 'pending'",
  ]

  private static let requests = [
    """
    CREATE TABLE request (
      place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest BLOB NOT NULL,
      recorded_at INTEGER NOT NULL, code TEXT NOT NULL, amount INTEGER NOT NULL,
      rest INTEGER NOT NULL, number INTEGER, subject TEXT NOT NULL) STRICT
    """
  ]

  /// Triggers that refuse to change or remove what was written once.
  static func appendOnly(_ table: String) -> [String] { refusing(["UPDATE", "DELETE"], table) }

  /// Triggers that refuse to change what was written once, and let it be removed.
  static func unchanging(_ table: String) -> [String] { refusing(["UPDATE"], table) }

  private static func refusing(_ verbs: [String], _ table: String) -> [String] {
    verbs.map { verb in
      """
      CREATE TRIGGER \(table)_refuses_\(verb.lowercased()) BEFORE \(verb) ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
      """
    }
  }
}
