import Foundation
import Ledger
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

  @Test("a balance can not change what it counts")
  func declarations() throws {
    let store = try openStore(in: folder)
    #expect(throws: StorageError.constraint("balance points can not change what it counts")) {
      try store.declare([BalanceDeclaration(name: "points", currency: "USD")], conversions: [])
    }
    #expect(store.programme.balances.map(\.name) == ["points", "cashback"])
  }
}
