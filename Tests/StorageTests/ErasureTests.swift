import Foundation
import Ledger
import Storage
import Testing

@Suite("forgetting a person") struct ErasureTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try Self.store(in: folder)
  }

  /// A store that knows one person with 90 points.
  private static func store(in folder: TestFolder) throws -> LedgerStore {
    let store = try openStore(in: folder)
    _ = try store.register("p", fields, id: "r")
    _ = try store.perform(
      .issue(.init(account: "p", balance: "points", amount: 90, order: "o", campaign: "c")))
    return store
  }

  private static let fields: [String: FieldValue] = [
    "email": .text("zebra@quagga.example"), "phone": .text("4799887766"),
    "external_id": .text("crm-quagga"), "family_name": .text("Quagga"),
  ]

  private func erase(at seconds: Int64 = 0) throws -> LedgerAnswer {
    try store.perform(.account(.erase(account: "p")), at: seconds)
  }

  /// The keys, sealed records and digests of the store, as bytes.
  private func traces(of folder: TestFolder? = nil) throws -> [[UInt8]] {
    let folder = folder ?? self.folder
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .reading)
    var found: [[UInt8]] = []
    for statement in [
      "SELECT bytes FROM person_secret", "SELECT sealed FROM person_record",
      "SELECT digest FROM person_lookup", "SELECT digest FROM person_request",
    ] {
      let rows = try connection.rows(SQLText(statement), [])
      while try rows.next() { found.append(rows.bytes(0)) }
    }
    return found
  }

  @Test("no key, record, digest or word of the person is in any file; the books stay")
  func nothingLeft() throws {
    let before = try traces()
    #expect(before.count == 6)
    for trace in before { #expect(try folder.contains(trace)) }
    #expect(try erase().code == .erased)
    for trace in before { #expect(try !folder.contains(trace)) }
    for token in ["zebra", "uagga", "99887766"] {
      #expect(try !folder.contains(Array(token.utf8)), "\(token)")
    }
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.view("points", of: "p", at: moment(0))?.available == 90)
    #expect(try reader.account("p", at: moment(0)) == nil)
    #expect(try reader.search(.init(phone: "4799887766"), at: moment(0)).isEmpty)
    #expect(try reader.audit().differences.isEmpty)
  }

  @Test("a second time answers the same, and what comes after is refused")
  func again() throws {
    let first = try erase()
    #expect(try erase(at: 9) == first)
    #expect(try store.update("p", ["city": .text("Oslo")]).code == .accountErased)
    #expect(try store.register("p").code == .accountErased)
    #expect(
      try store.perform(.account(.merge(account: "p", into: "m-1"))).code == .accountErased)
    #expect(try store.perform(.account(.erase(account: "nobody"))).code == .unknownAccount)
    let changes = try LedgerReader(folder: folder.path, zone: utc).changes(after: 0)
    #expect(changes.count { $0.kind == .erased } == 1)
  }

  @Test("a repeat of an earlier request is answered as the first time, whatever it says by now")
  func repeats() throws {
    _ = try erase()
    #expect(try store.register("p", Self.fields, id: "r", at: 9).code == .enrolled)
  }

  @Test("an account with an open hold is refused until the hold ends")
  func openHold() throws {
    _ = try store.perform(
      .hold(.init(id: "h", account: "p", balance: "points", amount: 9, deadline: moment(60))))
    #expect(try erase(at: 59) == LedgerAnswer(.openHolds, amount: 1))
    #expect(
      try LedgerReader(folder: folder.path, zone: utc).account("p", at: moment(0)) != nil)
    #expect(try erase(at: 60).code == .erased)
  }

  @Test("the external id is free again for another")
  func externalID() throws {
    _ = try erase()
    #expect(try store.register("q", ["external_id": .text("crm-quagga")]).code == .enrolled)
  }

  @Test("a reader that looks at an earlier moment keeps the log until it is done")
  func readerInTheWay() throws {
    let key = try #require(try traces().first)
    let reader = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .reading)
    try reader.execute("BEGIN")
    _ = try reader.number(SQLText("SELECT count(*) FROM person"))
    #expect(try erase().code == .erased)
    #expect(try folder.contains(key))
    for place in 0..<20 { _ = try store.perform(.open(account: "meanwhile-\(place)")) }
    #expect(try folder.contains(key))
    try reader.execute("COMMIT")
    for place in 0..<32 { _ = try store.perform(.open(account: "later-\(place)")) }
    #expect(try !folder.contains(key))
  }

  @Test("a process that ended before the log was cut cuts it with its first commit")
  func endedBefore() throws {
    let folder = try TestFolder()
    var store: LedgerStore? = try Self.store(in: folder)
    let key = try #require(try traces(of: folder).first)
    let reader = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .reading)
    try reader.execute("BEGIN")
    _ = try reader.number(SQLText("SELECT count(*) FROM person"))
    _ = try store?.perform(.account(.erase(account: "p")))
    store = nil
    try reader.execute("COMMIT")
    #expect(try folder.contains(key))
    let again = try openStore(in: folder)
    _ = try again.perform(.open(account: "later"))
    #expect(try !folder.contains(key))
  }

  @Test("what was kept with purchases goes, and the purchases stay")
  func bodies() throws {
    let word = "Quagga Lane 7"
    let record = CheckoutRecord(
      order: "o-1", account: "p", lines: [.init(id: "a", quantity: 1, paid: 5)],
      spends: [.init(.balance("points"), amount: 40)], body: Array(word.utf8))
    #expect(try store.perform(.checkout(record), id: "r-1").code == .recorded)
    #expect(try folder.contains(Array(word.utf8)))
    #expect(try erase().code == .erased)
    #expect(try !folder.contains(Array(word.utf8)))
    #expect(try store.perform(.checkout(record), id: "r-1").code == .recorded)
    #expect(try store.perform(.void(order: "o-1", policy: .debt)).code == .voided)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.view("points", of: "p", at: moment(0))?.available == 90)
    #expect(try reader.audit().differences == [])
  }

  @Test("nobody earns, spends or buys under the account any more; what was done can be undone")
  func afterwards() throws {
    let bought = CheckoutRecord(
      order: "o-1", account: "p", lines: [.init(id: "a", quantity: 1, paid: 5)],
      spends: [.init(.balance("points"), amount: 40)])
    #expect(try store.perform(.checkout(bought)).code == .recorded)
    #expect(try erase().code == .erased)
    let buying = CheckoutRecord(order: "o-2", account: "p", lines: [], body: [1])
    let commands: [LedgerCommand] = [
      .checkout(buying),
      .issue(.init(account: "p", balance: "points", amount: 1, order: "o-3", campaign: "c")),
      .redeem(account: "p", balance: "points", amount: 1, takesWhatThereIs: true),
      .hold(.init(id: "h", account: "p", balance: "points", amount: 1, deadline: moment(60))),
    ]
    for command in commands {
      #expect(try store.perform(command) == LedgerAnswer(.accountErased, subject: "p"))
    }
    #expect(try store.perform(.void(order: "o-1", policy: .debt)).code == .voided)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.view("points", of: "p", at: moment(0))?.available == 90)
    #expect(try reader.audit().differences == [])
  }

  @Test("a limit counts an address or a word by a keyed digest, which is all that is kept")
  func claims() throws {
    func buy(_ order: String, _ scope: CampaignUse.Scope, _ key: String) throws
      -> LedgerAnswer.Code
    {
      let use = CampaignUse(
        campaign: "welcome", discount: 1, claims: [.init(scope, key: key, usesMaximum: 1)])
      return try store.perform(
        .checkout(CheckoutRecord(order: order, account: nil, lines: [], uses: [use]))
      ).code
    }
    let address = "guest@okapi.example"
    for scope in [CampaignUse.Scope.customer, .code] {
      #expect(try buy("o-1 \(scope)", scope, address) == .recorded)
      #expect(try buy("o-2 \(scope)", scope, address) == .limitReached)
      #expect(try buy("o-2 \(scope)", scope, "other@okapi.example") == .recorded)
      _ = try store.perform(.void(order: "o-1 \(scope)", policy: .debt))
      #expect(try buy("o-3 \(scope)", scope, address) == .recorded)
    }
    #expect(try buy("o-4", .customer, "p") == .recorded)
    #expect(try buy("o-5", .customer, "p") == .limitReached)
    #expect(try !folder.contains(Array("okapi".utf8)))
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  @Test(
    "a reason stays for ever, so it can not hold an address",
    arguments: [
      ("asked by zebra@quagga.example", false), ("<z@q.example>", false), ("3 @ $5.00 each", true),
      ("@night", true), ("case 17", true),
    ])
  func reasons(reason: String, isGood: Bool) throws {
    let request = LedgerRequest(
      id: "q", actor: "desk", reason: reason,
      .adjust(account: "p", balance: "points", by: 1, expiresAt: nil, allowsDebt: false))
    let answer = try #require(try store.commit([request], at: moment(0)).first).get()
    #expect(answer.code == (isGood ? .adjusted : .badText))
  }
}
