public import LocalTime

/// Somebody who wants to be told of what happens: a URL, and the secret that signs what is sent there.
public struct Webhook: Hashable, Sendable {
  /// Its id.
  public var id: String
  /// Unlike that of the webhook before any change, or of another that had the id.
  public var version: Int64
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
