import Ledger
import LocalTime
import Storage
import Testing

@Suite("what changed an account's balances") struct EntryTests {
  private let folder: TestFolder
  private let store: LedgerStore

  init() throws {
    folder = try TestFolder()
    store = try openStore(
      in: folder,
      conversions: [
        ConversionDeclaration(every: 1_000, of: "points", into: 2_000, of: "cashback")
      ])
  }

  private var reader: LedgerReader {
    get throws { try LedgerReader(folder: folder.path, zone: utc) }
  }

  private func issue(
    _ amount: Int64, of balance: String = "points", to account: String = "m-1", _ order: String,
    availableAt: Int64? = nil, expiresAt: Int64? = nil, at seconds: Int64 = 0
  ) throws {
    let answer = try store.perform(
      .issue(
        .init(
          account: account, balance: balance, amount: amount, order: order, campaign: "c",
          availableAt: availableAt.map(moment), expiresAt: expiresAt.map(moment))),
      at: seconds)
    #expect(answer.isAccepted)
  }

  private func buy(_ order: String, spending points: Int64, at seconds: Int64) throws {
    let record = CheckoutRecord(
      order: order, account: "m-1", lines: [.init(id: "a", quantity: 2, paid: 900)],
      spends: [.init(.balance("points"), amount: points)],
      rewards: [.init(campaign: "r", balance: "points", amount: 6)])
    #expect(try store.perform(.checkout(record), at: seconds).isAccepted)
  }

  /// All entries, read in pages.
  private func entries(
    of account: String = "m-1", _ balance: String? = nil, inPagesOf most: Int = 100
  ) throws -> [AccountEntry] {
    let reader = try reader
    var found: [AccountEntry] = []
    var place: EntryPlace?
    repeat {
      let page = try #require(
        try reader.entries(
          of: account, balance: balance.flatMap { reader.programme.terms(named: $0)?.id },
          from: place, most: most))
      #expect(page.entries.count <= most)
      found += page.entries
      // A place goes out as a text, and comes back as one.
      place = page.next.flatMap { EntryPlace($0.text) }
      #expect((place == nil) == (page.next == nil))
    } while place != nil
    return found
  }

  private func lines(_ entries: [AccountEntry]) throws -> [String] {
    let programme = try reader.programme
    return entries.map { entry in
      "\(entry.transaction) \(entry.kind) \(programme.terms(entry.balance)?.name ?? "") "
        + "\(entry.amount) \(entry.posted) \(entry.about)"
    }
  }

  private func auditIsClean() throws { #expect(try reader.audit().differences == []) }

  @Test("each says what changed, what was posted then, and what it was for; the latest comes first")
  func order() throws {
    try issue(40, "o-1", expiresAt: 90)
    try buy("o-2", spending: 10, at: 20)
    _ = try store.perform(
      .hold(.init(id: "h", account: "m-1", balance: "points", amount: 9, deadline: moment(80))),
      at: 30)
    _ = try store.perform(.capture(hold: "h", amount: 4, remainder: .released), at: 40)
    _ = try store.perform(
      .giveBack(order: "o-2", lines: [.init(id: "a", quantity: 1)], policy: .debt), at: 50)
    // What expires is written down by what comes next.
    try issue(1_000, "o-3", at: 100)
    let found = try lines(try entries())
    #expect(
      found == [
        "8 conversion points -1000 6 ", "8 conversion cashback 2000 2000 ",
        "7 reward points 1000 1006 o-3", "6 expiry points -28 6 ", "5 giveBack points 2 34 o-2",
        "4 capture points -4 32 h", "3 reward points 6 36 o-2", "2 checkout points -10 30 o-2",
        "1 reward points 40 40 o-1",
      ])
    let expired = try #require(try entries().first { $0.kind == .expiry })
    #expect((expired.effectiveAt, expired.recordedAt) == (moment(90), moment(100)))
    #expect((expired.actor, expired.reason) == ("", ""))
    #expect(try entries().first { $0.kind == .capture }?.actor == "test")
    try auditIsClean()
  }

  @Test("pages of any size are the same list, of all balances and of one")
  func pages() throws {
    for place in 0..<30 {
      let balance = place % 3 == 0 ? "cashback" : "points"
      try issue(Int64(place + 1) * 40, of: balance, "o-\(place)", at: Int64(place))
    }
    let all = try entries()
    #expect(all.count > 30)
    #expect(try entries(inPagesOf: 1) == all)
    #expect(try entries(inPagesOf: 7) == all)
    let numbers = all.map(\.transaction)
    #expect(numbers == numbers.sorted(by: >))
    for name in ["points", "cashback"] {
      let id = try #require(try reader.programme.terms(named: name)?.id)
      let some = all.filter { $0.balance == id }
      #expect(try entries(of: "m-1", name, inPagesOf: 4) == some)
      #expect(some.reduce(0) { $0 + $1.amount } == some.first?.posted)
    }
    try auditIsClean()
  }

  @Test("what comes meanwhile is on no later page, and nothing is left out")
  func meanwhile() throws {
    for place in 0..<6 { try issue(5, "o-\(place)") }
    let first = try #require(try reader.entries(of: "m-1", most: 3))
    try issue(5, "o-6")
    let second = try #require(try reader.entries(of: "m-1", from: first.next, most: 10))
    #expect((first.entries + second.entries).map(\.transaction) == [6, 5, 4, 3, 2, 1])
    #expect(second.next == nil)
  }

  @Test("a page costs what is on it, however long the history is")
  func cost() throws {
    for place in 0..<300 { try issue(1, of: "cashback", "o-\(place)") }
    try issue(1, "o-points")
    for place in 300..<600 { try issue(1, of: "cashback", "o-\(place)") }
    let connection = CountingConnection(
      try SQLiteConnection(path: DataFolder.databasePath(in: folder.path), .reading))
    let reader = try LedgerReader(connection, zone: utc)
    for (balance, count) in [(nil, 20), ("cashback", 20), ("points", 1)] {
      connection.statements = 0
      let id = balance.flatMap { reader.programme.terms(named: $0)?.id }
      let page = try #require(try reader.entries(of: "m-1", balance: id, most: 20))
      #expect(page.entries.count == count)
      #expect(connection.statements == count + 2)
    }
  }

  @Test("of accounts that were merged it is the other's, with one entry of each balance")
  func merged() throws {
    _ = try store.register("old")
    _ = try store.register("new")
    try issue(30, to: "old", "o-1")
    try issue(7, of: "cashback", to: "old", "o-2")
    try issue(5, to: "new", "o-3")
    let before = try #require(try reader.entries(of: "old", most: 1))
    #expect(try store.perform(.account(.merge(account: "old", into: "new"))).code == .merged)
    try issue(1, to: "old", "o-4")
    let expected = [
      "5 reward points 1 36 o-4", "4 merge points 30 35 ", "4 merge cashback 7 7 ",
      "3 reward points 5 5 o-3",
    ]
    for id in ["old", "new"] { #expect(try lines(try entries(of: id)) == expected) }
    // A reader who was at the account that was merged reads it to its end.
    let rest = try #require(try reader.entries(of: "old", from: before.next, most: 10))
    #expect(try lines(rest.entries) == ["1 reward points 30 30 o-1"])
    try auditIsClean()
  }

  @Test("nobody has entries, or an account that nothing happened to")
  func empty() throws {
    #expect(try reader.entries(of: "nobody", most: 10) == nil)
    #expect(try entries() == [])
    for text in ["", "x", "1 2", "1 2 x", " 1 2 3 4"] { #expect(EntryPlace(text) == nil) }
  }

  @Test("a debt that is repaid by what is the account's own changes no balance")
  func debt() throws {
    try issue(10, "o-1")
    _ = try store.perform(
      .hold(.init(id: "h", account: "m-1", balance: "points", amount: 10, deadline: moment(80))))
    _ = try store.perform(
      .adjust(account: "m-1", balance: "points", by: -4, expiresAt: nil, allowsDebt: true))
    _ = try store.perform(.release(hold: "h"), at: 1)
    #expect(
      try lines(try entries()) == ["2 adjust points -4 6 ", "1 reward points 10 10 o-1"])
    #expect(try reader.audit().transactions == 3)
    try auditIsClean()
  }
}

/// A connection that counts the statements that were asked for rows.
private final class CountingConnection: SQLConnection {
  private let connection: SQLiteConnection
  var statements = 0
  init(_ connection: SQLiteConnection) { self.connection = connection }
  var changeCount: Int64 { connection.changeCount }
  func execute(_ script: String) throws(StorageError) { try connection.execute(script) }
  func rows(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> any SQLRows {
    statements += 1
    return try connection.rows(statement, values)
  }
  func run(_ statement: SQLText, _ values: [SQLValue]) throws(StorageError) -> Int {
    try connection.run(statement, values)
  }
}
