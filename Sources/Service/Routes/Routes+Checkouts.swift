import HTTP
import Ledger
import Promo
import Storage
import WireFormat

extension Routes {
  static let checkouts = [
    Route(
      "POST", "/v1/checkouts", .client(.checkouts), isEffectful: true,
      "Final checkout: records a purchase with everything of value that it moves.",
      { service, call throws(Problem) in try service.finalize(call) }),
    Route(
      "GET", "/v1/checkouts/{id}", .client(.checkouts),
      "A purchase, with what became of it.", showCheckout),
    Route(
      "POST", "/v1/checkouts/{id}/void", .client(.checkouts), isEffectful: true,
      "Undoes a purchase of which nothing came back.", voidCheckout),
    Route(
      "POST", "/v1/checkouts/{id}/returns", .client(.checkouts), isEffectful: true,
      "Takes units of a purchase back.", returnLines),
  ]

  private static func showCheckout(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let order = call.parameter("id")
    let found = try service.read { (reader) throws(StorageError) in try reader.purchase(order) }
    guard let purchase = found else { throw Problem(404, "unknown_order", "no such purchase") }
    return .json(
      200,
      jsonObject { $0.members(of: purchase) })
  }

  private static func voidCheckout(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(
      call.request.body.isEmpty ? Array("{}".utf8) : call.request.body,
      known: ["policy", "reason"])
    let order = call.parameter("id")
    return try service.perform(
      call, .void(order: order, policy: try policy(body)),
      reason: try body.text("reason") ?? ""
    ) { (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer) }
      return .json(
        200,
        jsonObject { writer in
          writer.text("id", order)
          writer.text("state", "voided")
        })
    }
  }

  private static func returnLines(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["lines", "policy", "reason", "creditTo"])
    guard let parts = try body.objects("lines", known: ["id", "quantity"]) else {
      throw body.missing("lines")
    }
    var lines: [LedgerCommand.ReturnedLine] = []
    for part in parts {
      guard let quantity = try part.wholeNumber("quantity") else { throw part.missing("quantity") }
      lines.append(.init(id: try part.required("id"), quantity: quantity))
    }
    let order = call.parameter("id")
    let credited = try body.text("creditTo")
    if credited != nil { try call.require(.balancesWrite) }
    let render = { (answer: LedgerAnswer) throws(Problem) -> HTTPResponse in
      guard answer.isAccepted, let once = call.once else { throw Problem(answer) }
      return try service.refund(of: order, by: once.id, creditTo: credited)
    }
    if let earlier = try service.replay(call, render) { return earlier }
    let found = try service.read { (reader) throws(StorageError) in try reader.purchase(order) }
    if let found, found.body.isEmpty {
      throw Problem(
        409, "person_forgotten", "its receipt is gone, so nobody can say what goes back to whom")
    }
    let credit = try service.credit(to: credited, of: order, body)
    return try service.perform(
      call, .giveBack(order: order, lines: lines, policy: try policy(body), credit: credit),
      reason: try body.text("reason") ?? "", render)
  }

  private static func policy(_ body: RequestBody) throws(Problem) -> ReturnPolicy {
    guard let word = try body.text("policy") else { return .debt }
    guard let policy = ReturnPolicy(rawValue: word) else {
      let known = ReturnPolicy.allCases.map(\.rawValue).joined(separator: ", ")
      throw body.refused("policy", "unknown_word", "a policy is one of \(known)")
    }
    return policy
  }
}
