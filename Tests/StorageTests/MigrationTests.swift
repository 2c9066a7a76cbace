import Ledger
import LocalTime
import Storage
import Testing

@Suite("data folders of earlier versions") struct MigrationTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let transactions = SQLText("SELECT count(*) FROM ledger_transaction")
  private static let packed = SQLText(
    "SELECT count(*) FROM purchase WHERE content IS NOT NULL")
  private static let lines = SQLText("SELECT count(*) FROM purchase_line")
  private static let strays = SQLText("SELECT count(*) FROM pragma_foreign_key_check")

  /// A purchase as version 3 has written it: in rows.
  private static let rowsOfVersion3 = """
    INSERT INTO balance_kind (id, name) VALUES (1, 'points');
    INSERT INTO account (number, id, opened_at) VALUES (1, 'm-1', 1800000000);
    INSERT INTO account_change (place, account, kind, names, recorded_at)
      VALUES (1, 1, 'opened', '', 1800000000);
    INSERT INTO balance VALUES (1, 1, 30, 0, 0, 0, 30, 1);
    INSERT INTO lot VALUES (1, 1, 1, NULL, 30, 30, 0);
    INSERT INTO reward VALUES ('o-1', 'p', 1, 1, 30, 1800000000, NULL, 'issued');
    INSERT INTO ledger_transaction VALUES
      (1, 'checkout', 'r', 'shop', '', 1800000000, 1800000000, x'00', x'01');
    INSERT INTO purchase VALUES ('o-1', 1, 1800000000, 1, 'final', x'');
    INSERT INTO purchase_line VALUES ('o-1', 0, 'a', 3, 5000, 0);
    INSERT INTO purchase_part VALUES ('o-1', 0, 'p', 1, 30, 0);
    INSERT INTO purchase_share VALUES ('o-1', 0, 0, 30);
    """

  private func makeVersion3() throws -> SQLiteConnection {
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    try Schema.migrate(connection, at: moment(0), to: 3)
    try connection.execute(Self.rowsOfVersion3)
    return connection
  }

  @Test("what version 3 has written in rows comes back as what is packed now")
  func purchases() throws {
    _ = try makeVersion3()
    let store = try openStore(in: folder)
    let line = CheckoutRecord.Line(id: "a", quantity: 3, paid: 5_000)
    _ = try store.perform(
      .checkout(
        CheckoutRecord(
          order: "o-2", account: "m-1", lines: [line],
          rewards: [.init(campaign: "p", balance: "points", amount: 30)])))
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    #expect(try connection.number(Self.transactions) == 2)
    #expect(try connection.number(Self.packed) == 1)
    #expect(try connection.number(Self.lines) == 1)
    for order in ["o-1", "o-2"] {
      let answer = try store.perform(
        .giveBack(order: order, lines: [.init(id: "a", quantity: 1)], policy: .debt))
      #expect(answer.code == .returned)
      #expect(answer.amount == 10)
    }
    #expect(try connection.number(Self.packed) == 0)
    #expect(try connection.number(Self.lines) == 2)
    #expect(try connection.number(Self.strays) == 0)
  }

  /// Makes the folder what version 13 has left: sides without links, and those of the first
  /// transactions in rows, as version 8 has written them.
  private func makeVersion13(inRows count: Int64) throws {
    var written: [StoredTransaction] = []
    try LedgerReader(folder: folder.path, zone: utc).forEachTransaction { transaction, _ in
      written.append(transaction)
    }
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    try connection.execute("DROP TRIGGER ledger_transaction_refuses_update")
    try connection.execute("ALTER TABLE balance DROP COLUMN last_entry")
    try connection.execute("DROP TABLE redemption_use")
    for column in ["description", "made_at"] {
      try connection.execute("ALTER TABLE member_group DROP COLUMN \(column)")
    }
    try connection.execute("DELETE FROM migration WHERE version > 13")
    try connection.execute(
      """
      CREATE TRIGGER posting_refuses_delete BEFORE DELETE ON posting
      BEGIN SELECT RAISE(ABORT, 'posting is append-only'); END
      """)
    for transaction in written {
      let isInRows = transaction.number <= count
      _ = try connection.run(
        Self.setSides,
        [
          .integer(transaction.number),
          isInRows ? .null : .bytes(sidesOfVersion13(transaction.postings)),
        ])
      for (place, side) in transaction.postings.enumerated() where isInRows {
        let lot = side.lot.map { "\($0.value)" } ?? "NULL"
        try connection.execute(
          """
          INSERT INTO posting VALUES (\(transaction.number), \(place), \(side.owner),
            \(side.balance.value), \(side.amount), \(lot))
          """)
      }
    }
    try connection.execute(
      """
      CREATE TRIGGER ledger_transaction_refuses_update BEFORE UPDATE ON ledger_transaction
      BEGIN SELECT RAISE(ABORT, 'ledger_transaction is append-only'); END
      """)
  }

  private static let setSides = SQLText(
    "UPDATE ledger_transaction SET sides = $2 WHERE number = $1")

  private func sidesOfVersion13(_ sides: [Posting]) -> [UInt8] {
    var bytes: [UInt8] = [1]
    func add(_ number: Int64) {
      var left = UInt64(bitPattern: number)
      while left >= 0x80 {
        bytes.append(UInt8(left & 0x7F) | 0x80)
        left >>= 7
      }
      bytes.append(UInt8(left))
    }
    add(Int64(sides.count))
    for side in sides {
      add(side.owner << 1 ^ side.owner >> 63)
      add(side.balance.value)
      add(side.amount << 1 ^ side.amount >> 63)
      add(side.lot?.value ?? 0)
    }
    return bytes
  }

  @Test("transactions can be neither changed nor removed after they were moved")
  func appendOnly() throws {
    let store = try openStore(in: folder)
    _ = try store.perform(
      .adjust(account: "m-1", balance: "points", by: 5, expiresAt: nil, allowsDebt: false))
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    #expect(try connection.number(Self.transactions) == 1)
    for change in ["UPDATE ledger_transaction SET reason = 'x'", "DELETE FROM ledger_transaction"] {
      #expect(throws: StorageError.constraint("ledger_transaction is append-only")) {
        try connection.execute(change)
      }
    }
  }

  @Test("a purchase whose uses version 8 has kept in rows has them, and gives them back")
  func uses() throws {
    do {
      let connection = try SQLiteConnection(
        path: DataFolder.databasePath(in: folder.path), .writing)
      try Schema.migrate(connection, at: moment(0), to: 8)
      try connection.execute(
        """
        INSERT INTO account (number, id, opened_at) VALUES (1, 'm-1', 1800000000);
        INSERT INTO account_change (place, account, kind, names, recorded_at)
          VALUES (1, 1, 'opened', '', 1800000000);
        INSERT INTO purchase VALUES
          ('o-1', 1, 1800000000, NULL, 'final', x'', x'01010161010500');
        INSERT INTO redemption VALUES ('o-1', 'c', 'customer', 'm-1', '', 5);
        INSERT INTO campaign_usage VALUES ('c', 'customer', 'm-1', '', 1, 5, 3, NULL);
        """)
    }
    let store = try openStore(in: folder)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    let uses = try reader.uses(by: "m-1")
    #expect(uses.map { "\($0.order) \($0.campaign) \($0.discount)" } == ["o-1 c 5"])
    #expect(try reader.audit().differences == [])
    #expect(try store.perform(.void(order: "o-1", policy: .debt)).code == .voided)
    #expect(try reader.uses(by: "m-1") == [])
    #expect(try reader.audit().differences == [])
  }

  @Test("sides that earlier versions have kept alone or in rows become chains, and are given back")
  func sides() throws {
    do {
      let store = try openStore(in: folder)
      let purchase = CheckoutRecord(
        order: "o-1", account: "m-1", lines: [.init(id: "a", quantity: 1, paid: 900)],
        spends: [.init(.balance("points"), amount: 40)])
      let commands: [LedgerCommand] = [
        .adjust(
          account: "m-1", balance: "points", by: 30, expiresAt: moment(500), allowsDebt: false),
        .adjust(account: "m-1", balance: "points", by: 20, expiresAt: nil, allowsDebt: false),
        .checkout(purchase),
        .redeem(account: "m-1", balance: "points", amount: 4, takesWhatThereIs: false),
      ]
      for (place, command) in commands.enumerated() {
        #expect(try store.perform(command, id: "r-\(place)").isAccepted)
      }
    }
    let before = try LedgerReader(folder: folder.path, zone: utc).entries(of: "m-1", most: 10)
    #expect(before?.entries.map(\.posted) == [6, 10, 50, 30])
    try makeVersion13(inRows: 2)
    let store = try openStore(in: folder)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.audit().differences == [])
    #expect(try reader.redeemed(by: "r-3", from: "m-1") == ["points": 4])
    #expect(try reader.entries(of: "m-1", most: 10)?.entries == before?.entries)
    #expect(try store.perform(.void(order: "o-1", policy: .debt)).code == .voided)
    #expect(try reader.audit().differences == [])
    let view = try #require(try reader.view("points", of: "m-1", at: moment(0)))
    #expect(view.posted == 46)
    #expect(view.expiringNext?.amount == 30)
    #expect(try reader.entries(of: "m-1", most: 1)?.entries.map(\.posted) == [46])
  }
}
