import Ledger
import LocalTime
import Storage
import Testing

@Suite("what is packed with a purchase") struct PackedPurchaseTests {
  private let folder: TestFolder
  private let store: LedgerStore
  private let reader: LedgerReader

  private static let useRows = SQLText("SELECT count(*) FROM redemption")
  private static let rewardRows = SQLText("SELECT count(*) FROM reward")

  /// A purchase with two uses, a reward at once, the same again, and one for later.
  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    reader = try LedgerReader(folder: folder.path, zone: utc)
    let uses = [
      CampaignUse(
        campaign: "u", discount: 5, claims: [.init(.total), .init(.customer, key: "m-1")]),
      CampaignUse(campaign: "a", discount: 2, claims: [.init(.customer, key: "m-1")]),
    ]
    let record = CheckoutRecord(
      order: "o-1", account: "m-1", lines: [.init(id: "a", quantity: 2, paid: 900)], uses: uses,
      rewards: [
        .init(campaign: "p", balance: "points", amount: 30),
        .init(campaign: "p", balance: "points", amount: 12),
        .init(campaign: "q", balance: "points", amount: 9, availableAt: moment(60)),
      ])
    #expect(try store.perform(.checkout(record)).code == .recorded)
  }

  private func rows() throws -> [Int64?] {
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    return [
      try connection.number(Self.useRows, []), try connection.number(Self.rewardRows, []),
    ]
  }

  private func uses() throws -> [String] {
    try reader.uses(by: "m-1").map { "\($0.order) \($0.campaign) \($0.discount)" }
  }

  @Test("it says the same before and after something of it comes back")
  func unpacking() throws {
    let used = ["o-1 a 2", "o-1 u 5"]
    #expect(try rows() == [0, 1])
    #expect(try uses() == used)
    #expect(try reader.audit().differences == [])
    #expect(try reader.audit().rewards == 3)
    let half = LedgerCommand.ReturnedLine(id: "a", quantity: 1)
    let answer = try store.perform(.giveBack(order: "o-1", lines: [half], policy: .debt))
    #expect(answer.code == .returned)
    #expect(answer.amount == 25)
    #expect(try rows() == [3, 3])
    #expect(try uses() == used)
    #expect(try reader.audit().differences == [])
    #expect(try reader.audit().rewards == 3)
    _ = try store.perform(.giveBack(order: "o-1", lines: [half], policy: .debt))
    #expect(try reader.uses(by: "m-1") == [])
    #expect(try reader.usage(of: "u", scope: "total", period: "", key: "")?.uses == 0)
    #expect(try reader.audit().differences == [])
  }

  @Test("a reward that came with a purchase is not given again", arguments: [false, true])
  func rewards(isVoided: Bool) throws {
    if isVoided { _ = try store.perform(.void(order: "o-1", policy: .debt)) }
    func issue(_ campaign: String, _ balance: String) throws -> LedgerAnswer {
      try store.perform(
        .issue(
          .init(
            account: "m-1", balance: balance, amount: 30, order: "o-1", campaign: campaign)))
    }
    let again = try issue("p", "points")
    #expect(again.code == .alreadyIssued)
    #expect(again.amount == 30)
    #expect(try issue("q", "points").code == .alreadyIssued)
    #expect(try issue("p", "cashback").code == .issued)
    #expect(try issue("other", "points").code == .issued)
    #expect(try reader.audit().differences == [])
  }

  @Test(
    "what is lost of it is found",
    arguments: [
      ("UPDATE purchase SET content = NULL", "purchases that stand 0"),
      ("UPDATE purchase SET content = NULL", "lifetime 42"),
      ("UPDATE purchase SET content = substr(content, 1, 9)", "can not be read"),
      ("UPDATE campaign_usage SET uses = 2 WHERE campaign = 'a'", "uses 2"),
    ])
  func losses(change: String, finding: String) throws {
    do {
      let connection = try SQLiteConnection(
        path: DataFolder.databasePath(in: folder.path), .writing)
      try connection.execute(change)
    }
    let differences = try reader.audit().differences
    #expect(differences.contains { $0.contains(finding) }, "\(differences)")
  }

  @Test(
    "what a purchase spent is held against its transaction, and nothing else tells of it",
    arguments: [
      ("UPDATE purchase SET content = NULL WHERE id = 'o-2'", "what it moved is gone"),
      ("UPDATE purchase SET number = 1 WHERE id = 'o-2'", "spent 40 of balance"),
      ("UPDATE purchase SET number = NULL WHERE id = 'o-2'", "it spent something"),
      (
        "PRAGMA foreign_keys = OFF; UPDATE lot SET id = 9223372036854775807 WHERE id = 2",
        "is not there"
      ),
    ])
  func spends(change: String, finding: String) throws {
    let record = CheckoutRecord(
      order: "o-2", account: "m-1", lines: [.init(id: "a", quantity: 1, paid: 60)],
      spends: [.init(.balance("points"), amount: 40)])
    #expect(try store.perform(.checkout(record)).code == .recorded)
    #expect(try reader.audit().differences == [])
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    try connection.execute(change)
    let differences = try reader.audit().differences
    #expect(differences.contains { $0.contains(finding) }, "\(differences)")
  }
}
