import Ledger
import Storage
import Testing

@Suite("promises, lots and the clock") struct PromiseTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
  }

  private func view(at seconds: Int64) throws -> BalanceView {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    return try #require(try reader.view("points", of: "m-1", at: moment(seconds)))
  }

  private func auditIsClean() throws -> Bool {
    try LedgerReader(folder: folder.path, zone: utc).audit().differences.isEmpty
  }

  private func issue(
    _ amount: Int64, _ order: String, availableAt: Int64? = nil, expiresAt: Int64? = nil
  ) -> LedgerCommand {
    .issue(
      .init(
        account: "m-1", balance: "points", amount: amount, order: order, campaign: "c",
        availableAt: availableAt.map(moment), expiresAt: expiresAt.map(moment)))
  }

  private func redeem(_ amount: Int64) -> LedgerCommand {
    .redeem(account: "m-1", balance: "points", amount: amount, takesWhatThereIs: false)
  }

  @Test("a promise is kept at its moment, once, however often somebody runs")
  func promises() throws {
    #expect(try store.perform(issue(50, "o-1", availableAt: 100)).code == .pending)
    #expect(try store.perform(redeem(1), at: 99) == LedgerAnswer(.insufficient))
    #expect(try view(at: 99).pending == 50)
    #expect(try view(at: 100).available == 50)
    for _ in 0..<3 { _ = try store.perform(.settle(accountsMaximum: 10), at: 100) }
    #expect(try store.perform(redeem(50), at: 100).code == .redeemed)
    #expect(try store.perform(redeem(1), at: 100_000) == LedgerAnswer(.insufficient))
    #expect(
      try store.perform(issue(50, "o-1"), at: 100_000) == LedgerAnswer(.alreadyIssued, amount: 50))
    #expect(try view(at: 100_000).lifetime == 50)
    #expect(try auditIsClean())
  }

  @Test("a promise whose order is undone first is never kept")
  func cancelled() throws {
    let record = CheckoutRecord(
      order: "o-1", account: "m-1", lines: [.init(id: "a", quantity: 1, paid: 100)],
      rewards: [
        .init(campaign: "c", balance: "points", amount: 50, availableAt: moment(100))
      ])
    _ = try store.perform(.checkout(record))
    #expect(try store.perform(.void(order: "o-1", policy: .debt), at: 99).amount == 50)
    #expect(try view(at: 100).posted == 0)
    _ = try store.perform(.settle(accountsMaximum: 10), at: 100)
    #expect(try view(at: 1_000).lifetime == 0)
    #expect(try auditIsClean())
  }

  @Test("what goes first is spent first, and what has gone can not be spent")
  func spendingOrder() throws {
    for (amount, order, end) in [(10, "o-1", nil), (20, "o-2", 300), (30, "o-3", 200)]
      as [(Int64, String, Int64?)]
    {
      _ = try store.perform(issue(amount, order, expiresAt: end))
    }
    _ = try store.perform(redeem(35), at: 1)
    #expect(try view(at: 1).expiringNext == .init(amount: 15, at: moment(300)))
    let refused = try store.perform(redeem(25), at: 300)
    #expect((refused.code, refused.amount) == (.insufficient, 10))
    _ = try store.perform(.settle(accountsMaximum: 10), at: 300)
    _ = try store.perform(.settle(accountsMaximum: 10), at: 400)
    #expect(try view(at: 400).posted == 10)
    #expect(try auditIsClean())
  }

  @Test("what a hold gives back goes when it would have gone without the hold")
  func heldExpiry() throws {
    _ = try store.perform(issue(20, "o-1", expiresAt: 200))
    _ = try store.perform(
      .hold(
        .init(id: "h", account: "m-1", balance: "points", amount: 15, deadline: moment(500))))
    #expect(try view(at: 250).posted == 15)
    #expect(try store.perform(.release(hold: "h"), at: 250).amount == 15)
    #expect(try view(at: 250).posted == 0)
    #expect(try auditIsClean())
  }

  @Test("a clock that goes back counts as standing still")
  func clock() throws {
    _ = try store.perform(issue(20, "o-1"))
    _ = try store.perform(
      .hold(
        .init(id: "h", account: "m-1", balance: "points", amount: 15, deadline: moment(600))))
    _ = try store.perform(issue(5, "o-2", availableAt: 800), at: 700)
    let late = LedgerCommand.capture(hold: "h", amount: 15, remainder: .released)
    #expect(try store.perform(late, at: 0).code == .expired)
    #expect(try store.perform(issue(1, "o-3", availableAt: 650), at: 0).code == .issued)
    var moments: [Int64] = []
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    try reader.forEachTransaction { stored, _ in moments.append(stored.recordedAt) }
    #expect(moments == moments.sorted())
    #expect(try auditIsClean())
  }
}
