import HTTP
import Ledger
import Storage
import WireFormat

extension Routes {
  static let codes = [
    Route(
      "POST", "/v1/code-pools/{pool}/codes", .client(.codes), isEffectful: true,
      "Generates codes that can be used once each; they are shown this once.", generate)
  ]

  private static func generate(_ service: PromoService, _ call: Call) throws(Problem)
    -> HTTPResponse
  {
    let body = try RequestBody(call.request.body, known: ["count"])
    let pool = call.parameter("pool")
    guard let count = try body.wholeNumber("count"),
      (1...ServiceLimits.codesMaximum).contains(count)
    else {
      throw body.refused("count", "bad_amount", "from 1 to \(ServiceLimits.codesMaximum)")
    }
    let random = try Secrets.random(Int(count) * SingleUseCode.randomBytes)
    let replayed = { (answer: LedgerAnswer) throws(Problem) -> HTTPResponse in
      guard answer.isAccepted else { throw Problem(answer) }
      return .json(200, shown(pool, answer.amount, []))
    }
    if let earlier = try service.replay(call, replayed) { return earlier }
    let answer = try service.ask(call, .account(.generateCodes(pool: pool, random: random)))
    guard answer.isAccepted else { throw Problem(answer) }
    return .json(201, shown(pool, answer.amount, SingleUseCode.codes(from: random)))
  }

  private static func shown(_ pool: String, _ count: Int64, _ codes: [String]) -> [UInt8] {
    jsonObject { writer in
      writer.text("pool", pool)
      writer.key("count")
      writer.number(count)
      if !codes.isEmpty { writer.list("codes", codes) { $0.string($1) } }
    }
  }
}
