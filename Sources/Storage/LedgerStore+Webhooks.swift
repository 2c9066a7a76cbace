public import LocalTime

private let insertWebhook = SQLText(
  """
  INSERT INTO webhook (id, version, url, kinds, created_at, secret, told, failures, paused_until)
  VALUES ($1, $6, $2, $3, $4, $5, (SELECT coalesce(max(place), 0) FROM outgoing_event), 0, $4)
  ON CONFLICT (id) DO NOTHING
  """)
private let moveWebhook = SQLText(
  """
  UPDATE webhook SET url = $2, kinds = $3, failures = 0, paused_until = $4, version = $5
  WHERE id = $1
  """)
private let hurryDeliveries = SQLText(
  "UPDATE webhook_delivery SET next_at = $2 WHERE webhook = $1 AND next_at IS NOT NULL")
private let renewSecret = SQLText(
  """
  UPDATE webhook SET old_secret = secret, old_secret_until = $3, secret = $2 WHERE id = $1
  """)
private let dropDeliveries = SQLText("DELETE FROM webhook_delivery WHERE webhook = $1")
private let dropWebhook = SQLText("DELETE FROM webhook WHERE id = $1")
private let countWebhooks = SQLText("SELECT count(*) FROM webhook")
private let setProgress = SQLText(
  """
  UPDATE webhook SET told = $2, failures = $3, paused_until = $4
  WHERE id = $1 AND version = $5 AND told = $6
  """)
private let putDelivery = SQLText(
  """
  INSERT INTO webhook_delivery (webhook, event, account, attempts, next_at, trouble)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (webhook, event) DO UPDATE
  SET attempts = excluded.attempts, next_at = excluded.next_at, trouble = excluded.trouble
  """)
private let dropDelivery = SQLText(
  "DELETE FROM webhook_delivery WHERE webhook = $1 AND event = $2")
private let retryDelivery = SQLText(
  """
  UPDATE webhook_delivery SET attempts = 0, next_at = $3
  WHERE webhook = $1 AND event = $2 AND next_at IS NULL
  """)
private let dropOldEvents = SQLText(
  """
  DELETE FROM outgoing_event WHERE recorded_at < $1
    AND NOT EXISTS (SELECT 1 FROM webhook WHERE told < outgoing_event.place)
    AND place NOT IN (SELECT event FROM webhook_delivery)
    AND place < (SELECT max(place) FROM outgoing_event)
  """)

/// Whether anybody wants to be told of what happens.
func hasWebhooks(_ connection: any SQLConnection) throws(StorageError) -> Bool {
  try connection.number(countWebhooks) ?? 0 > 0
}

extension LedgerStore {
  /// Makes a webhook that is told of what happens from now on; false when another has the id.
  public func addWebhook(
    _ id: String, version: Int64, url: String, kinds: [String], secret: [UInt8], at now: Instant
  ) throws(StorageError) -> Bool {
    let isNew = try administer { () throws(StorageError) in
      try connection.run(
        insertWebhook,
        [
          .text(id), .text(url), .text(kinds.joined(separator: " ")),
          .integer(now.secondsSince1970), .bytes(secret), .integer(version),
        ]) == 1
    }
    hasListeners = true
    return isNew
  }

  /// Sends what happens elsewhere, or other kinds of it, and tries what waits at once; false for an
  /// unknown webhook.
  public func changeWebhook(
    _ id: String, version: Int64, url: String, kinds: [String], at now: Instant
  ) throws(StorageError) -> Bool {
    let moment = SQLValue.integer(now.secondsSince1970)
    return try administer { () throws(StorageError) in
      try connection.run(hurryDeliveries, [.text(id), moment])
      return try connection.run(
        moveWebhook,
        [
          .text(id), .text(url), .text(kinds.joined(separator: " ")), moment, .integer(version),
        ]) == 1
    }
  }

  /// Gives a webhook another secret; the one before signs too until a moment.
  public func renewSecret(of id: String, secret: [UInt8], oldUntil end: Instant)
    throws(StorageError) -> Bool
  {
    try administer { () throws(StorageError) in
      try connection.run(
        Storage.renewSecret, [.text(id), .bytes(secret), .integer(end.secondsSince1970)]) == 1
    }
  }

  /// Ends a webhook; what it was not told yet is not told. False for an unknown one.
  public func dropWebhook(_ id: String) throws(StorageError) -> Bool {
    let wasThere = try administer { () throws(StorageError) in
      try connection.run(dropDeliveries, [.text(id)])
      return try connection.run(Storage.dropWebhook, [.text(id)]) == 1
    }
    hasListeners = try hasWebhooks(connection)
    return wasThere
  }

  /// Keeps what became of telling a webhook some events; false when it was changed or ended meanwhile.
  public func keep(_ progress: WebhookProgress, of webhook: Webhook) throws(StorageError) -> Bool {
    let id = webhook.id
    return try administer { () throws(StorageError) in
      let known = try connection.run(
        setProgress,
        [
          .text(id), .integer(progress.told), .integer(progress.failures),
          .integer(progress.pausedUntil.secondsSince1970), .integer(webhook.version),
          .integer(webhook.told),
        ])
      guard known == 1 else { return false }
      for delivery in progress.open {
        try connection.run(
          putDelivery,
          [
            .text(id), .integer(delivery.event), SQLValue(delivery.account),
            .integer(delivery.attempts), SQLValue(delivery.nextAt?.secondsSince1970),
            .text(delivery.trouble),
          ])
      }
      for event in progress.done {
        try connection.run(dropDelivery, [.text(id), .integer(event)])
      }
      return true
    }
  }

  /// Has a delivery that was given up tried again; false when there is no such one.
  public func retryDelivery(_ event: Int64, of id: String, at now: Instant) throws(StorageError)
    -> Bool
  {
    try administer { () throws(StorageError) in
      try connection.run(
        Storage.retryDelivery, [.text(id), .integer(event), .integer(now.secondsSince1970)]) == 1
    }
  }

  /// Drops events of before a moment that every webhook was told of.
  public func dropToldEvents(before moment: Instant) throws(StorageError) {
    try administer { () throws(StorageError) in
      _ = try connection.run(dropOldEvents, [.integer(moment.secondsSince1970)])
    }
  }
}
