import Ledger
import LocalTime
import Storage
import Testing

@Suite("batches and what is kept at hand") struct BatchTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    for account in ["m-1", "m-2"] {
      if account != "m-1" { _ = try store.perform(.open(account: account)) }
      _ = try store.perform(
        .issue(
          .init(
            account: account, balance: "cashback", amount: 1_000, order: "o-" + account,
            campaign: "c")))
    }
  }

  private func available(_ balance: String, of account: String) throws -> Int64? {
    try LedgerReader(folder: folder.path, zone: utc).available(balance, of: account, at: moment(0))
  }

  private func auditIsClean() throws -> Bool {
    let report = try LedgerReader(folder: folder.path, zone: utc).audit()
    for difference in report.differences { Issue.record("\(difference)") }
    return report.differences.isEmpty
  }

  private func purchase(_ order: String, spending amount: Int64) -> LedgerRequest {
    let use = CampaignUse(
      campaign: "welcome", discount: 500, claims: [.init(.customer, key: "m-1", usesMaximum: 9)])
    return LedgerRequest(
      id: "r-" + order, actor: "test",
      .checkout(
        CheckoutRecord(
          order: order, account: "m-1", lines: [.init(id: "a", quantity: 1, paid: 5_000)],
          uses: [use], spends: [.init(.balance("cashback"), amount: amount)],
          rewards: [.init(campaign: "p", balance: "points", amount: 10)])))
  }

  @Test("a purchase that is refused after a use was counted takes no other of its batch with it")
  func refusals() throws {
    let requests = [
      purchase("o-1", spending: 600), purchase("o-2", spending: 600),
      purchase("o-3", spending: 400), purchase("o-3", spending: 400),
    ]
    let answers = try store.commit(requests, at: moment(0)).map { try $0.get().code }
    #expect(answers == [.recorded, .insufficient, .recorded, .recorded])
    #expect(try available("cashback", of: "m-1") == 0)
    #expect(try available("points", of: "m-1") == 20)
    #expect(try auditIsClean())
  }

  @Test("what a check of the store refuses alone is undone alone")
  func constraints() throws {
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    try connection.execute(
      """
      CREATE TRIGGER purchase_refuses_nine BEFORE INSERT ON purchase WHEN NEW.id = 'o-9'
      BEGIN SELECT RAISE(ABORT, 'not nine'); END
      """)
    let nine = purchase("o-9", spending: 100)
    let answers = try store.commit(
      [purchase("o-1", spending: 600), nine, purchase("o-2", spending: 400)], at: moment(0))
    #expect(try answers[0].get().code == .recorded)
    #expect(throws: StorageError.self) { try answers[1].get() }
    #expect(try answers[2].get().code == .recorded)
    #expect(try available("cashback", of: "m-1") == 0)
    #expect(try auditIsClean())
  }

  @Test("two ids of one customer in a purchase are one use")
  func twoIDs() throws {
    _ = try store.perform(.account(.merge(account: "m-2", into: "m-1")))
    let use = CampaignUse(
      campaign: "welcome", discount: 500,
      claims: [
        .init(.customer, key: "m-1", usesMaximum: 2), .init(.customer, key: "m-2", usesMaximum: 2),
      ])
    func buy(_ order: String) throws -> LedgerAnswer.Code {
      try store.perform(
        .checkout(CheckoutRecord(order: order, account: "m-1", lines: [], uses: [use]))
      ).code
    }
    #expect(try [buy("o-1"), buy("o-2"), buy("o-3")] == [.recorded, .recorded, .limitReached])
    #expect(try auditIsClean())
  }

  @Test("books at hand are those of the store, whatever was done")
  func shelf() throws {
    let merge = LedgerCommand.account(.merge(account: "m-2", into: "m-1"))
    let hold = LedgerCommand.PlaceHold(
      id: "h", account: "m-1", balance: "cashback", amount: 100, deadline: moment(60))
    let commands: [LedgerCommand] = [
      purchase("o-1", spending: 600).command, .hold(hold), merge,
      purchase("o-2", spending: 900).command,
      .redeem(account: "m-2", balance: "cashback", amount: 1, takesWhatThereIs: true),
      .void(order: "o-1", policy: .debt),
      .adjust(account: "m-1", balance: "points", by: 5, expiresAt: moment(90), allowsDebt: false),
    ]
    for (place, command) in commands.enumerated() {
      _ = try store.perform(command, at: Int64(place) * 20)
      #expect(try store.outdatedBooks().accounts.isEmpty, "after \(command)")
    }
    #expect(try store.outdatedBooks().kept == 1)
    #expect(try auditIsClean())
  }

  @Test("a reader that has read an account finds it again when it is a part of another")
  func readers() throws {
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.available("cashback", of: "m-2", at: moment(0)) == 1_000)
    _ = try store.perform(.account(.merge(account: "m-2", into: "m-1")))
    #expect(try reader.available("cashback", of: "m-2", at: moment(0)) == 2_000)
    #expect(try reader.available("cashback", of: "m-3", at: moment(0)) == nil)
    _ = try store.perform(.open(account: "m-3"))
    #expect(try reader.available("cashback", of: "m-3", at: moment(0)) == 0)
  }

  @Test("ids that look the same and are not have books of their own")
  func alikeIDs() throws {
    let (whole, parts) = ("caf\u{E9}", "cafe\u{301}")
    for account in [whole, parts] { _ = try store.perform(.open(account: account)) }
    for (account, amount) in [(whole, 5), (parts, 7), (whole, 11)] {
      _ = try store.perform(
        .adjust(
          account: account, balance: "points", by: Int64(amount), expiresAt: nil,
          allowsDebt: false))
    }
    #expect(try available("points", of: whole) == 16)
    #expect(try available("points", of: parts) == 7)
  }
}
