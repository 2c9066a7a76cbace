import HTTP
import Ledger
import Promo
import Storage
import WireFormat

extension Routes {
  static let accounts = [
    Route(
      "POST", "/v1/accounts", .client(.accountsWrite), isEffectful: true, trace: .log,
      "Makes somebody known, as a member or not.", register),
    Route(
      "POST", "/v1/accounts:search", .client(.accountsRead), trace: .nowhere,
      "Finds accounts by card, external id, e-mail, phone, or several of them.", search),
    Route(
      "GET", "/v1/accounts", .client(.accountsRead),
      "Finds accounts by card or external id.", searchByNumber),
    Route("GET", "/v1/accounts/{id}", .client(.accountsRead), "What is known of an account.", show),
    Route(
      "PATCH", "/v1/accounts/{id}", .client(.accountsWrite),
      "Changes fields: null clears one, a missing one stays.", update),
    Route(
      "DELETE", "/v1/accounts/{id}", .client(.accountsWrite),
      "Forgets the person; the books stay.", erase),
    Route(
      "POST", "/v1/accounts/{id}/merge", .client(.accountsWrite), isEffectful: true,
      trace: .log,
      "Puts everything of another account into this one.", merge),
    Route(
      "POST", "/v1/accounts/{id}/disable", .client(.accountsWrite),
      "Lets an account neither earn nor spend.",
      { service, call throws(Problem) in
        try standing(service, call, .disable(account: call.parameter("id")))
      }),
    Route(
      "POST", "/v1/accounts/{id}/enable", .client(.accountsWrite),
      "Lets an account earn and spend again.",
      { service, call throws(Problem) in
        try standing(service, call, .enable(account: call.parameter("id")))
      }),
    Route("GET", "/v1/events", .client(.events), "Changes of accounts, in order.", events),
  ]

  private static func changes(of body: RequestBody, except keys: [String], _ service: PromoService)
    throws(Problem) -> [FieldChange]
  {
    var changes: [FieldChange] = []
    for key in body.keys where !keys.contains(key) {
      if key == "attributes" {
        guard let attributes = try body.object("attributes") else { continue }
        let kinds = service.rules.customerAttributes
        for name in attributes.keys {
          let isDate = kinds.contains { $0.name == name && $0.kind == .date }
          changes.append(try attributes.fieldChange(name, kind: isDate ? .date : nil))
        }
      } else if let field = FieldNames.standard(key) {
        var change = try body.fieldChange(key, kind: field.kind)
        change.name = field.name
        if key == "birthday", !service.canBeBirthday(change) {
          throw body.refused(key, "bad_date", "nobody who buys was born then")
        }
        changes.append(change)
      } else {
        let isKept = ["balance", "balances", "points", "tier", "role", "groups", "cards"]
          .contains(key)
        throw body.refused(
          key, isKept ? "not_writable" : "unknown_key",
          isKept ? "this is changed elsewhere" : "an account has no such field")
      }
    }
    return changes
  }

  private static func register(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(anyKeys: call.request.body)
    let id = try body.newID()
    let registration = AccountCommand.Registration(
      account: id, isMember: try body.flag("member") ?? true,
      fields: try changes(of: body, except: ["id", "member"], service),
      random: try Secrets.random(ServiceLimits.secretBytes))
    let answer = try service.ask(call, .account(.register(registration)))
    guard answer.isAccepted else { throw Problem(answer) }
    return .json(
      answer.code == .alreadyEnrolled ? 200 : 201,
      jsonObject { writer in
        writer.text("id", id)
        writer.text("outcome", answer.code.rawValue)
      },
      [.init("Location", "/v1/accounts/\(id)")])
  }

  private static func search(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(
      call.request.body,
      known: ["card", "externalId", "email", "phone", "fields", "balances", "cards"])
    let query = AccountQuery(
      card: try term(body.text("card"), at: "/card"),
      externalID: try term(body.text("externalId"), at: "/externalId"),
      email: try term(body.text("email"), at: "/email"),
      phone: try term(body.text("phone"), at: "/phone"))
    guard !query.terms.isEmpty else {
      throw Problem(422, "empty_search", "say what to look for")
    }
    let fields = try body.texts("fields")?.map { FieldNames.standard($0)?.name ?? $0 }
    let selection = AccountSelection(
      fields: fields.map(Set.init) ?? [], balances: Set(try body.texts("balances") ?? []),
      hasCards: try body.flag("cards") ?? false)
    return try found(service, call, query, selection)
  }

  private static func searchByNumber(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    guard call.request.argument("email") == nil, call.request.argument("phone") == nil else {
      throw Problem(
        400, "personal_data_in_url", "look for people with POST /v1/accounts:search")
    }
    let query = AccountQuery(
      card: try term(call.request.argument("card")),
      externalID: try term(call.request.argument("externalId")))
    guard !query.terms.isEmpty else {
      throw Problem(422, "empty_search", "say what to look for: card or externalId")
    }
    return try found(service, call, query, AccountSelection())
  }

  /// What is looked for: a text with something in it.
  private static func term(_ text: String?, at pointer: String? = nil) throws(Problem) -> String? {
    guard let text else { return nil }
    guard !text.isEmpty else {
      throw Problem(422, "empty_search", "nobody is found by nothing", at: pointer)
    }
    guard text.utf8.count <= ServiceLimits.searchBytesMaximum else {
      throw Problem(
        422, "too_long", "at most \(ServiceLimits.searchBytesMaximum) bytes", at: pointer)
    }
    return text
  }

  private static func found(
    _ service: PromoService, _ call: Call, _ query: AccountQuery, _ selection: AccountSelection
  ) throws(Problem) -> HTTPResponse {
    let (records, programme) = try service.read { (reader) throws(StorageError) in
      (
        try reader.search(
          query, returning: selection, most: Int(ServiceLimits.pageMaximum), at: service.clock()),
        reader.programme
      )
    }
    return .json(
      200,
      jsonObject { writer in
        writer.list("accounts", records) { $0.account($1, programme) }
      })
  }

  private static func show(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let (record, programme) = try service.record(of: call.parameter("id"))
    var writer = JSONWriter()
    writer.account(record, programme)
    return .json(200, writer.bytes, [.init("ETag", "\"\(record.version)\"")])
  }

  private static func update(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(anyKeys: call.request.body)
    let id = call.parameter("id")
    let answer = try service.ask(
      call,
      .account(
        .update(
          account: id, ifVersion: try call.version(),
          changes: try changes(of: body, except: [], service))))
    guard answer.isAccepted else { throw Problem(answer) }
    return try show(service, call)
  }

  private static func erase(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let id = call.parameter("id")
    let keeper = try service.read { (reader) throws(StorageError) in
      try reader.accountID(keeping: id)
    }
    let answer = try service.ask(call, .account(.erase(account: id)))
    guard answer.isAccepted || answer.code == .accountErased else { throw Problem(answer) }
    service.quotes.forget { $0.account == id || $0.account != nil && $0.account == keeper }
    return HTTPResponse(status: 204)
  }

  private static func standing(
    _ service: PromoService, _ call: Call, _ command: AccountCommand
  ) throws(Problem) -> HTTPResponse {
    let answer = try service.ask(call, .account(command))
    guard answer.isAccepted else { throw Problem(answer) }
    return .json(
      200,
      jsonObject { writer in
        writer.text("id", call.parameter("id"))
        writer.text("outcome", answer.code.rawValue)
      })
  }

  private static func merge(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse {
    let body = try RequestBody(call.request.body, known: ["from"])
    let id = call.parameter("id")
    let from = try body.required("from")
    return try service.perform(call, .account(.merge(account: from, into: id))) {
      (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer) }
      return .json(
        200,
        jsonObject { writer in
          writer.text("id", id)
          writer.text("merged", from)
        })
    }
  }

  private static func events(_ service: PromoService, _ call: Call) throws(Problem) -> HTTPResponse
  {
    let cursor = try call.cursor("after", in: "events", service)
    let place = cursor.flatMap { Int64($0) } ?? 0
    let most = try call.number("limit", 1...1_000) ?? ServiceLimits.pageDefault
    let changes = try service.read { (reader) throws(StorageError) in
      try reader.changes(after: place, most: Int(most))
    }
    return .json(
      200,
      jsonObject { writer in
        writer.list("events", changes) { writer, change in
          writer.beginObject()
          writer.key("place")
          writer.number(change.place)
          writer.text("kind", change.kind.rawValue)
          writer.text("account", change.account)
          writer.list("names", change.names) { $0.string($1) }
          writer.text("other", change.other)
          writer.text("at", "\(change.recordedAt)")
          writer.endObject()
        }
        let next = PageCursor(list: "events", place: "\(changes.last?.place ?? place)")
        writer.text("next", next.text(key: service.cursorKey))
      })
  }
}

extension PromoService {
  /// Whether somebody who buys now can be born on a day; anything else than a day is not for here.
  fileprivate func canBeBirthday(_ change: FieldChange) -> Bool {
    guard case .set(.date(let day)) = change.change else { return true }
    // Where the sun rises first it is tomorrow already.
    let tomorrow = Instant(secondsSince1970: clock().secondsSince1970 + 86_400)
    return day.parts.year >= ServiceLimits.birthYearMinimum
      && Int64(day.dayNumber) <= tomorrow.secondsSince1970 / 86_400
  }

  /// What is known of an account, and the balances' terms.
  func record(of id: String, balances: Bool = false) throws(Problem) -> (
    AccountRecord, LoyaltyProgramme
  ) {
    let (found, programme) = try read { (reader) throws(StorageError) in
      let names = balances ? Set(reader.programme.balances.map(\.name)) : []
      return (
        try reader.account(
          id, returning: AccountSelection(fields: nil, balances: names, hasCards: true),
          at: clock()),
        reader.programme
      )
    }
    guard let record = found else {
      throw Problem(404, "unknown_account", "nobody is known under this id")
    }
    return (record, programme)
  }
}

extension Call {
  /// The version that `If-Match` names; nil when there is none.
  func version() throws(Problem) -> Int64? {
    guard let header = request.value(of: "if-match") else { return nil }
    guard header.hasPrefix("\""), header.hasSuffix("\""),
      let version = Int64(header.dropFirst().dropLast()), version >= 0
    else { throw Problem(400, "bad_version", "If-Match is a version such as \"3\"") }
    return version
  }
}
