import Foundation
import Ledger
import LocalTime
import Storage
import Testing

@Suite("opening a data folder") struct OpeningTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func open() throws(StorageError) -> LedgerStore {
    try LedgerStore(folder: folder.path, zone: utc, at: moment(0))
  }

  @Test("what was answered is there after opening again, and numbers go on")
  func reopening() throws {
    var store: LedgerStore? = try openStore(in: folder)
    let issue = LedgerCommand.issue(
      .init(account: "m-1", balance: "points", amount: 5, order: "o-1", campaign: "c"))
    let first = try store?.perform(issue, id: "r-1")
    store = nil
    let again = try openStore(in: folder)
    #expect(try again.perform(issue, id: "r-1") == first)
    #expect(try again.perform(.open(account: "m-2")).code == .opened)
    let redeemed = try again.perform(
      .redeem(account: "m-1", balance: "points", amount: 2, takesWhatThereIs: false))
    #expect(redeemed.transaction == 2)
  }

  @Test("a folder that is open can not be opened a second time")
  func locked() throws {
    let store = try open()
    #expect(throws: StorageError.locked(folder.path)) { try open() }
    #expect(store.isEmpty)
  }

  @Test("a folder of a newer version is refused")
  func newer() throws {
    do {
      _ = try open()
      let connection = try SQLiteConnection(
        path: DataFolder.databasePath(in: folder.path), .writing)
      try connection.execute("INSERT INTO migration VALUES (99, 0)")
    }
    let refusal = StorageError.newerVersion(found: 99, known: Schema.version)
    #expect(throws: refusal) { try open() }
    #expect(throws: refusal) { try LedgerReader(folder: folder.path, zone: utc) }
  }

  @Test("who only reads is told what is not there, and what is of an older version")
  func reading() throws {
    func read(_ path: String) throws(StorageError) -> LedgerReader {
      try LedgerReader(folder: path, zone: utc)
    }
    let nowhere = folder.path + "/nowhere"
    #expect(throws: StorageError.noFolder(nowhere)) { try read(nowhere) }
    #expect(throws: StorageError.noLedger(folder.path)) { try read(folder.path) }
    do {
      let connection = try SQLiteConnection(
        path: DataFolder.databasePath(in: folder.path), .writing)
      try connection.execute("CREATE TABLE recipe (name TEXT)")
      #expect(throws: StorageError.corrupt("it has no ledger's tables")) {
        try read(folder.path)
      }
      try connection.execute("DROP TABLE recipe")
      try Schema.migrate(connection, at: moment(0), to: Schema.version - 1)
    }
    let older = StorageError.olderVersion(found: Schema.version - 1, known: Schema.version)
    #expect(throws: older) { try read(folder.path) }
    #expect(older.description.contains("start the server on it once"))
    _ = try open()
    #expect(try read(folder.path).audit().differences == [])
  }

  @Test("a file that can have no log beside it is not written")
  func memory() throws {
    #expect(throws: StorageError.io(":memory: can not be kept with a log beside it")) {
      try SQLiteConnection(path: ":memory:", .writing)
    }
  }

  @Test("a file that is no ledger is refused, and left as it is")
  func strangers() throws {
    let path = DataFolder.databasePath(in: folder.path)
    try Data("this is not a database, but it is long enough to look at".utf8).write(
      to: URL(fileURLWithPath: path))
    #expect(throws: StorageError.corrupt("file is not a database")) { try open() }
    try FileManager.default.removeItem(atPath: path)
    do {
      let connection = try SQLiteConnection(path: path, .writing)
      try connection.execute("CREATE TABLE recipe (name TEXT)")
    }
    #expect(throws: StorageError.corrupt("it has tables of another program")) { try open() }
  }

  @Test("a folder that is a file is refused")
  func file() throws {
    let path = folder.path + "/file"
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(throws: StorageError.noFolder(path)) {
      try LedgerStore(folder: path, zone: utc, at: moment(0))
    }
  }

  @Test("a folder of an earlier version is brought to this one with all it has")
  func earlier() throws {
    do {
      let connection = try SQLiteConnection(
        path: DataFolder.databasePath(in: folder.path), .writing)
      try Schema.migrate(connection, at: moment(0), to: 3)
      try connection.execute(
        """
        INSERT INTO balance_kind (id, name) VALUES (1, 'points');
        INSERT INTO account (number, id, opened_at, next_change_at)
          VALUES (1, 'm-1', 0, \(moment(50).secondsSince1970));
        INSERT INTO balance VALUES (1, 1, 0, 0, 9, 0, 0, 1);
        INSERT INTO reward
          VALUES ('o-1', 'c', 1, 1, 9, \(moment(50).secondsSince1970), NULL, 'pending');
        """)
    }
    let store = try open()
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.view("points", of: "m-1", at: moment(0))?.pending == 9)
    let again = LedgerCommand.issue(
      .init(account: "m-1", balance: "points", amount: 9, order: "o-1", campaign: "c"))
    #expect(try store.perform(again) == LedgerAnswer(.alreadyIssued, amount: 9))
    _ = try store.perform(.settle(accountsMaximum: 1), at: 50)
    #expect(try reader.available("points", of: "m-1", at: moment(50)) == 9)
    #expect(try reader.audit().differences == [])
  }

  @Test("a balance can not change what it counts")
  func declarations() throws {
    let store = try openStore(in: folder)
    #expect(throws: StorageError.constraint("balance points can not change what it counts")) {
      try store.declare([BalanceDeclaration(name: "points", currency: "USD")], conversions: [])
    }
    #expect(store.programme.balances.map(\.name) == ["points", "cashback"])
  }
}
