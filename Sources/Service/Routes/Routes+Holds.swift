import HTTP
import Ledger
import LocalTime
import Storage
import WireFormat

extension Routes {
  static let holds = [
    Route(
      "POST", "/v1/holds", .client(.holds), isEffectful: true,
      "Sets value aside until a deadline, or replaces a hold by another.", placeHold),
    Route(
      "POST", "/v1/holds/{id}/capture", .client(.holds), isEffectful: true,
      "Spends what a hold sets aside, whole or in parts.", capture),
    Route(
      "POST", "/v1/holds/{id}/release", .client(.holds), isEffectful: true,
      "Gives back what a hold sets aside.", release),
    Route("GET", "/v1/holds/{id}", .client(.holds), "A hold as it stands.", showHold),
  ]

  private static func placeHold(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(
      call.request.body,
      known: [
        "id", "account", "balance", "amount", "deadline", "replaces", "takesWhatThereIs",
      ])
    let balance = try body.required("balance")
    let decimals = try service.decimals(of: balance)
    guard let amount = try body.amount("amount", decimals: decimals) else {
      throw body.missing("amount")
    }
    guard let deadline = try body.instant("deadline") else { throw body.missing("deadline") }
    let hold = LedgerCommand.PlaceHold(
      id: try body.newID(), account: try body.required("account"), balance: balance,
      amount: amount, deadline: deadline,
      takesWhatThereIs: try body.flag("takesWhatThereIs") ?? false)
    let command: LedgerCommand =
      try body.text("replaces").map { .replaceHold($0, with: hold) } ?? .hold(hold)
    return try service.perform(call, command) { (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer, decimals: decimals) }
      return .json(
        201,
        jsonObject { writer in
          writer.text("id", hold.id)
          writer.text("account", hold.account)
          writer.text("balance", balance)
          writer.key("amount")
          writer.decimal(answer.amount, decimals: decimals)
          if answer.rest > 0 {
            writer.key("due")
            writer.decimal(answer.rest, decimals: decimals)
          }
          writer.text("deadline", "\(deadline)")
        }, [.init("Location", "/v1/holds/\(hold.id)")])
    }
  }

  private static func capture(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["amount", "keepsRemainder", "reason"])
    let id = call.parameter("id")
    let (hold, decimals) = try service.hold(id)
    let isKept = try body.flag("keepsRemainder") ?? false
    let amount = try body.amount("amount", decimals: decimals) ?? hold.amount - hold.captured
    return try service.perform(
      call, .capture(hold: id, amount: amount, remainder: isKept ? .kept : .released),
      reason: try body.text("reason") ?? ""
    ) { (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer, decimals: decimals) }
      return .json(
        200,
        jsonObject { writer in
          writer.text("id", id)
          writer.text("outcome", answer.code.rawValue)
          writer.key("amount")
          writer.decimal(answer.amount, decimals: decimals)
          writer.key("held")
          writer.decimal(answer.rest, decimals: decimals)
        })
    }
  }

  private static func release(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let id = call.parameter("id")
    let (_, decimals) = try service.hold(id)
    return try service.perform(call, .release(hold: id)) { (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer, decimals: decimals) }
      return .json(
        200,
        jsonObject { writer in
          writer.text("id", id)
          writer.text("outcome", answer.code.rawValue)
          writer.key("amount")
          writer.decimal(answer.amount, decimals: decimals)
        })
    }
  }

  private static func showHold(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let (hold, decimals) = try service.hold(call.parameter("id"))
    let isOver = hold.ending == nil && hold.deadline <= service.clock()
    return .json(
      200,
      jsonObject { writer in
        writer.text("id", hold.id)
        writer.text("account", hold.account)
        writer.text("balance", hold.balance)
        writer.text("state", hold.ending ?? (isOver ? "expired" : "open"))
        writer.key("amount")
        writer.decimal(hold.amount, decimals: decimals)
        writer.key("captured")
        writer.decimal(hold.captured, decimals: decimals)
        writer.text("deadline", "\(hold.deadline)")
      })
  }
}

extension PromoService {
  /// A hold, and the decimals of its balance.
  fileprivate func hold(_ id: String) throws(Problem) -> (StoredHold, Int) {
    let found = try read { (reader) throws(StorageError) in try reader.hold(id) }
    guard let hold = found else { throw Problem(404, "unknown_hold", "no hold has the id") }
    return (hold, try decimals(of: hold.balance))
  }
}
