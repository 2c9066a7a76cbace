import Foundation
import Ledger
import Storage
import Synchronization
import Testing

@Suite("the feed of accounts") struct AccountFeedTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test("every accepted change is there once, in order, from wherever one reads on")
  func order() throws {
    let store = try openStore(in: folder)
    _ = try store.register("p", ["city": .text("Oslo")], id: "r-1", at: 1)
    _ = try store.register("p", ["city": .text("Oslo")], id: "r-1", at: 2)
    _ = try store.register("p", at: 3)
    _ = try store.update("p", ["region": .text("East"), "city": nil], at: 4)
    _ = try store.update("p", ["city": .number(1)], at: 5)
    _ = try store.register("q", isMember: false, at: 6)
    _ = try store.perform(.account(.merge(account: "q", into: "p")), at: 7)
    _ = try store.perform(.account(.erase(account: "p")), at: 8)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    let all = try reader.changes(after: 0)
    #expect(
      all.map(\.kind) == [
        .opened, .enrolled, .updated, .registered, .merged, .absorbed, .erased,
      ])
    #expect(all.map(\.account) == ["m-1", "p", "p", "q", "q", "p", "p"])
    #expect(all.map(\.place) == Array(1...7))
    #expect(all[2].names == ["city", "region"])
    #expect(all[4].other == "p")
    #expect(all[2].version == 2)
    #expect(all[2].recordedAt == moment(4))
    #expect(try reader.changes(after: 3) == Array(all[3...]))
    #expect(try reader.changes(after: 2, most: 2) == Array(all[2..<4]))
    #expect(try reader.changes(after: 7).isEmpty)
  }

  @Test("a reader that follows while others write misses nothing and sees nothing twice")
  func following() throws {
    let store = try openStore(in: folder)
    let start = Int64(1)
    for number in 0..<8 { _ = try store.register("p-\(number)") }
    let queue = LedgerQueue(store) { moment(1) }
    let isDone = Atomic(false)
    let path = folder.path
    let seen = Mutex<[AccountChange]>([])
    let follower = Thread {
      var place = start
      while let reader = try? LedgerReader(folder: path, zone: utc) {
        let isLast = isDone.load(ordering: .acquiring)
        guard let more = try? reader.changes(after: place, most: 7) else { break }
        seen.withLock { $0 += more }
        if let last = more.last { place = last.place } else if isLast { break }
      }
    }
    follower.start()
    let writers = (0..<8).map { writer in
      Thread {
        for count in 0..<25 {
          _ = try? queue.perform(
            LedgerRequest(
              id: "u-\(writer)-\(count)", actor: "test",
              .account(
                .update(
                  account: "p-\(writer)", ifVersion: nil,
                  changes: [FieldChange("city", .set(.text("c-\(count)")))]))))
        }
      }
    }
    for writer in writers { writer.start() }
    while writers.contains(where: { !$0.isFinished }) { usleep(1_000) }
    isDone.store(true, ordering: .releasing)
    while !follower.isFinished { usleep(1_000) }
    let changes = seen.withLock { $0 }
    #expect(changes.map(\.place) == Array(2...209))
    for writer in 0..<8 {
      let versions = changes.filter { $0.account == "p-\(writer)" }.compactMap(\.version)
      #expect(versions == Array(1...26))
    }
  }

  @Test("the feed can not be changed, and an audit finds a gap")
  func appendOnly() throws {
    let store = try openStore(in: folder)
    _ = try store.register("p")
    let connection = try SQLiteConnection(
      path: DataFolder.databasePath(in: folder.path), .writing)
    #expect(throws: StorageError.constraint("account_change is append-only")) {
      try connection.execute("DELETE FROM account_change WHERE place = 1")
    }
    try connection.execute("DROP TRIGGER account_change_refuses_delete")
    try connection.execute("DELETE FROM account_change WHERE place = 1")
    let audit = try LedgerReader(folder: folder.path, zone: utc).audit()
    #expect(audit.differences == ["feed: places 2, changes 1"])
  }
}
