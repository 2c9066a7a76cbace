import Money
import Testing

@testable import Pricing

@Suite("the log of discounts") struct EntryLogTests {
  private struct Entry: Equatable, CustomStringConvertible {
    var line: Int32
    var source: Int32
    var stage: Stage
    var amount: Int64
    init(_ line: Int32, _ source: Int32, _ stage: Stage, _ amount: Int64) {
      (self.line, self.source, self.stage, self.amount) = (line, source, stage, amount)
    }
    init(_ entry: DiscountEntry) {
      self.init(entry.line, entry.source, entry.stage, entry.amount)
    }
    var description: String { "\(line) \(source) \(stage) \(amount)" }
  }

  @Test("tells what was noted, in order, however it is kept") func order() {
    let noted: [Entry] = [
      Entry(3, 1, .items, 5), Entry(4, 1, .items, 6), Entry(4, 1, .items, 7),
      Entry(2, 1, .items, 8), Entry(9, 1, .order, 9), Entry(10, 2, .order, 1 << 31),
      Entry(11, 2, .order, (1 << 31) - 1), Entry(12, 2, .order, .max), Entry(0, 0, .redeem, 1),
    ]
    var log = EntryLog()
    for _ in 0..<2 {
      log.removeAll()
      for entry in noted {
        log.append(entry.amount, line: entry.line, source: entry.source, stage: entry.stage)
        log.append(0, line: entry.line, source: entry.source, stage: entry.stage)
      }
      #expect(log.all().map(Entry.init) == noted)
      for start in noted.indices {
        #expect(log.all(from: start).map(Entry.init) == Array(noted[start...]))
      }
      #expect(log.stretches.copy.map { [$0.start, $0.end] } == Self.bounds)
      let sums = log.stretches.copy.map(\.sum)
      #expect(sums[..<4] == [11, 7, 8, 9] && log.wideAmounts.copy == [1 << 31, .max])
    }
  }

  private static let bounds: [[Int32]] = [[0, 2], [2, 3], [3, 4], [4, 5], [5, 8], [8, 9]]

  @Test("shares of many runs are noted as one by one", arguments: [0, 1, 2, 3, 4])
  func runs(kind: Int) throws {
    var heads = Column<Int32>()
    var shares: [Int64] = []
    for line in Int32(0)..<50 {
      let isJoined = kind > 0 && line % 7 == 3
      heads.append(kind == 3 && line > 30 ? 80 - line : isJoined ? -1 - line : line)
      shares.append(kind == 2 && line % 5 == 0 ? 0 : Int64(line) << (kind == 4 ? 26 : 0))
    }
    var runs = RunTable()
    var cart = CartColumns(currency: try #require(Currency(code: "USD")))
    cart.prices = Array(repeating: 1, count: 50)
    cart.quantities = cart.prices
    runs.reset(to: cart, hasClaims: false)
    var whole = EntryLog()
    var single = EntryLog()
    for source in Int32(0)..<3 {
      whole.append(shares.span, off: heads, runs, source: source)
      for cell in heads.indices where heads[cell] >= 0 {
        single.append(shares[cell], line: heads[cell], source: source, stage: .order)
      }
    }
    #expect(whole.count > 90)
    #expect(whole.all().map(Entry.init) == single.all().map(Entry.init))
    #expect(whole.stretches.copy.map(\.sum) == single.stretches.copy.map(\.sum))
  }

  @Test("nothing is kept when nobody wants to know") func notKept() {
    var log = EntryLog()
    log.isKept = false
    log.append(5, line: 1, source: 1, stage: .items)
    #expect(log.count == 0)
  }
}
