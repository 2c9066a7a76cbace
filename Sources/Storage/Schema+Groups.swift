extension Schema {
  /// Groups that were made by themselves, and what groups are for.
  static let madeGroups = [
    "ALTER TABLE member_group ADD COLUMN description TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE member_group ADD COLUMN made_at INTEGER",
  ]

  /// Which purchase was counted as a visit of which membership.
  static let visits = [
    """
    CREATE TABLE membership_visit (
      purchase TEXT NOT NULL REFERENCES purchase (id),
      membership INTEGER NOT NULL REFERENCES membership (place),
      PRIMARY KEY (purchase, membership)) STRICT
    """
  ]

  /// Cards of pools, and groups with who was in them when.
  static let cardsAndGroups = [
    """
    CREATE TABLE card_pool (
      name TEXT PRIMARY KEY, prefix TEXT NOT NULL, width INTEGER NOT NULL,
      first INTEGER NOT NULL, last INTEGER NOT NULL, has_check INTEGER NOT NULL,
      next INTEGER NOT NULL) STRICT
    """,
    """
    CREATE TABLE card (
      digest BLOB PRIMARY KEY, pool TEXT NOT NULL REFERENCES card_pool (name),
      account INTEGER REFERENCES person_secret (account), sealed BLOB,
      CHECK ((account IS NULL) = (sealed IS NULL))) STRICT
    """,
    "CREATE INDEX card_account ON card (account) WHERE account IS NOT NULL",
    """
    CREATE TABLE member_group (
      name TEXT PRIMARY KEY, joins_on TEXT, visits INTEGER CHECK (visits > 0),
      days INTEGER CHECK (days > 0)) STRICT
    """,
    """
    CREATE TABLE membership (
      place INTEGER PRIMARY KEY, member_group TEXT NOT NULL REFERENCES member_group (name),
      account INTEGER NOT NULL REFERENCES account (number), joined_at INTEGER NOT NULL,
      leaves_at INTEGER, visits_left INTEGER CHECK (visits_left >= 0), left_at INTEGER,
      CHECK (left_at >= joined_at)) STRICT
    """,
    "CREATE INDEX membership_account ON membership (account, member_group)",
    """
    CREATE UNIQUE INDEX membership_once ON membership (member_group, account)
      WHERE left_at IS NULL
    """,
    """
    CREATE INDEX membership_over ON membership (leaves_at)
      WHERE left_at IS NULL AND leaves_at IS NOT NULL
    """,
  ]
}
