import Ledger
import LocalTime
import Storage
import Testing

@Suite("merging accounts") struct MergeTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    _ = try store.register(
      "old", ["city": .text("Oslo"), "email": .text("old@example.org")], at: 1)
    _ = try store.register("new", ["city": .text("Rome"), "phone": .text("5550100")], at: 2)
  }

  private func merge(_ account: String = "old", into other: String = "new", at seconds: Int64 = 10)
    throws -> LedgerAnswer
  {
    try store.perform(.account(.merge(account: account, into: other)), at: seconds)
  }

  private func issue(
    _ amount: Int64, to account: String, _ order: String, availableAt: Int64? = nil,
    expiresAt: Int64? = nil
  ) throws {
    _ = try store.perform(
      .issue(
        .init(
          account: account, balance: "points", amount: amount, order: order, campaign: "c",
          availableAt: availableAt.map(moment), expiresAt: expiresAt.map(moment))))
  }

  private func view(_ account: String, at seconds: Int64 = 10) throws -> BalanceView {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    return try #require(try reader.view("points", of: account, at: moment(seconds)))
  }

  private func auditIsClean() throws {
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  @Test("balances are summed, lots keep their expiry, both ids mean the survivor")
  func balances() throws {
    try issue(30, to: "old", "o-1", expiresAt: 100)
    try issue(5, to: "old", "o-2", availableAt: 50)
    try issue(40, to: "new", "o-3")
    let answer = try merge()
    #expect(answer.code == .merged)
    #expect(answer.transaction == 3)
    for id in ["old", "new"] {
      let view = try view(id)
      #expect((view.posted, view.available, view.pending, view.lifetime) == (70, 70, 5, 70))
      #expect(view.expiringNext == .init(amount: 30, at: moment(100)))
      let reader = try LedgerReader(folder: folder.path, zone: utc)
      #expect(try reader.available("points", of: id, at: moment(10)) == 70)
      #expect(try reader.available("points", of: id, at: moment(60)) == 75)
      #expect(try reader.available("points", of: id, at: moment(100)) == 45)
    }
    try auditIsClean()
    #expect(try store.perform(.settle(accountsMaximum: 10), at: 100).amount == 1)
    #expect(try view("new", at: 100).lifetime == 75)
    try auditIsClean()
  }

  @Test("a hold follows, and is captured and expires as before")
  func holds() throws {
    try issue(30, to: "old", "o-1")
    for id in ["h-1", "h-2"] {
      _ = try store.perform(
        .hold(.init(id: id, account: "old", balance: "points", amount: 10, deadline: moment(60))))
    }
    _ = try merge()
    #expect(try view("new").held == 20)
    #expect(
      try store.perform(.capture(hold: "h-1", amount: 10, remainder: .released), at: 20).code
        == .captured)
    #expect(
      try store.perform(.capture(hold: "h-2", amount: 10, remainder: .released), at: 60).code
        == .expired)
    #expect(try view("old", at: 60).available == 20)
    try auditIsClean()
  }

  @Test("what one owes is repaid from what the other has, and conversions follow")
  func debts() throws {
    _ = try store.perform(
      .adjust(account: "old", balance: "points", by: -25, expiresAt: nil, allowsDebt: true))
    try issue(40, to: "new", "o-1")
    #expect(try merge().code == .merged)
    let view = try view("new")
    #expect((view.posted, view.available) == (15, 15))
    try auditIsClean()
    _ = try store.perform(
      .redeem(account: "old", balance: "points", amount: 15, takesWhatThereIs: false), at: 11)
    #expect(try self.view("new", at: 11).available == 0)
    try auditIsClean()
  }

  @Test("uses of a campaign are counted together, also beyond what one could have had")
  func uses() throws {
    func buy(_ order: String, _ account: String, at seconds: Int64 = 0) throws -> LedgerAnswer {
      let claim = CampaignUse.Claim(.customer, key: account, usesMaximum: 2)
      return try store.perform(
        .checkout(
          CheckoutRecord(
            order: order, account: account, lines: [],
            uses: [CampaignUse(campaign: "welcome", discount: 5, claims: [claim])])),
        at: seconds)
    }
    for (order, account) in [("o-1", "old"), ("o-2", "old"), ("o-3", "new")] {
      #expect(try buy(order, account).code == .recorded)
    }
    _ = try merge()
    try auditIsClean()
    for account in ["old", "new"] {
      #expect(try buy("o-4", account, at: 20).code == .limitReached)
    }
    for order in ["o-1", "o-3"] {
      #expect(
        try store.perform(.void(order: order, policy: .debt), at: 30).code == .voided)
      try auditIsClean()
    }
    #expect(try buy("o-5", "old", at: 40).code == .recorded)
    #expect(try buy("o-6", "new", at: 40).code == .limitReached)
    try auditIsClean()
  }

  @Test("a purchase of the merged account is returned to the survivor, into lots that were empty")
  func returns() throws {
    try issue(30, to: "old", "o-1", expiresAt: 100)
    _ = try store.perform(
      .checkout(
        CheckoutRecord(
          order: "buy", account: "old", lines: [.init(id: "a", quantity: 2, paid: 100)],
          spends: [.init(.balance("points"), amount: 30)],
          rewards: [.init(campaign: "earn", balance: "points", amount: 8)])))
    _ = try merge()
    #expect(try view("new").available == 8)
    let half = LedgerCommand.giveBack(
      order: "buy", lines: [.init(id: "a", quantity: 1)], policy: .debt)
    #expect(try store.perform(half, at: 20).code == .returned)
    #expect(try view("new", at: 20).available == 19)
    try auditIsClean()
    #expect(try store.perform(half, at: 30).code == .returned)
    #expect(try view("new", at: 30).available == 30)
    #expect(try view("new", at: 30).expiringNext?.at == moment(100))
    try auditIsClean()
  }

  @Test("the record kept gets what it lacks, and old words find the survivor")
  func people() throws {
    _ = try store.update("old", ["external_id": .text("crm-old")])
    _ = try merge()
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    for id in ["old", "new"] {
      let record = try #require(try reader.account(id, at: moment(10)))
      #expect(record.id == "new")
      #expect(record.enrolledAt == moment(1))
      #expect(record.fields["city"] == .text("Rome"))
      #expect(record.fields["external_id"] == .text("crm-old"))
    }
    for query in [
      AccountQuery(email: "old@example.org"), AccountQuery(phone: "5550100"),
      AccountQuery(externalID: "crm-old"),
    ] {
      #expect(try reader.search(query, at: moment(10)).map(\.id) == ["new"])
    }
    #expect(try store.update("old", ["city": .text("Bern")], at: 11).code == .updated)
    #expect(try reader.account("new", at: moment(11))?.fields["city"] == .text("Bern"))
  }

  @Test("a person known under the merged account alone moves to the bare one")
  func bare() throws {
    #expect(try merge(into: "m-1").code == .merged)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.account("m-1", at: moment(10))?.fields["city"] == .text("Oslo"))
    #expect(try store.perform(.account(.merge(account: "m-1", into: "new"))).code == .merged)
    #expect(try reader.account("old", at: moment(10))?.id == "new")
    try auditIsClean()
  }

  @Test("merging into itself, a merged, and an unknown account are refused by name")
  func refusals() throws {
    #expect(try merge(into: "old").code == .sameAccount)
    #expect(try merge("nobody") == LedgerAnswer(.unknownAccount, subject: "nobody"))
    #expect(try merge(into: "nobody") == LedgerAnswer(.unknownAccount, subject: "nobody"))
    _ = try merge()
    #expect(try merge() == LedgerAnswer(.alreadyMerged, subject: "old"))
    #expect(try merge("m-1", into: "old") == LedgerAnswer(.alreadyMerged, subject: "old"))
    try auditIsClean()
  }
}
