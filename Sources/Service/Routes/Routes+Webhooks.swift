import HTTP
import HTTPClient
import LocalTime
import Storage
import WireFormat

extension Routes {
  static let webhooks = [
    Route("GET", "/v1/webhooks", .client(.webhooks), "Who is told of what happens.", listWebhooks),
    Route(
      "POST", "/v1/webhooks", .client(.webhooks),
      "Has a URL told of what happens from now on; the secret that signs is shown this once.",
      makeWebhook),
    Route("GET", "/v1/webhooks/{id}", .client(.webhooks), "One of them.", showWebhook),
    Route(
      "PATCH", "/v1/webhooks/{id}", .client(.webhooks),
      "Changes the URL or the events; what waits is tried at once.", changeWebhook),
    Route("DELETE", "/v1/webhooks/{id}", .client(.webhooks), "Tells it no more.", endWebhook),
    Route(
      "POST", "/v1/webhooks/{id}/secrets", .client(.webhooks),
      "Gives it another secret, shown this once; the one before signs too for a while.",
      renewSecret),
    Route(
      "GET", "/v1/webhooks/{id}/deliveries", .client(.webhooks),
      "What it was not told yet, and why.", listDeliveries),
    Route(
      "POST", "/v1/webhooks/{id}/deliveries/{event}/retry", .client(.webhooks),
      "Tries again what was given up.", retry),
  ]

  private static func listWebhooks(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let webhooks = try service.read { (reader) throws(StorageError) in try reader.webhooks() }
    return .json(200, jsonObject { $0.list("webhooks", webhooks) { $0.webhook($1) } })
  }

  private static func makeWebhook(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["id", "url", "events"])
    let id = try body.required("id")
    guard isClientID(id) else {
      throw body.refused("id", "bad_identifier", "1 to 40 small letters, digits and hyphens")
    }
    let url = try url(of: body, service)
    guard let url else { throw body.missing("url") }
    let kinds = try events(of: body) ?? []
    let secret = try Secrets.random(ServiceLimits.secretBytes)
    let known = try service.read { (reader) throws(StorageError) in try reader.webhooks() }
    guard known.count < ServiceLimits.webhooksMaximum else {
      throw Problem(
        409, "too_many_webhooks", "there are at most \(ServiceLimits.webhooksMaximum)")
    }
    let now = service.clock()
    let version = try Secrets.randomNumber()
    let isNew = try service.administer { (store) throws(StorageError) in
      try store.addWebhook(id, version: version, url: url, kinds: kinds, secret: secret, at: now)
    }
    guard isNew else { throw Problem(409, "webhook_exists", "another webhook has the id") }
    return .json(201, try shown(try service.webhook(id), secret))
  }

  private static func showWebhook(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    .json(200, try shown(try service.webhook(call.parameter("id")), nil))
  }

  private static func changeWebhook(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["url", "events"])
    let webhook = try service.webhook(call.parameter("id"))
    let url = try url(of: body, service) ?? webhook.url
    let kinds = try events(of: body) ?? webhook.kinds
    let now = service.clock()
    let version = try Secrets.randomNumber()
    let wasThere = try service.administer { (store) throws(StorageError) in
      try store.changeWebhook(webhook.id, version: version, url: url, kinds: kinds, at: now)
    }
    guard wasThere else { throw .noWebhook }
    return .json(200, try shown(try service.webhook(webhook.id), nil))
  }

  private static func endWebhook(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let id = call.parameter("id")
    let wasThere = try service.administer { (store) throws(StorageError) in
      try store.dropWebhook(id)
    }
    guard wasThere else { throw .noWebhook }
    return HTTPResponse(status: 204)
  }

  private static func renewSecret(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(
      call.request.body.isEmpty ? Array("{}".utf8) : call.request.body, known: ["overlapSeconds"])
    let seconds = try body.wholeNumber("overlapSeconds") ?? 86_400
    guard (0...ServiceLimits.overlapSecondsMaximum).contains(seconds) else {
      throw body.refused(
        "overlapSeconds", "bad_amount", "from 0 to \(ServiceLimits.overlapSecondsMaximum)")
    }
    let id = call.parameter("id")
    let secret = try Secrets.random(ServiceLimits.secretBytes)
    let end = service.clock().adding(seconds: seconds)
    let wasThere = try service.administer { (store) throws(StorageError) in
      try store.renewSecret(of: id, secret: secret, oldUntil: end)
    }
    guard wasThere else { throw .noWebhook }
    return .json(201, try shown(try service.webhook(id), secret))
  }

  private static func listDeliveries(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let id = try service.webhook(call.parameter("id")).id
    let most = try call.number("limit", 1...ServiceLimits.pageMaximum) ?? ServiceLimits.pageDefault
    let list = "deliveries of \(id)"
    let after = try call.cursor("after", in: list, service).flatMap { Int64($0) } ?? 0
    let open = try service.read { (reader) throws(StorageError) in
      try reader.deliveries(of: id, after: after, most: Int(most))
    }
    return .json(
      200,
      jsonObject { writer in
        writer.list("deliveries", open) { writer, delivery in
          writer.beginObject()
          writer.key("event")
          writer.number(delivery.event)
          writer.text("state", delivery.nextAt == nil ? "given_up" : "waiting")
          writer.key("attempts")
          writer.number(delivery.attempts)
          writer.text("nextAt", delivery.nextAt.map { "\($0)" })
          if !delivery.trouble.isEmpty { writer.text("trouble", delivery.trouble) }
          writer.endObject()
        }
        if open.count == most, let last = open.last {
          let next = PageCursor(list: list, place: "\(last.event)")
          writer.text("next", next.text(key: service.cursorKey))
        }
      })
  }

  private static func retry(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let id = try service.webhook(call.parameter("id")).id
    let now = service.clock()
    let event = Int64(call.parameter("event")) ?? 0
    let wasGivenUp = try service.administer { (store) throws(StorageError) in
      try store.retryDelivery(event, of: id, at: now)
    }
    guard wasGivenUp else {
      throw Problem(404, "unknown_delivery", "no delivery of that event was given up")
    }
    return HTTPResponse(status: 204)
  }

  private static func url(of body: RequestBody, _ service: PromoService) throws(Problem) -> String?
  {
    guard let text = try body.text("url") else { return nil }
    guard let address = WebAddress(text) else {
      throw body.refused(
        "url", "bad_url", "a URL of http or https, without a name and a password")
    }
    guard service.outgoing.reachesPrivate || !address.isPrivate else {
      throw body.refused("url", "private_address", "this is of the service's machine or network")
    }
    return text
  }

  private static func events(of body: RequestBody) throws(Problem) -> [String]? {
    guard let words = try body.texts("events") else { return nil }
    guard words.allSatisfy({ OutgoingEvent.Kind(rawValue: $0) != nil }) else {
      let known = OutgoingEvent.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw body.refused("events", "unknown_word", "events are some of \(known)")
    }
    return words
  }

  private static func shown(_ webhook: Webhook, _ secret: [UInt8]?) throws(Problem) -> [UInt8] {
    var writer = JSONWriter()
    writer.webhook(webhook, secret)
    return writer.bytes
  }
}

extension Problem {
  fileprivate static var noWebhook: Problem {
    Problem(404, "unknown_webhook", "no webhook of that id is known")
  }
}

extension PromoService {
  /// A webhook by its id.
  fileprivate func webhook(_ id: String) throws(Problem) -> Webhook {
    let all = try read { (reader) throws(StorageError) in try reader.webhooks() }
    guard let webhook = all.first(where: { $0.id == id }) else { throw .noWebhook }
    return webhook
  }
}

extension JSONWriter {
  fileprivate mutating func webhook(_ webhook: Webhook, _ secret: [UInt8]? = nil) {
    beginObject()
    text("id", webhook.id)
    text("url", webhook.url)
    list("events", webhook.kinds) { $0.string($1) }
    text("createdAt", "\(webhook.createdAt)")
    key("told")
    number(webhook.told)
    key("failures")
    number(webhook.failures)
    if webhook.failures > 0 { text("pausedUntil", "\(webhook.pausedUntil)") }
    text("secret", secret.map(StandardWebhook.text(ofSecret:)))
    endObject()
  }
}
