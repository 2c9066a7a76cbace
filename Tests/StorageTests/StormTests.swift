import Dispatch
import Foundation
import Ledger
import Storage
import Synchronization
import Testing

@Suite("many clients at once") struct StormTests {
  private let folder: TestFolder
  private let queue: LedgerQueue

  init() throws {
    folder = try TestFolder()
    let store = try openStore(in: folder)
    _ = try store.perform(
      .issue(.init(account: "m-1", balance: "points", amount: 100, order: "o", campaign: "c")))
    queue = LedgerQueue(store) { moment(1) }
  }

  /// Lets 64 clients ask at once, and counts the answers by code.
  private func storm(_ command: @Sendable @escaping (Int) -> LedgerCommand)
    -> [LedgerAnswer.Code: Int]
  {
    let counts = Mutex<[LedgerAnswer.Code: Int]>([:])
    let queue = queue
    let threads = (0..<64).map { client in
      let thread = Thread {
        let answer = try? queue.perform(
          LedgerRequest(id: "r-\(client)", actor: "client", command(client)))
        counts.withLock { $0[answer?.code ?? .badText, default: 0] += 1 }
      }
      thread.stackSize = 1 << 20
      return thread
    }
    for thread in threads { thread.start() }
    while threads.contains(where: { !$0.isFinished }) { usleep(1_000) }
    return counts.withLock { $0 }
  }

  private func auditIsClean() throws -> Bool {
    try LedgerReader(folder: folder.path, zone: utc).audit().differences.isEmpty
  }

  @Test("64 clients spend the last 100 points by 3: exactly 33 do")
  func spending() throws {
    let counts = storm { _ in
      .redeem(account: "m-1", balance: "points", amount: 3, takesWhatThereIs: false)
    }
    #expect(counts == [.redeemed: 33, .insufficient: 31])
    #expect(try auditIsClean())
  }

  @Test("capture and release race for one hold: one wins, and the others learn how it ended")
  func oneHold() throws {
    _ = try queue.perform(
      LedgerRequest(
        id: "h", actor: "client",
        .hold(
          .init(id: "h", account: "m-1", balance: "points", amount: 50, deadline: moment(9)))))
    let counts = storm { client in
      client.isMultiple(of: 2)
        ? .capture(hold: "h", amount: 50, remainder: .released) : .release(hold: "h")
    }
    #expect(
      counts == [.captured: 1, .alreadyCaptured: 63]
        || counts == [.released: 1, .alreadyReleased: 63])
    #expect(try auditIsClean())
  }

  @Test("one reward of one order, asked for by 64 clients, is issued once")
  func oneReward() throws {
    let counts = storm { _ in
      .issue(.init(account: "m-1", balance: "points", amount: 7, order: "o-2", campaign: "c"))
    }
    #expect(counts == [.issued: 1, .alreadyIssued: 63])
    #expect(try auditIsClean())
  }
}
