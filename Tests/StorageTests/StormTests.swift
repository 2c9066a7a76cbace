import Dispatch
import Foundation
import Ledger
import Storage
import Synchronization
import Testing

@Suite("many clients at once") struct StormTests {
  /// A clock that stands still until it is told to move by so much with each look at it.
  private final class MovingClock: Sendable {
    private let state = Mutex((now: Int64(1), step: Int64(0)))

    func look() -> Int64 {
      state.withLock { state in
        state.now += state.step
        return state.now
      }
    }

    func move(by step: Int64) { state.withLock { $0.step = step } }
  }

  /// A number that many threads count up.
  private final class Counter: Sendable {
    private let count = Atomic(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add() { count.add(1, ordering: .relaxed) }
  }

  private let folder: TestFolder
  private let queue: LedgerQueue
  private let clock = MovingClock()

  init() throws {
    folder = try TestFolder()
    let store = try openStore(in: folder)
    _ = try store.perform(
      .issue(.init(account: "m-1", balance: "points", amount: 100, order: "o", campaign: "c")))
    queue = LedgerQueue(store) { [clock] in moment(clock.look()) }
  }

  /// Has as many threads do something, and waits for all of them.
  private func inThreads(_ count: Int, _ work: @Sendable @escaping (Int) -> Void) {
    let threads = (0..<count).map { place in
      let thread = Thread { work(place) }
      thread.stackSize = 1 << 20
      return thread
    }
    for thread in threads { thread.start() }
    while threads.contains(where: { !$0.isFinished }) { usleep(1_000) }
  }

  /// Lets 64 clients ask at once, and counts the answers by code.
  private func storm(_ name: String = "r", _ command: @Sendable @escaping (Int) -> LedgerCommand)
    -> [LedgerAnswer.Code: Int]
  {
    let counts = Mutex<[LedgerAnswer.Code: Int]>([:])
    let queue = queue
    inThreads(64) { client in
      let answer = try? queue.perform(
        LedgerRequest(id: "\(name)-\(client)", actor: "client", command(client)))
      counts.withLock { $0[answer?.code ?? .badText, default: 0] += 1 }
    }
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

  /// Lets 8 clients each say that they are about to ask, and only then ask or give up.
  private func gather(_ queue: LedgerQueue, asking: Int) -> Int {
    let (announced, accepted) = (Counter(), Counter())
    inThreads(8) { client in
      let expected = queue.expect()
      announced.add()
      while announced.value < 8 { usleep(100) }
      guard client < asking else { return }
      let request = LedgerRequest(id: "g-\(client)", actor: "client", .open(account: "g-\(client)"))
      let answer = try? queue.perform(request, expected: expected)
      if answer?.isAccepted == true { accepted.add() }
    }
    return accepted.value
  }

  @Test("requests that are known to come are committed together", arguments: [8, 5, 1])
  func gathering(asking: Int) throws {
    let folder = try TestFolder()
    let patient = LedgerQueue(try openStore(in: folder), gatheringMilliseconds: 60_000) {
      moment(1)
    }
    #expect(gather(patient, asking: asking) == asking)
    #expect(patient.commitCount == 1)
  }

  @Test("a commit does not wait for ever for somebody who does not come")
  func absence() throws {
    let late = queue.expect()
    let request = LedgerRequest(id: "alone", actor: "client", .open(account: "alone"))
    #expect(try queue.perform(request).isAccepted)
    _ = consume late
  }

  @Test("64 twins of one request get one answer, and one thing is done")
  func twins() throws {
    let answers = Mutex<Set<LedgerAnswer>>([])
    let queue = queue
    let twin = LedgerRequest(
      id: "twin", actor: "client",
      .redeem(account: "m-1", balance: "points", amount: 7, takesWhatThereIs: false))
    DispatchQueue.concurrentPerform(iterations: 64) { _ in
      if let answer = try? queue.perform(twin) { answers.withLock { _ = $0.insert(answer) } }
    }
    #expect(answers.withLock { $0 } == [LedgerAnswer(.redeemed, amount: 7, transaction: 2)])
    let reader = try LedgerReader(folder: folder.path, zone: utc)
    #expect(try reader.available("points", of: "m-1", at: moment(1)) == 93)
    #expect(try auditIsClean())
  }

  @Test("a limit of 3 per customer, used by 64 clients, is used 3 times")
  func limit() throws {
    let counts = storm { client in
      let use = CampaignUse(
        campaign: "welcome", discount: 5,
        claims: [.init(.customer, key: "m-1", usesMaximum: 3), .init(.total)])
      return .checkout(
        CheckoutRecord(order: "s-\(client)", account: "m-1", lines: [], uses: [use]))
    }
    #expect(counts == [.recorded: 3, .limitReached: 61])
    #expect(try auditIsClean())
  }

  @Test("capture, release and expiry race for a hold while somebody sums all entries")
  func racingWithTheClock() throws {
    let sums = try SumWatch(folder.path)
    var endings: Set<LedgerAnswer.Code> = []
    for round in 0..<12 {
      clock.move(by: 0)
      let deadline = clock.look() + Int64(round % 4 + 1)
      let hold = LedgerCommand.PlaceHold(
        id: "h-\(round)", account: "m-1", balance: "points", amount: 5,
        deadline: moment(deadline))
      let placed = try queue.perform(
        LedgerRequest(id: hold.id, actor: "client", .hold(hold)))
      #expect(placed == LedgerAnswer(.held, amount: 5))
      clock.move(by: 1)
      let counts = storm("r-\(round)") { client in
        switch (client + round) % 3 {
        case 0: .capture(hold: hold.id, amount: 5, remainder: .released)
        case 1: .release(hold: hold.id)
        default: .settle(accountsMaximum: 10)
        }
      }
      let ends = counts.filter { $0.key != .settled }
      let ended = 64 - counts[.settled, default: 0]
      let isOneEnding = [
        [.captured: 1, .alreadyCaptured: ended - 1], [.released: 1, .alreadyReleased: ended - 1],
        [.expired: ended],
      ].contains(ends)
      #expect(isOneEnding, "\(counts)")
      endings.formUnion(ends.keys)
    }
    let (looks, wrong) = sums.end()
    #expect(looks > 0)
    #expect(wrong.isEmpty)
    #expect(endings.contains(.captured) || endings.contains(.released))
    #expect(try auditIsClean())
  }
}

/// Sums all entries of each balance again and again, on a thread of its own.
private final class SumWatch: Sendable {
  private struct State {
    var isOver = false
    var looks = 0
    var wrong: [Int64] = []
  }

  private let state = Mutex(State())
  private let hasEnded = DispatchSemaphore(value: 0)

  init(_ folder: String) throws {
    let thread = Thread { [self] in
      look(at: try? LedgerReader(folder: folder, zone: utc))
      hasEnded.signal()
    }
    thread.start()
  }

  private func look(at reader: LedgerReader?) {
    while !state.withLock({ $0.isOver }) {
      guard let reader else { return }
      var sums: [BalanceID: Int64] = [:]
      let isRead: Void? = try? reader.forEachTransaction { transaction, _ in
        for side in transaction.postings { sums[side.balance, default: 0] += side.amount }
      }
      guard isRead != nil else { return }
      for sum in sums.values where sum != 0 { state.withLock { $0.wrong.append(sum) } }
      state.withLock { $0.looks += 1 }
    }
  }

  /// Stops, and says how often it looked and which sums were not zero.
  func end() -> (looks: Int, wrong: [Int64]) {
    state.withLock { $0.isOver = true }
    hasEnded.wait()
    return state.withLock { ($0.looks, $0.wrong) }
  }
}
