import Foundation
import Ledger
import Storage
import Testing

@Suite("codes that can be used once") struct SingleUseCodeTests {
  private let folder: TestFolder
  private let store: LedgerStore
  private let codes: [String]

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    let random = Self.random(count: 50, seed: 7)
    codes = SingleUseCode.codes(from: random)
    _ = try store.perform(.account(.generateCodes(pool: "spring", random: random)))
  }

  /// Bytes for a number of codes that are the same for the same seed.
  private static func random(count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count * SingleUseCode.randomBytes).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  private func use(_ code: String, pool: String = "spring", order: String = "o-1") throws
    -> LedgerAnswer.Code
  {
    try store.perform(.account(.useCode(code, pool: pool, order: order)), at: 5).code
  }

  private func state(_ code: String) throws -> CodeState? {
    try LedgerReader(folder: folder.path, zone: utc).code(code, in: "spring")
  }

  @Test("a code has 16 letters of 80 bits and is read back, also as people type it")
  func spelling() {
    #expect(SingleUseCode.codes(from: [UInt8](repeating: 0xFF, count: 10)) == ["ZZZZZZZZZZZZZZZZ"])
    let bytes: [UInt8] = [0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0x35, 0xCF]
    #expect(SingleUseCode.codes(from: bytes) == ["0123456789ABCDEF"])
    #expect(SingleUseCode.bytes(of: "oI23-4567-89ab cdef") == bytes)
    #expect(SingleUseCode.bytes(of: "0123456789ABCDE") == nil)
    #expect(SingleUseCode.bytes(of: "0123456789ABCDEFG") == nil)
    #expect(SingleUseCode.bytes(of: "U123456789ABCDEF") == nil)
    #expect(SingleUseCode.bytes(of: "") == nil)
    #expect(Set(codes).count == 50)
  }

  @Test("a code is used once, and says so afterwards")
  func once() throws {
    let code = try #require(codes.first)
    #expect(try state(code) == CodeState())
    #expect(try use(code.lowercased()) == .codeUsed)
    #expect(try state(code) == CodeState(usedAt: moment(5), usedFor: "o-1"))
    #expect(try use(code) == .codeAlreadyUsed)
    #expect(try use(code, order: "o-2") == .codeAlreadyUsed)
    #expect(try use("0123456789ABCDEF") == .unknownCode)
    #expect(try use("%") == .unknownCode)
    #expect(try use(codes[1], pool: "autumn") == .unknownPool)
    #expect(try state("0123456789ABCDEF") == nil)
  }

  @Test("an order that was undone uses no code any more")
  func undone() throws {
    for (order, code) in [("o-1", LedgerAnswer.Code.alreadyVoided), ("o-2", .alreadyReturned)] {
      #expect(try buy(order, [codes[0]], pool: "spring").code == .recorded)
      let undoing: LedgerCommand =
        code == .alreadyVoided
        ? .void(order: order, policy: .debt)
        : .giveBack(order: order, lines: [.init(id: "a", quantity: 1)], policy: .debt)
      _ = try store.perform(undoing)
      #expect(try use(codes[1], order: order) == code)
    }
    #expect(try use(codes[1], order: "o-3") == .codeUsed)
  }

  @Test("no file has a code in plain text, nor its bytes")
  func hashed() throws {
    for code in codes.prefix(5) {
      _ = try use(code)
      #expect(try !folder.contains(Array(code.utf8)))
      #expect(try !folder.contains(try #require(SingleUseCode.bytes(of: code))))
    }
  }

  @Test("a purchase uses a code in its own commit, and a void lets it be used again")
  func purchase() throws {
    func buy(_ order: String, _ code: String, points: Int64 = 0) throws -> LedgerAnswer.Code {
      try store.perform(
        .checkout(
          CheckoutRecord(
            order: order, account: "m-1", lines: [],
            uses: [
              CampaignUse(
                campaign: "spring", discount: 5, claims: [.init(.code, key: code, usesMaximum: 1)])
            ], spends: points > 0 ? [.init(.balance("points"), amount: points)] : []))
      ).code
    }
    #expect(try buy("o-1", codes[0], points: 5) == .insufficient)
    #expect(try state(codes[0])?.usedFor == nil)
    #expect(try buy("o-1", codes[0]) == .recorded)
    #expect(try buy("o-2", codes[0].lowercased()) == .codeAlreadyUsed)
    #expect(try buy("o-2", codes[1]) == .recorded)
    #expect(try buy("o-3", "SUMMER") == .recorded)
    #expect(try buy("o-4", "SUMMER") == .limitReached)
    #expect(try !folder.contains(Array(codes[0].utf8)))
    _ = try store.perform(.void(order: "o-1", policy: .debt))
    #expect(try state(codes[0])?.usedFor == nil)
    #expect(try buy("o-5", codes[0]) == .recorded)
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  /// A purchase that uses a code, with the pool it must be in.
  private func buy(_ order: String, _ keys: [String], pool: String?) throws -> LedgerAnswer {
    let claims = keys.map { CampaignUse.Claim(.code, key: $0, usesMaximum: 1, pool: pool) }
    return try store.perform(
      .checkout(
        CheckoutRecord(
          order: order, account: "m-1", lines: [.init(id: "a", quantity: 1, paid: 1)],
          uses: [CampaignUse(campaign: "spring", discount: 5, claims: claims)])))
  }

  @Test("with a pool a purchase needs a code of it that was not used; any other text is refused")
  func pool() throws {
    _ = try store.perform(
      .account(.generateCodes(pool: "autumn", random: Self.random(count: 2, seed: 8))))
    #expect(
      try buy("o-1", ["SUMMER"], pool: "spring") == LedgerAnswer(.unknownCode, subject: "spring"))
    #expect(try buy("o-1", ["0123456789ABCDEF"], pool: "spring").code == .unknownCode)
    #expect(try buy("o-1", [codes[0]], pool: "autumn").code == .unknownCode)
    #expect(
      try buy("o-1", [codes[0]], pool: "winter") == LedgerAnswer(.unknownPool, subject: "spring"))
    #expect(try state(codes[0])?.usedFor == nil)
    #expect(try buy("o-1", [codes[0]], pool: "spring").code == .recorded)
    #expect(try state(codes[0])?.usedFor == "o-1")
    #expect(try buy("o-2", [codes[0]], pool: "spring").code == .codeAlreadyUsed)
    #expect(try buy("o-2", [codes[0]], pool: nil).code == .codeAlreadyUsed)
    _ = try store.perform(.void(order: "o-1", policy: .debt))
    #expect(try buy("o-2", [codes[0]], pool: "spring").code == .recorded)
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  @Test("a code that comes back whole can be used again, as after a void")
  func wholeReturn() throws {
    _ = try buy("o-1", [codes[0]], pool: "spring")
    _ = try store.perform(
      .giveBack(order: "o-1", lines: [.init(id: "a", quantity: 1)], policy: .debt))
    #expect(try state(codes[0])?.usedFor == nil)
    #expect(try buy("o-2", [codes[0]], pool: "spring").code == .recorded)
  }

  @Test("two spellings of a code in one purchase are one use; a pool is of codes alone")
  func spellings() throws {
    let both = [codes[0], codes[0].lowercased()]
    #expect(try buy("o-1", both, pool: "spring").code == .recorded)
    #expect(try buy("o-2", [codes[1], codes[1]], pool: "spring").code == .badIdentifier)
    let use = CampaignUse(
      campaign: "spring", discount: 5, claims: [.init(.customer, key: "m-1", pool: "spring")])
    let record = CheckoutRecord(order: "o-2", account: "m-1", lines: [], uses: [use])
    #expect(try store.perform(.checkout(record)).code == .badIdentifier)
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  @Test("the same code twice, too few bytes and too many are refused, and nothing is added")
  func badRandom() throws {
    let twice = Self.random(count: 3, seed: 1)
    let known = Self.random(count: 50, seed: 7)
    for random in [[], [1], twice + [1], twice + twice, twice + known] {
      let answer = try store.perform(.account(.generateCodes(pool: "spring", random: random)))
      #expect(answer.code == .badRandom)
    }
    #expect(try use(try #require(SingleUseCode.codes(from: twice).first)) == .unknownCode)
    #expect(
      try store.perform(.account(.generateCodes(pool: "spring", random: twice)))
        == LedgerAnswer(.codesGenerated, amount: 3))
    let most = LedgerLimits.codesMaximum * SingleUseCode.randomBytes
    let tooMany = [UInt8](repeating: 1, count: most + SingleUseCode.randomBytes)
    #expect(
      try store.perform(.account(.generateCodes(pool: "x", random: tooMany))).code == .badRandom)
  }

  @Test("as many codes as are asked for are there after one run")
  func many() throws {
    let count = ProcessInfo.processInfo.environment["LEDGER_CODES"].flatMap(Int.init) ?? 20_000
    let random = Self.random(count: count, seed: 99)
    let clock = ContinuousClock()
    var answer: LedgerAnswer?
    let time = try clock.measure {
      answer = try store.perform(.account(.generateCodes(pool: "many", random: random)))
    }
    #expect(answer == LedgerAnswer(.codesGenerated, amount: Int64(count)))
    let made = SingleUseCode.codes(from: random)
    for code in [made.first, made.last] {
      #expect(try use(try #require(code), pool: "many") == .codeUsed)
    }
    if count > 20_000 { Attachment.record("\(count) codes in \(time)", named: "codes.txt") }
  }
}
