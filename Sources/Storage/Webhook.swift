public import LocalTime

/// Somebody who wants to be told of what happens: a URL, and the secret that signs what is sent there.
public struct Webhook: Hashable, Sendable {
  /// Its id.
  public var id: String
  /// Where it is sent.
  public var url: String
  /// What it wants to be told of; empty for everything.
  public var kinds: [String]
  /// When it was made.
  public var createdAt: Instant
  /// Signs what is sent.
  public var secret: [UInt8]
  /// Signs too until its end, so that the receiver has time to take the new one.
  public var oldSecret: [UInt8]?
  /// The first moment at which the old secret signs no longer.
  public var oldSecretUntil: Instant?
  /// The place of the last event that was told, or stands among the deliveries.
  public var told: Int64
  /// How many deliveries failed since the last that did not.
  public var failures: Int64
  /// Nothing is sent before this moment.
  public var pausedUntil: Instant
}

/// An event that one webhook was not told of yet.
public struct WebhookDelivery: Hashable, Sendable {
  /// The event's place.
  public var event: Int64
  /// The number of the event's account; nil for a guest's.
  public var account: Int64?
  /// How often it was tried.
  public var attempts: Int64
  /// When it is tried next; nil when it was given up.
  public var nextAt: Instant?
  /// Why it did not go through; empty while it waits behind another of its account.
  public var trouble: String

  /// A delivery.
  public init(event: Int64, account: Int64?, attempts: Int64, nextAt: Instant?, trouble: String) {
    self.event = event
    self.account = account
    self.attempts = attempts
    self.nextAt = nextAt
    self.trouble = trouble
  }
}

/// What became of telling a webhook some events.
public struct WebhookProgress: Hashable, Sendable {
  /// The place up to which every event was told or is among the deliveries.
  public var told: Int64
  /// How many deliveries failed since the last that did not.
  public var failures: Int64
  /// Nothing is sent before this moment.
  public var pausedUntil: Instant
  /// Deliveries that are still to be made, as they stand now.
  public var open: [WebhookDelivery] = []
  /// Events that were told and need no delivery any more.
  public var done: [Int64] = []

  /// Where a webhook stands before anything is told.
  public init(_ webhook: Webhook) {
    told = webhook.told
    failures = webhook.failures
    pausedUntil = webhook.pausedUntil
  }
}

private let insertWebhook = SQLText(
  """
  INSERT INTO webhook (id, url, kinds, created_at, secret, told, failures, paused_until)
  VALUES ($1, $2, $3, $4, $5, (SELECT coalesce(max(place), 0) FROM outgoing_event), 0, $4)
  ON CONFLICT (id) DO NOTHING
  """)
private let moveWebhook = SQLText(
  "UPDATE webhook SET url = $2, kinds = $3, failures = 0, paused_until = $4 WHERE id = $1")
private let renewSecret = SQLText(
  """
  UPDATE webhook SET old_secret = secret, old_secret_until = $3, secret = $2 WHERE id = $1
  """)
private let dropDeliveries = SQLText("DELETE FROM webhook_delivery WHERE webhook = $1")
private let dropWebhook = SQLText("DELETE FROM webhook WHERE id = $1")
private let countWebhooks = SQLText("SELECT count(*) FROM webhook")
private let setProgress = SQLText(
  "UPDATE webhook SET told = $2, failures = $3, paused_until = $4 WHERE id = $1")
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
    AND place <= (SELECT coalesce(min(told), 0) FROM webhook)
    AND place NOT IN (SELECT event FROM webhook_delivery)
    AND place < (SELECT max(place) FROM outgoing_event)
  """)
private let allWebhooks = SQLText(
  """
  SELECT id, url, kinds, created_at, secret, old_secret, old_secret_until, told, failures,
    paused_until
  FROM webhook ORDER BY id
  """)
private let deliveriesOf = SQLText(
  """
  SELECT event, account, attempts, next_at, trouble FROM webhook_delivery
  WHERE webhook = $1 ORDER BY event LIMIT $2
  """)

/// Whether anybody wants to be told of what happens.
func hasWebhooks(_ connection: any SQLConnection) throws(StorageError) -> Bool {
  try connection.number(countWebhooks) ?? 0 > 0
}

extension LedgerStore {
  /// Makes a webhook that is told of what happens from now on; false when another has the id.
  public func addWebhook(
    _ id: String, url: String, kinds: [String], secret: [UInt8], at now: Instant
  ) throws(StorageError) -> Bool {
    let isNew = try administer { () throws(StorageError) in
      try connection.run(
        insertWebhook,
        [
          .text(id), .text(url), .text(kinds.joined(separator: " ")),
          .integer(now.secondsSince1970), .bytes(secret),
        ]) == 1
    }
    hasListeners = true
    return isNew
  }

  /// Sends what happens elsewhere, or other kinds of it; false for an unknown webhook.
  public func changeWebhook(_ id: String, url: String, kinds: [String], at now: Instant)
    throws(StorageError) -> Bool
  {
    try administer { () throws(StorageError) in
      try connection.run(
        moveWebhook,
        [
          .text(id), .text(url), .text(kinds.joined(separator: " ")),
          .integer(now.secondsSince1970),
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

  /// Keeps what became of telling a webhook some events.
  public func keep(_ progress: WebhookProgress, of id: String) throws(StorageError) {
    try administer { () throws(StorageError) in
      let known = try connection.run(
        setProgress,
        [
          .text(id), .integer(progress.told), .integer(progress.failures),
          .integer(progress.pausedUntil.secondsSince1970),
        ])
      // A webhook may have been ended while it was being told.
      guard known == 1 else { return }
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

extension LedgerReader {
  /// Every webhook, by id.
  public func webhooks() throws(StorageError) -> [Webhook] {
    var webhooks: [Webhook] = []
    let rows = try connection.rows(allWebhooks, [])
    defer { rows.close() }
    while try rows.next() {
      let old = rows.bytes(5)
      webhooks.append(
        Webhook(
          id: rows.text(0), url: rows.text(1),
          kinds: rows.text(2).split(separator: " ").map(String.init),
          createdAt: Instant(secondsSince1970: rows.integer(3)), secret: rows.bytes(4),
          oldSecret: old.isEmpty ? nil : old, oldSecretUntil: rows.moment(6),
          told: rows.integer(7), failures: rows.integer(8),
          pausedUntil: Instant(secondsSince1970: rows.integer(9))))
    }
    return webhooks
  }

  /// What a webhook was not told of yet, in the order it happened.
  public func deliveries(of webhook: String, most: Int) throws(StorageError) -> [WebhookDelivery] {
    var deliveries: [WebhookDelivery] = []
    let rows = try connection.rows(deliveriesOf, [.text(webhook), .integer(Int64(most))])
    defer { rows.close() }
    while try rows.next() {
      deliveries.append(
        WebhookDelivery(
          event: rows.integer(0), account: rows.optionalInteger(1), attempts: rows.integer(2),
          nextAt: rows.moment(3), trouble: rows.text(4)))
    }
    return deliveries
  }
}
