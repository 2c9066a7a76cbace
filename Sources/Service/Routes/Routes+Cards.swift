import HTTP
import Ledger
import Storage
import WireFormat

extension Routes {
  static let cards = [
    Route(
      "GET", "/v1/card-pools", .client(.accountsRead), "The pools that cards come from.",
      listPools),
    Route(
      "PUT", "/v1/card-pools/{pool}", .client(.accountsWrite),
      "Lets cards be allocated from a pool; one that is known can only get longer.", putPool),
    Route(
      "POST", "/v1/accounts/{id}/cards", .client(.accountsWrite), isEffectful: true, trace: .log,
      "Gives an account the next card of a pool, or one by its number.", allocate),
  ]

  private static func listPools(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let pools = try service.read { (reader) throws(StorageError) in try reader.cardPools() }
    return .json(200, jsonObject { $0.list("pools", pools) { $0.pool($1) } })
  }

  private static func putPool(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(
      call.request.body, known: ["prefix", "width", "first", "last", "hasCheckDigit"])
    guard let width = try body.wholeNumber("width") else { throw body.missing("width") }
    guard let last = try body.wholeNumber("last") else { throw body.missing("last") }
    guard (1...Int64(LedgerLimits.cardPlaceDigitsMaximum)).contains(width) else {
      throw body.refused("width", "bad_amount", "1 to \(LedgerLimits.cardPlaceDigitsMaximum)")
    }
    let pool = CardPool(
      call.parameter("pool"), prefix: try body.text("prefix") ?? "", width: Int(width),
      first: try body.wholeNumber("first") ?? 0, last: last,
      hasCheckDigit: try body.flag("hasCheckDigit") ?? true)
    do throws(StorageError) {
      try service.queue.administer { (store) throws(StorageError) in
        try store.declareCards([pool])
      }
    } catch {
      guard case .constraint(let detail) = error else { throw Problem(error) }
      throw Problem(422, "bad_pool", detail)
    }
    var writer = JSONWriter()
    writer.pool(pool)
    return .json(200, writer.bytes)
  }

  private static func allocate(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["pool", "number"])
    let id = call.parameter("id")
    let name = try body.required("pool")
    let command = AccountCommand.allocateCard(
      account: id, pool: name, number: try body.text("number"))
    return try service.perform(call, .account(command)) { (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer) }
      let pools = try service.read { (reader) throws(StorageError) in try reader.cardPools() }
      guard let pool = pools.first(where: { $0.name.utf8.elementsEqual(name.utf8) }),
        (pool.first...pool.last).contains(answer.amount)
      else { throw Problem(503, "unavailable", "the card can not be read") }
      return .json(
        201,
        jsonObject { writer in
          writer.text("account", id)
          writer.text("pool", name)
          writer.text("card", pool.number(at: answer.amount))
        })
    }
  }
}

extension JSONWriter {
  fileprivate mutating func pool(_ pool: CardPool) {
    beginObject()
    text("name", pool.name)
    text("prefix", pool.prefix)
    key("width")
    number(Int64(pool.width))
    key("first")
    number(pool.first)
    key("last")
    number(pool.last)
    key("hasCheckDigit")
    bool(pool.hasCheckDigit)
    endObject()
  }
}
