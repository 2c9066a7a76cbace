import Ledger
import Service
import Storage
import Testing

@Suite("audit and export") struct AuditTests {
  private let folder: TestFolder

  /// A folder with points, a conversion, a part captured of a hold, and a promise.
  init() throws {
    folder = try TestFolder()
    let store = try openStore(
      in: folder,
      conversions: [
        ConversionDeclaration(every: 1_000, of: "points", into: 2_000, of: "cashback")
      ])
    let issues: [(String, Int64, Int64?)] = [("o-1", 1_100, nil), ("o-2", 30, 900)]
    for (order, amount, seconds) in issues {
      _ = try store.perform(
        .issue(
          .init(
            account: "m-1", balance: "points", amount: amount, order: order, campaign: "c",
            availableAt: seconds.map(moment))))
    }
    _ = try store.perform(
      .hold(
        .init(id: "h", account: "m-1", balance: "points", amount: 60, deadline: moment(600))))
    _ = try store.perform(.capture(hold: "h", amount: 20, remainder: .kept))
    let use = CampaignUse(
      campaign: "u", discount: 5, claims: [.init(.total), .init(.customer, key: "m-1")])
    let record = CheckoutRecord(order: "o-3", account: nil, lines: [], uses: [use])
    _ = try store.perform(.checkout(record))
    try buyWithCodes(store)
  }

  /// A purchase with a code of which one of two units came back, and one that was undone.
  private func buyWithCodes(_ store: LedgerStore) throws {
    let random = someRandom(count: 30)
    _ = try store.perform(.account(.generateCodes(pool: "spring", random: random)))
    for (place, code) in SingleUseCode.codes(from: random).prefix(2).enumerated() {
      let use = CampaignUse(campaign: "k", discount: 1, claims: [.init(.code, key: code)])
      let record = CheckoutRecord(
        order: "o-\(4 + place)", account: "m-1", lines: [.init(id: "a", quantity: 2, paid: 9)],
        uses: [use], spends: [.init(.balance("points"), amount: 4)])
      _ = try store.perform(.checkout(record))
    }
    _ = try store.perform(
      .giveBack(order: "o-4", lines: [.init(id: "a", quantity: 1)], policy: .debt))
    _ = try store.perform(.void(order: "o-5", policy: .debt))
  }

  private func run(_ command: String) -> (code: Int32, text: String) {
    let output = ServerOutput(descriptor: nil)
    let remarks = ServerOutput(descriptor: nil)
    let code = runServer(
      [command, "--data", folder.path], output: output, remarks: remarks)
    return (code, output.text + remarks.text)
  }

  @Test("books that are right are ok, with counts")
  func clean() {
    let (code, text) = run("audit")
    #expect(code == 0)
    #expect(
      text
        == "ok: 1 accounts, 2 balances, 2 lots, 1 holds, 2 rewards, 7 transactions, 16 postings\n")
  }

  @Test(
    "whatever is changed is found",
    arguments: [
      "UPDATE balance SET posted = posted + 1",
      "UPDATE balance SET held = held - 1 WHERE held > 0",
      "UPDATE balance SET pending = pending + 1",
      "UPDATE balance SET lifetime = lifetime + 1",
      "UPDATE lot SET remaining = remaining - 1 WHERE remaining > held",
      "UPDATE lot SET held = held - 1 WHERE held > 0",
      "UPDATE hold SET captured = captured + 1",
      "UPDATE hold SET is_open = 0",
      "UPDATE hold_part SET amount = amount + 1",
      "UPDATE reward SET state = 'issued' WHERE state = 'pending'",
      "UPDATE ledger_transaction SET sides = (SELECT sides FROM ledger_transaction WHERE number = 2)",
      "UPDATE ledger_transaction SET sides = x'0100' WHERE number = 1",
      "UPDATE ledger_transaction SET sides = x'' WHERE number = 1",
      "UPDATE ledger_transaction SET sides = substr(sides, 1, 5) WHERE number = 1",
      "UPDATE ledger_transaction SET sides = CAST(substr(sides, 1, length(sides) - 1) || x'02' "
        + "AS BLOB) WHERE number = 3",
      "UPDATE balance SET last_entry = last_entry - 1 WHERE kind = 1",
      "UPDATE balance SET last_entry = 0 WHERE kind = 2",
      "UPDATE ledger_transaction SET reason = 'because' WHERE number = 2",
      "UPDATE ledger_transaction SET recorded_at = recorded_at + 1 WHERE number = 3",
      "UPDATE campaign_usage SET uses = 0",
      "UPDATE campaign_usage SET discount = 4",
      "DELETE FROM campaign_usage WHERE scope = 'customer'",
      "UPDATE purchase SET content = x'0100' WHERE content IS NOT NULL",
      "UPDATE account SET next_change_at = next_change_at + 1",
      "UPDATE account SET next_change_at = NULL",
      "UPDATE purchase_part SET given_back = 1 WHERE purchase = 'o-4'",
      "UPDATE purchase_part SET given_back = 2 WHERE purchase = 'o-5'",
      "UPDATE purchase SET state = 'final' WHERE id = 'o-5'",
      "UPDATE purchase SET state = 'returned' WHERE id = 'o-4'",
      "UPDATE code SET used_for = NULL, used_at = NULL",
      "UPDATE code SET used_for = 'o-9' WHERE used_for = 'o-4'",
      "UPDATE code SET used_for = 'o-5', used_at = 1 WHERE used_for IS NULL",
      "UPDATE purchase SET state = 'voided' WHERE id = 'o-3'",
      "UPDATE code_pool SET codes = codes + 1",
      "DELETE FROM code WHERE used_for IS NULL",
      "DELETE FROM ledger_transaction WHERE number = 3",
      "DELETE FROM ledger_transaction WHERE number = 7",
      "DELETE FROM ledger_transaction",
      "DELETE FROM lot WHERE remaining > held",
    ])
  func tampering(change: String) throws {
    do {
      let connection = try SQLiteConnection(
        path: DataFolder.databasePath(in: folder.path), .writing)
      for verb in ["update", "delete"] {
        try connection.execute("DROP TRIGGER ledger_transaction_refuses_\(verb)")
      }
      try connection.execute("PRAGMA foreign_keys = OFF")
      try connection.execute(change)
    }
    let (code, text) = run("audit")
    #expect(code == 1)
    #expect(text.contains("differences in 1 accounts"))
  }

  @Test("a balance of which all went as it came in has its entries, and is a balance")
  func gone() throws {
    let store = try openStore(in: folder)
    _ = try store.perform(.open(account: "m-2"))
    let adjusted = try store.perform(
      .adjust(
        account: "m-2", balance: "cashback", by: 30, expiresAt: moment(0), allowsDebt: false))
    #expect(adjusted.code == .adjusted)
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
    #expect(try store.outdatedBooks().accounts == [])
  }

  @Test("what is written once can not be changed or removed")
  func appendOnly() throws {
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    let tables = [
      "ledger_transaction": "number", "request": "place", "hold_end": "effective_at",
    ]
    try connection.execute("INSERT INTO hold_end VALUES ('h', 'released', 0)")
    for (table, column) in tables {
      for change in ["DELETE FROM \(table)", "UPDATE \(table) SET \(column) = \(column) + 1"] {
        #expect(throws: StorageError.constraint("\(table) is append-only")) {
          try connection.execute(change)
        }
      }
    }
  }

  @Test("every transaction is exported as a line of JSON")
  func export() {
    let (code, text) = run("export")
    let lines = text.split(separator: "\n")
    #expect(code == 0)
    #expect(lines.count == 7)
    #expect(
      lines[1].contains(
        """
        "kind":"conversion"
        """))
    #expect(
      lines[1].contains(
        """
        {"account":"m-1","balance":"cashback","amount":"20.00","lot":2},\
        {"house":"converted","balance":"cashback","amount":"-20.00"}
        """))
  }

  @Test("a folder without a ledger, and words nobody knows, are named")
  func trouble() throws {
    let empty = try TestFolder()
    let remarks = ServerOutput(descriptor: nil)
    let output = ServerOutput(descriptor: nil)
    #expect(runServer(["audit", "--data", empty.path], output: output, remarks: remarks) == 2)
    #expect(remarks.text == "promo-server: \(empty.path): \(empty.path) holds no ledger\n")
    #expect(runServer(["audit"], output: output, remarks: remarks) == 2)
    #expect(remarks.text.contains("usage:"))
    #expect(output.text.isEmpty)
  }
}
