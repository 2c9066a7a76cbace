import Ledger
import LocalTime
import Storage
import Testing

@Suite("what one transaction may bring in") struct IssueLimitTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    try store.declare(
      [
        BalanceDeclaration(name: "points", currency: nil, issueMaximum: 100),
        BalanceDeclaration(name: "cashback", currency: "USD", issueMaximum: 50),
      ], conversions: [])
  }

  private func buy(_ order: String, _ rewards: [(String, String, Int64)]) throws -> LedgerAnswer {
    let record = CheckoutRecord(
      order: order, account: "m-1", lines: [.init(id: "a", quantity: 2, paid: 100)],
      rewards: rewards.map { .init(campaign: $0.0, balance: $0.1, amount: $0.2) })
    return try store.perform(.checkout(record))
  }

  private func posted(_ balance: String) throws -> Int64? {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.audit().differences == [])
    return try reader.view(balance, of: "m-1", at: moment(0))?.posted
  }

  @Test("all rewards of one purchase count together; what is clipped is reported")
  func together() throws {
    let fits = try buy("o-1", [("a", "points", 60), ("b", "points", 40), ("b", "cashback", 50)])
    #expect(fits == LedgerAnswer(.recorded, transaction: fits.transaction))
    #expect(try [posted("points"), posted("cashback")] == [100, 50])
    let clipped = try buy(
      "o-2", [("a", "points", 60), ("b", "points", 41), ("c", "points", 5), ("c", "cashback", 51)])
    #expect((clipped.rest, clipped.subject) == (1 + 5 + 1, "b"))
    #expect(try [posted("points"), posted("cashback")] == [200, 100])
    let back = LedgerCommand.giveBack(
      order: "o-2", lines: [.init(id: "a", quantity: 2)], policy: .debt)
    #expect(try store.perform(back).amount == 150)
    #expect(try [posted("points"), posted("cashback")] == [100, 50])
  }

  @Test("an issue alone is clipped at the same figure", arguments: [(100, 0), (101, 1)])
  func alone(amount: Int64, rest: Int64) throws {
    let answer = try store.perform(
      .issue(
        .init(account: "m-1", balance: "points", amount: amount, order: "o", campaign: "c")))
    #expect((answer.code, answer.amount, answer.rest) == (.issued, 100, rest))
  }

  @Test("a correction of more is refused, not clipped; one downwards has no such limit")
  func corrections() throws {
    func adjust(_ change: Int64) throws -> LedgerAnswer.Code {
      try store.perform(
        .adjust(account: "m-1", balance: "points", by: change, expiresAt: nil, allowsDebt: true)
      ).code
    }
    #expect(try adjust(101) == .badAmount)
    #expect(try adjust(100) == .adjusted)
    #expect(try adjust(-150) == .adjusted)
    #expect(
      try store.perform(.set(account: "m-1", balance: "points", to: 51, ifVersion: 2)).code
        == .badAmount)
    #expect(
      try store.perform(.set(account: "m-1", balance: "points", to: 50, ifVersion: 2)).code
        == .adjusted)
  }

  @Test("a conversion of more is made in several transactions; a step that is more is not made")
  func conversions() throws {
    func declare(into: Int64) throws {
      try store.declare(
        [],
        conversions: [ConversionDeclaration(every: 10, of: "points", into: into, of: "cashback")])
    }
    try declare(into: 51)
    _ = try buy("o-1", [("a", "points", 100)])
    #expect(try [posted("points"), posted("cashback")] == [100, 0])
    try declare(into: 20)
    let answer = try buy("o-2", [("a", "points", 5)])
    #expect(answer.code == .recorded)
    #expect(try [posted("points"), posted("cashback")] == [5, 200])
    var made: [Int64] = []
    try LedgerReader(folder: folder.path, zone: utc).forEachTransaction { transaction, _ in
      guard transaction.kind == "conversion" else { return }
      made.append(transaction.postings.filter { $0.owner > 0 }.reduce(0) { $0 + max(0, $1.amount) })
    }
    #expect(made == [40, 40, 40, 40, 40])
  }
}

@Suite("several rewards of one campaign and balance") struct SeveralRewardsTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
  }

  /// Thirty now, forty from a moment on, fifty that expire, all of one campaign.
  private func buy(_ order: String = "o-1") throws -> LedgerAnswer {
    func points(_ amount: Int64, _ from: Int64?, _ until: Int64?) -> CheckoutRecord.Reward {
      .init(
        campaign: "c", balance: "points", amount: amount, availableAt: from.map(moment),
        expiresAt: until.map(moment))
    }
    return try store.perform(
      .checkout(
        CheckoutRecord(
          order: order, account: "m-1",
          lines: [.init(id: "a", quantity: 1, paid: 1), .init(id: "b", quantity: 1, paid: 1)],
          rewards: [points(30, nil, nil), points(40, 50, nil), points(50, nil, 100)])))
  }

  private func view(at seconds: Int64) throws -> BalanceView {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.audit().differences == [])
    return try #require(try reader.view("points", of: "m-1", at: moment(seconds)))
  }

  @Test("each keeps its own terms")
  func terms() throws {
    #expect(try buy().code == .recorded)
    #expect(try view(at: 0).available == 80)
    #expect(try view(at: 0).pending == 40)
    #expect(try view(at: 50).available == 120)
    #expect(try view(at: 100).available == 70)
  }

  @Test("a return takes back of each what belongs to the line; a void takes all")
  func returning() throws {
    _ = try buy()
    let half = LedgerCommand.giveBack(
      order: "o-1", lines: [.init(id: "a", quantity: 1)], policy: .withinBalance)
    #expect(try store.perform(half).amount == 60)
    #expect(try view(at: 0).pending == 20)
    #expect(try view(at: 50).available == 60)
    _ = try buy("o-2")
    #expect(try store.perform(.void(order: "o-2", policy: .withinBalance)).amount == 120)
    #expect(try view(at: 0).available == 40)
    #expect(try view(at: 0).pending == 20)
  }

  @Test("what the order was given by itself before still stands in the way")
  func before() throws {
    _ = try store.perform(
      .issue(.init(account: "m-1", balance: "points", amount: 1, order: "o-1", campaign: "c")))
    #expect(try buy() == LedgerAnswer(.rewardExists, subject: "c"))
    #expect(try view(at: 0).posted == 1)
  }
}
