import HTTPClient
import LocalTime
import Storage
import WireFormat

/// When a delivery that failed is tried again, and when a receiver is left alone for a while.
enum WebhookPatience {
  /// Seconds from each failure to the next try; after the last one a delivery is given up. Together
  /// three days and a bit.
  static let seconds: [Int64] = [
    5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
  ]
  /// Failures one after another until nothing more is tried for a while.
  static let failuresMaximum: Int64 = 3
  /// Seconds of the first pause; each is twice the one before, up to the longest.
  static let pauseSeconds: Int64 = 10
  static let pauseSecondsMaximum: Int64 = 3_600
  /// Events that are told before what became of them is kept.
  static let eventsAtOnce = 100
  /// Milliseconds after which what became of a batch is kept though it is not at its end.
  static let batchMilliseconds: Int64 = 5_000
  /// Seconds an event is kept that every webhook was told of: 30 days.
  static let keptSeconds: Int64 = 2_592_000
}

extension PromoService {
  /// Tells a webhook what it was not told yet: first what failed before and is due, then what is new.
  ///
  /// Events of one account are told in order: while one of them waits, those after it wait too.
  /// - Parameter isStopped: Whether no further batch is to be begun.
  func tell(_ id: String, isStopped: () -> Bool = { false }) throws(Problem) {
    let connection = HTTPConnection(outgoing)
    var hasMore = true
    while hasMore, !isStopped() {
      let found = try read { (reader) throws(StorageError) in try reader.webhooks() }
      guard let webhook = found.first(where: { $0.id == id }), webhook.pausedUntil <= clock()
      else { return }
      hasMore = try tellBatch(webhook, over: connection)
    }
  }

  /// - Returns: Whether there may be more to tell at once.
  private func tellBatch(_ webhook: Webhook, over connection: HTTPConnection) throws(Problem)
    -> Bool
  {
    let now = clock()
    let due = try read { (reader) throws(StorageError) in
      try reader.dueDeliveries(of: webhook.id, at: now, most: WebhookPatience.eventsAtOnce)
    }
    var telling = Telling(
      webhook, clock: clock, connection, until: milliseconds + WebhookPatience.batchMilliseconds)
    for delivery in due {
      guard telling.isGoing(at: milliseconds) else { break }
      let found = try read { (reader) throws(StorageError) in
        try reader.outgoingEvents(after: delivery.event - 1, most: 1).first?.event
      }
      if let found, found.place == delivery.event {
        telling.tell(found, delivery)
      } else {
        telling.progress.done.append(delivery.event)
      }
    }
    // What came out of the deliveries is kept before anything new, which may have to wait for it.
    if due.isEmpty {
      let (events, waiting) = try read { (reader) throws(StorageError) in
        let events = try reader.outgoingEvents(
          after: webhook.told, most: WebhookPatience.eventsAtOnce)
        var waiting: Set<Int64> = []
        for account in Set(events.compactMap(\.account)) {
          if try reader.isWaiting(account, for: webhook.id) { waiting.insert(account) }
        }
        return (events, waiting)
      }
      telling.waiting = waiting
      for (event, account) in events {
        guard telling.isGoing(at: milliseconds) else { break }
        telling.tell(event, of: account)
      }
    }
    metrics.tell(webhook.id, told: telling.toldCount, failed: telling.failedCount)
    let progress = telling.progress
    guard progress != WebhookProgress(webhook) else { return false }
    return try administer { (store) throws(StorageError) in
      try store.keep(progress, of: webhook)
    }
  }
}

/// One batch of telling a webhook.
private struct Telling {
  let webhook: Webhook
  let clock: @Sendable () -> Instant
  let connection: HTTPConnection
  /// When it ends at the latest, in milliseconds of a clock that never goes back.
  let end: Int64
  var progress: WebhookProgress
  var toldCount: Int64 = 0
  var failedCount: Int64 = 0
  /// Accounts of which an event waits.
  var waiting: Set<Int64> = []

  init(
    _ webhook: Webhook, clock: @escaping @Sendable () -> Instant, _ connection: HTTPConnection,
    until end: Int64
  ) {
    self.webhook = webhook
    self.clock = clock
    self.connection = connection
    self.end = end
    progress = WebhookProgress(webhook)
  }

  /// Whether the receiver takes enough that the next can be tried.
  func isGoing(at milliseconds: Int64) -> Bool {
    progress.pausedUntil <= clock() && milliseconds < end
  }

  /// Tells an event again.
  mutating func tell(_ event: OutgoingEvent, _ delivery: WebhookDelivery) {
    guard let trouble = send(event) else {
      progress.done.append(delivery.event)
      return
    }
    fail(delivery, trouble)
  }

  /// Tells a new event, unless an earlier one of its account waits.
  mutating func tell(_ event: OutgoingEvent, of account: Int64?) {
    progress.told = event.place
    guard webhook.kinds.isEmpty || webhook.kinds.contains(event.kind.rawValue) else { return }
    let delivery = WebhookDelivery(
      event: event.place, account: account, attempts: 0, nextAt: clock(), trouble: "")
    if let account, waiting.contains(account) {
      progress.open.append(delivery)
      return
    }
    guard let trouble = send(event) else { return }
    fail(delivery, trouble)
  }

  private mutating func fail(_ delivery: WebhookDelivery, _ trouble: String) {
    let now = clock()
    var delivery = delivery
    let attempts = Int(delivery.attempts)
    delivery.attempts += 1
    delivery.trouble = trouble
    delivery.nextAt =
      attempts < WebhookPatience.seconds.count
      ? now.adding(seconds: WebhookPatience.seconds[attempts]) : nil
    if let account = delivery.account, delivery.nextAt != nil { waiting.insert(account) }
    progress.open.append(delivery)
    progress.failures += 1
    let pauses = progress.failures - WebhookPatience.failuresMaximum
    guard pauses >= 0 else { return }
    let pause = min(
      WebhookPatience.pauseSecondsMaximum, WebhookPatience.pauseSeconds << min(pauses, 20))
    progress.pausedUntil = now.adding(seconds: pause)
  }

  /// Sends an event; what was wrong, or nil when it was taken.
  private mutating func send(_ event: OutgoingEvent) -> String? {
    guard let address = WebAddress(webhook.url) else { return "the URL can not be used" }
    let now = clock()
    let message = StandardWebhook(
      id: "evt_\(webhook.id)_\(event.place)", type: event.kind.rawValue, at: event.recordedAt
    ) { writer in
      writer.text("account", event.account)
      if !event.subject.isEmpty { writer.text(event.kind.subjectKey, event.subject) }
    }
    let old = webhook.oldSecretUntil.map { now < $0 } ?? false ? webhook.oldSecret : nil
    let headers = message.headers(signedWith: [webhook.secret] + [old].compactMap { $0 }, at: now)
    let trouble: String?
    do throws(HTTPClient.Failure) {
      let answer = try connection.post(message.body, to: address, headers: headers)
      trouble = (200...299).contains(answer.status) ? nil : "the answer was \(answer.status)"
    } catch {
      trouble = error.text
    }
    if trouble == nil {
      progress.failures = 0
      toldCount += 1
    } else {
      failedCount += 1
    }
    return trouble
  }
}

extension OutgoingEvent.Kind {
  /// The key under which the data names what it is about.
  fileprivate var subjectKey: String { String(rawValue.split(separator: ".")[0]) }
}

extension HTTPClient.Failure {
  /// For people.
  var text: String {
    switch self {
    case .privateAddress: "the address is of this machine or its network"
    case .timeout: "no answer came in time"
    case .connection(let text): text
    }
  }
}
