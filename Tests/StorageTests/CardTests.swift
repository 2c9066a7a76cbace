import Foundation
import Ledger
import Storage
import Synchronization
import Testing

@Suite("cards of a pool") struct CardTests {
  private let folder: TestFolder
  private let store: LedgerStore
  private let pool = CardPool("plastic", prefix: "7992739", width: 3, first: 1, last: 5)

  init() throws {
    folder = try TestFolder()
    store = try openStore(in: folder)
    try store.declareCards([pool])
    for id in ["p", "q"] { _ = try store.register(id) }
  }

  private func allocate(_ number: String? = nil, to account: String = "p", pool: String = "plastic")
    throws -> LedgerAnswer
  {
    try store.perform(
      .account(.allocateCard(account: account, pool: pool, number: number)))
  }

  private func found(_ card: String) throws -> [AccountRecord] {
    try LedgerReader(folder: folder.path, zone: utc).search(
      .init(card: card), returning: .init(hasCards: true), at: moment(0))
  }

  @Test("a number has a check digit, and is read back with spaces and hyphens")
  func numbers() {
    // The well-known example of Luhn's formula: 7992739871 is followed by 3.
    let known = CardPool("x", prefix: "79927398", width: 2, last: 99)
    #expect(known.number(at: 71) == "79927398713")
    #expect(known.place(of: "7992 7398-713") == 71)
    #expect(known.place(of: "79927398714") == nil)
    #expect(pool.place(of: pool.number(at: 5)) == 5)
    let outside = CardPool("plastic", prefix: "7992739", width: 3, last: 6).number(at: 6)
    #expect(pool.place(of: outside) == nil)
    #expect(pool.place(of: "") == nil)
    #expect(pool.place(of: "7992739+01") == nil)
  }

  @Test("the next free card is given, then none; a named one is skipped")
  func next() throws {
    #expect(try allocate(pool.number(at: 2), to: "q").amount == 2)
    for place in [1, 3, 4, 5] as [Int64] {
      #expect(try allocate() == LedgerAnswer(.cardAllocated, amount: place))
    }
    #expect(try allocate().code == .poolExhausted)
    #expect(try found(pool.number(at: 3)).first?.cards == [1, 3, 4, 5].map { pool.number(at: $0) })
    #expect(try found(pool.number(at: 2)).map(\.id) == ["q"])
    try store.declareCards([CardPool("plastic", prefix: "7992739", width: 3, first: 1, last: 6)])
    #expect(try allocate().amount == 6)
  }

  @Test("a card that is allocated, one that is not of the pool, and a pool nobody knows are named")
  func refusals() throws {
    let second = pool.number(at: 2)
    #expect(try allocate(second).code == .cardAllocated)
    #expect(try allocate(second).code == .cardTaken)
    #expect(try allocate(second, to: "q").code == .cardTaken)
    #expect(try allocate("12345").code == .unknownCard)
    #expect(try allocate(pool: "paper").code == .unknownPool)
    #expect(try allocate(to: "nobody").code == .unknownAccount)
    #expect(try allocate(to: "m-1").code == .notRegistered)
  }

  @Test("a pool with numbers that can not be is refused, and one that is known keeps its form")
  func declarations() throws {
    let bad = [
      CardPool("", prefix: "1", width: 3, last: 5), CardPool("a", prefix: "x", width: 3, last: 5),
      CardPool("a", prefix: "1", width: 0, last: 0),
      CardPool("a", prefix: "1", width: 3, last: 1_000),
      CardPool("a", prefix: "1", width: 19, last: 5),
      CardPool("a", prefix: "1", width: 3, first: 6, last: 5),
    ]
    for pool in bad {
      #expect(throws: StorageError.constraint("pool \(pool.name) has no good numbers")) {
        try store.declareCards([pool])
      }
    }
    try store.declareCards([CardPool("a", prefix: "1", width: 18, last: 999_999_999_999_999_999)])
    for last in [4, 5] as [Int64] {
      let other = CardPool(
        "plastic", prefix: "7992739", width: last == 5 ? 4 : 3, first: 1, last: last)
      #expect(throws: StorageError.constraint("pool plastic can only get longer")) {
        try store.declareCards([other])
      }
    }
  }

  @Test("cards follow a merge, and are never given out again when a person is forgotten")
  func mergingAndErasing() throws {
    let first = pool.number(at: 1)
    _ = try allocate()
    _ = try store.perform(.account(.merge(account: "p", into: "q")))
    #expect(try found(first).first?.cards == [first])
    #expect(try found(first).map(\.id) == ["q"])
    #expect(try !folder.contains(Array(first.utf8)))
    _ = try store.perform(.account(.erase(account: "q")))
    #expect(try found(first).isEmpty)
    _ = try store.register("r")
    #expect(try allocate(first, to: "r").code == .cardTaken)
    #expect(try allocate(to: "r").amount == 2)
  }

  @Test("64 clients ask for the last cards at once: every card goes to one of them")
  func storm() throws {
    let folder = try TestFolder()
    let store = try openStore(in: folder)
    try store.declareCards([CardPool("few", prefix: "5", width: 2, first: 1, last: 40)])
    for client in 0..<64 { _ = try store.register("c-\(client)") }
    let queue = LedgerQueue(store) { moment(1) }
    let places = Mutex<[Int64]>([])
    let exhausted = Mutex(0)
    let clients = (0..<64).map { client in
      Thread {
        let command = AccountCommand.allocateCard(
          account: "c-\(client)", pool: "few", number: nil)
        let answer = try? queue.perform(
          LedgerRequest(id: "r-\(client)", actor: "client", .account(command)))
        if answer?.code == .cardAllocated, let place = answer?.amount {
          places.withLock { $0.append(place) }
        }
        if answer?.code == .poolExhausted { exhausted.withLock { $0 += 1 } }
      }
    }
    for client in clients { client.start() }
    while clients.contains(where: { !$0.isFinished }) { usleep(1_000) }
    #expect(places.withLock { $0.sorted() } == Array(1...40))
    #expect(exhausted.withLock { $0 } == 24)
  }
}
