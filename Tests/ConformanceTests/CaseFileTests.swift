import Promo
import Testing

/// The reading of case files: a slip in a case must not pass for a promise.
@Suite("case files") struct CaseFileTests {
  private static let head = "=== a-1\nsource a test\n"
  private static let rules = "--- rules\ncampaign c { give 10% off items }\n"
  private static let cart = "--- cart\n{ \"currency\": \"USD\", \"lines\": [] }\n"

  @Test("a block becomes a case with its steps, expectations and flag")
  func reading() throws {
    let text = """
      # A comment.

      === a-1
      source a test
      peculiar
      --- rules
      # Rules keep their comments.
      campaign c { give 10% off items }
      --- cart
      {}
      --- expect
      discount 1.00
      line red shirt total 9.00

      line #2 unitPrice 3.00
      --- ours
      refused c because condition
      --- difference
      We count otherwise,
      on purpose.
      """
    let each = try #require(try CaseFile(peer: "a", text: text).cases.first)
    #expect(each.isPeculiar)
    #expect(each.place.description == "a.cases:3")
    #expect(each.claim == .difference("We count otherwise, on purpose."))
    guard case .promotion(let rules, let steps) = each.content else {
      Issue.record("no promotion case")
      return
    }
    #expect(rules?.hasPrefix("# Rules keep") == true)
    #expect(
      steps.map { $0.expected.map(\.fact) } == [
        [
          .amount(.discount, "1.00"), .line(.sku("red shirt"), .total, "9.00"),
          .line(.id("2"), .unitPrice, "3.00"),
        ]
      ])
    #expect(steps[0].expected.map(\.place.line) == [12, 13, 15])
    #expect(steps[0].ours.map(\.fact) == [.refused("c", because: .condition)])
  }

  @Test(
    "a mistake is told with its line",
    arguments: [
      ("source a test\n", "a.cases:1: a case begins with `=== ` and its id"),
      ("=== a-1\n--- rules\n", "a.cases:1: a-1 does not say its source"),
      (head + "colour red\n", "a.cases:3: `colour` is no key of this case"),
      (head + "source twice\n", "a.cases:3: `source` stands twice in a-1"),
      (head + "--- card\n", "a.cases:3: `card` is no section"),
      (head + rules, "a.cases:1: a-1 expects nothing"),
      (head + rules + cart, "a.cases:1: a cart of a-1 expects nothing"),
      (head + rules + "--- expect\ntotal 1.00\n", "a.cases:6: `total 1.00` needs a cart"),
      (
        head + rules + cart + "--- expect\ntotals 1.00\n",
        "a.cases:8: `totals` is nothing that can be expected"
      ),
      (
        head + rules + cart + "--- expect\nrefused c because rain\n",
        "a.cases:8: `refused c because rain` is not written as `refused` is"
      ),
      (
        head + rules + cart + "--- expect\ntotal 0.00\n--- difference\nBecause.\n",
        "a.cases:1: a-1 does not say what ours is"
      ),
      (
        head + rules + cart + "--- expect\ntotal 0.00\n--- ours\ntotal 1.00\n",
        "a.cases:1: a-1 says what ours is, and no difference"
      ),
      (head + "--- unsupported\n\n", "a.cases:3: a-1 gives no reason"),
      (
        head + "amount 5\nweights 1 two\nexpect 5 0\nstrategy any\n",
        "a.cases:4: `two` is no whole number of 64 bits"
      ),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: CaseFileError.self) { try CaseFile(peer: "a", text: text) }
    #expect(error?.description == message)
  }

  @Test(
    "a verdict is what the figures bear out, not what is claimed",
    arguments: [
      ("total 8.10", "", Verdict.pass),
      ("total 8.00", "total 8.10", .difference),
    ])
  func verdicts(peer: String, ours: String, verdict: Verdict) throws {
    let claim = ours.isEmpty ? "" : "--- ours\n\(ours)\n--- difference\nWe count otherwise.\n"
    #expect(try self.verdict(expect: peer, rest: claim) == verdict)
  }

  @Test("a wrong figure fails, and so does a difference where there is none")
  func failures() throws {
    guard case .failure(let wrong) = try verdict(expect: "total 8.00", rest: "") else {
      Issue.record("a wrong figure passed")
      return
    }
    #expect(wrong == ["a.cases:9: expected total 8.00, got 8.10"])
    let none = "--- ours\ntotal 8.10\n--- difference\nWe count otherwise.\n"
    guard case .failure = try verdict(expect: "total 8.10", rest: none) else {
      Issue.record("a difference without one passed")
      return
    }
  }

  private func verdict(expect: String, rest: String) throws -> Verdict {
    let cart = """
      { "currency": "USD", "at": "2026-06-01T12:00:00Z", "lines": [
      { "sku": "A", "price": "9.00", "quantity": 1 } ] }

      """
    let text = Self.head + Self.rules + "--- cart\n\(cart)--- expect\n\(expect)\n" + rest
    return try #require(try CaseFile(peer: "a", text: text).cases.first).verdict()
  }
}
