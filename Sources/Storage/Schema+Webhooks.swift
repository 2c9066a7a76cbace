extension Schema {
  /// Who wants to hear of what happens, what happened, and what could not be told yet.
  static let webhooks = [
    """
    CREATE TABLE webhook (
      id TEXT PRIMARY KEY, version INTEGER NOT NULL, url TEXT NOT NULL, kinds TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      secret BLOB NOT NULL, old_secret BLOB, old_secret_until INTEGER,
      told INTEGER NOT NULL, failures INTEGER NOT NULL, paused_until INTEGER NOT NULL) STRICT
    """,
    """
    CREATE TABLE outgoing_event (
      place INTEGER PRIMARY KEY, kind TEXT NOT NULL, account INTEGER REFERENCES account (number),
      subject TEXT NOT NULL, recorded_at INTEGER NOT NULL) STRICT
    """,
    """
    CREATE TABLE webhook_delivery (
      webhook TEXT NOT NULL REFERENCES webhook (id), event INTEGER NOT NULL,
      account INTEGER, attempts INTEGER NOT NULL, next_at INTEGER, trouble TEXT NOT NULL,
      PRIMARY KEY (webhook, event)) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX webhook_delivery_account ON webhook_delivery (webhook, account, event)
      WHERE next_at IS NOT NULL
    """,
  ]
}
