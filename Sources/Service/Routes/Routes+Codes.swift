import HTTP
import Ledger
import Storage
import WireFormat

extension Routes {
  static let codes = [
    Route(
      "POST", "/v1/code-pools/{pool}/codes", .client(.codes), isEffectful: true, trace: .log,
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
    let random = randomBytes(Int(count) * SingleUseCode.randomBytes, for: call)
    return try service.perform(call, .account(.generateCodes(pool: pool, random: random))) {
      (answer) throws(Problem) in
      guard answer.isAccepted else { throw Problem(answer) }
      let codes = SingleUseCode.codes(from: random)
      // Sent again with another key of the client, they would be other codes, which nobody has.
      let areThese = try service.read { (reader) throws(StorageError) in
        try codes.first.map { (code) throws(StorageError) in
          try reader.code(code, in: pool) != nil
        } ?? false
      }
      return .json(201, shown(pool, answer.amount, areThese ? codes : []))
    }
  }

  /// Bytes that nobody can guess who does not have the client's key, and that are the same when the
  /// request is sent again: only digests of the codes are kept, so they could not be shown otherwise.
  private static func randomBytes(_ count: Int, for call: Call) -> [UInt8] {
    let secret = Array((call.request.value(of: "authorization") ?? "").utf8)
    let key = Secrets.seal(Array("codes \(call.once?.id ?? "")".utf8), key: secret)
    var bytes: [UInt8] = []
    var block: UInt64 = 0
    while bytes.count < count {
      bytes += withUnsafeBytes(of: block.littleEndian) { Secrets.seal(Array($0), key: key) }
      block += 1
    }
    return Array(bytes.prefix(count))
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
