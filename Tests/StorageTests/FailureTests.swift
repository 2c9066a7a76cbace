import Foundation
import Ledger
import Simulation
import Storage
import Testing

@Suite("a store that fails stops, and damage is found") struct FailureTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func issue(_ order: String) -> LedgerCommand {
    .issue(
      .init(account: "m-1", balance: "points", amount: 5, order: order, campaign: "c"))
  }

  @Test("after a failure nothing is answered until the folder is opened again; reading goes on")
  func stopping() throws {
    do { _ = try openStore(in: folder) }
    let plan = FaultPlan()
    do {
      let held = try DataFolder(holding: folder.path)
      let connection = try SQLiteConnection(
        path: DataFolder.databasePath(in: folder.path), .writing)
      let store = try LedgerStore(
        FailingConnection(connection, plan), in: held, zone: utc, at: moment(0))
      #expect(try store.perform(issue("o-1"), id: "r-1").code == .issued)
      let reader = try LedgerReader(folder: folder.path, zone: utc)
      plan.writesLeft = 3
      #expect(throws: StorageError.io("a simulated failure")) {
        try store.perform(issue("o-2"), id: "r-2")
      }
      for id in ["r-1", "r-2", "r-3"] {
        #expect(throws: StorageError.stopped) { try store.perform(issue("o-2"), id: id) }
      }
      #expect(try reader.available("points", of: "m-1", at: moment(0)) == 5)
    }
    let store = try openStore(in: folder)
    #expect(try store.perform(issue("o-2"), id: "r-2").code == .issued)
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.available("points", of: "m-1", at: moment(0)) == 10)
  }

  @Test("whatever was lost on the way to or from the database, sending it again does it once")
  func ambiguousCommits() throws {
    do { _ = try openStore(in: folder) }
    var issued: Int64 = 0
    for isAmbiguous in [false, true] {
      var writes = 0
      while true {
        let order = "o-\(isAmbiguous)-\(writes)"
        let plan = FaultPlan()
        plan.isAmbiguous = isAmbiguous
        var hasFailed = false
        do {
          let held = try DataFolder(holding: folder.path)
          let store = try LedgerStore(
            FailingConnection(
              try SQLiteConnection(path: DataFolder.databasePath(in: folder.path), .writing), plan),
            in: held, zone: utc, at: moment(0))
          plan.writesLeft = writes
          do { _ = try store.perform(issue(order), id: order) } catch { hasFailed = true }
        }
        let store = try openStore(in: folder)
        #expect(try store.perform(issue(order), id: order).code == .issued)
        issued += 5
        let reader = try LedgerReader(folder: folder.path, zone: utc)
        #expect(try reader.available("points", of: "m-1", at: moment(0)) == issued)
        guard hasFailed else { break }
        writes += 1
      }
      // Beginning, some rows and the commit failed, each once.
      #expect(writes >= 4)
    }
    #expect(try LedgerReader(folder: folder.path, zone: utc).audit().differences == [])
  }

  @Test("a bit that is turned over in what was written once is found")
  func turnedBits() throws {
    do {
      let store = try openStore(in: folder)
      for order in 1...20 { _ = try store.perform(issue("o-\(order)"), id: "r-\(order)") }
    }
    let path = DataFolder.databasePath(in: folder.path)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let before = try #require(history())
    var random = SimulationRandom(seed: 24)
    var changed = 0
    for _ in 0..<600 {
      var bytes = whole
      let place = Int(random.number(0...Int64(whole.count - 1)))
      bytes[place] ^= 1 << UInt8(random.number(0...7))
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      guard history() != before else { continue }
      changed += 1
      let report = try? LedgerReader(folder: folder.path, zone: utc).audit()
      #expect(report?.differences.isEmpty != true, "a bit of byte \(place)")
    }
    #expect(changed > 10)
  }

  /// All transactions with their entries and digests; nil when they can not be read.
  private func history() -> [String]? {
    var lines: [String] = []
    do {
      try LedgerReader(folder: folder.path, zone: utc).forEachTransaction { stored, hash in
        lines.append("\(stored) \(hash)")
      }
    } catch {
      return nil
    }
    return lines
  }
}
