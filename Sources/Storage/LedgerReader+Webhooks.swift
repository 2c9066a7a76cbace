package import LocalTime

private let allWebhooks = SQLText(
  """
  SELECT id, version, url, kinds, created_at, secret, old_secret, old_secret_until, told, failures,
    paused_until
  FROM webhook ORDER BY id
  """)
private let deliveriesOf = SQLText(
  """
  SELECT event, account, attempts, next_at, trouble FROM webhook_delivery
  WHERE webhook = $1 AND event > $2 ORDER BY event LIMIT $3
  """)
private let dueDeliveries = SQLText(
  """
  SELECT event, account, attempts, next_at, trouble FROM webhook_delivery AS due
  WHERE webhook = $1 AND next_at <= $2 AND (account IS NULL OR NOT EXISTS (
    SELECT 1 FROM webhook_delivery AS earlier
    WHERE earlier.webhook = $1 AND earlier.account = due.account AND earlier.event < due.event
      AND earlier.next_at IS NOT NULL))
  ORDER BY event LIMIT $3
  """)
private let isWaiting = SQLText(
  """
  SELECT count(*) FROM webhook_delivery
  WHERE webhook = $1 AND account = $2 AND next_at IS NOT NULL
  """)

extension LedgerReader {
  /// Every webhook, by id.
  public func webhooks() throws(StorageError) -> [Webhook] {
    var webhooks: [Webhook] = []
    let rows = try connection.rows(allWebhooks, [])
    defer { rows.close() }
    while try rows.next() {
      let old = rows.bytes(6)
      webhooks.append(
        Webhook(
          id: rows.text(0), version: rows.integer(1), url: rows.text(2),
          kinds: rows.text(3).split(separator: " ").map(String.init),
          createdAt: Instant(secondsSince1970: rows.integer(4)), secret: rows.bytes(5),
          oldSecret: old.isEmpty ? nil : old, oldSecretUntil: rows.moment(7),
          told: rows.integer(8), failures: rows.integer(9),
          pausedUntil: Instant(secondsSince1970: rows.integer(10))))
    }
    return webhooks
  }

  /// What a webhook was not told of yet, in the order it happened, after an event.
  public func deliveries(of webhook: String, after event: Int64, most: Int) throws(StorageError)
    -> [WebhookDelivery]
  {
    try deliveries(
      deliveriesOf, [.text(webhook), .integer(event), .integer(Int64(most))])
  }

  /// What a webhook can be told again at a moment: of each account its earliest event alone.
  package func dueDeliveries(of webhook: String, at now: Instant, most: Int) throws(StorageError)
    -> [WebhookDelivery]
  {
    try deliveries(
      Storage.dueDeliveries,
      [.text(webhook), .integer(now.secondsSince1970), .integer(Int64(most))])
  }

  /// Whether an event of an account waits for a webhook, so that later ones have to.
  package func isWaiting(_ account: Int64, for webhook: String) throws(StorageError) -> Bool {
    try connection.number(Storage.isWaiting, [.text(webhook), .integer(account)]) ?? 0 > 0
  }

  private func deliveries(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError)
    -> [WebhookDelivery]
  {
    var deliveries: [WebhookDelivery] = []
    let rows = try connection.rows(statement, values)
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
