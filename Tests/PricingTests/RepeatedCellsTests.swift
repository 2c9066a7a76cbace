import Money
import Testing

@testable import Pricing

@Suite("units that count as one when an order discount is shared") struct RepeatedCellsTests {
  @Test("all lines of one sku at one price are found", arguments: [3, 40, 700, 9_000])
  func repeated(lineCount: Int) throws {
    var state: UInt64 = 5
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let currency = try #require(Currency(code: "USD"))
    var cart = CartColumns(currency: currency)
    for _ in 0..<lineCount {
      cart.skuRanks.append(Int32(next(max(2, lineCount / 3))))
      cart.prices.append(Int64(next(4)))
      cart.quantities.append(Int64(1 + next(3)))
      cart.traits.append(.discountable)
    }
    var table = RunTable()
    table.reset(to: cart, hasClaims: false)
    _ = table.openCosts(cart)
    var cells: [[Int64]: [Int32]] = [:]
    for line in 0..<lineCount where cart.prices[line] > 0 {
      cells[[Int64(cart.skuRanks[line]), cart.prices[line]], default: []].append(Int32(line))
    }
    var repeated = RepeatedCells()
    repeated.find(table, cart)
    repeated.sort(table, cart)
    let found = repeated.runs.copy
    for lines in cells.values where lines.count > 1 {
      let start = try #require(found.firstIndex(of: lines[0]))
      #expect(Array(found[start...].prefix(lines.count)) == lines)
      let areAlike = repeated.areAlike(start, start + lines.count - 1, table, cart)
      #expect(areAlike)
    }
    let alone = cells.values.filter { $0.count == 1 }.count
    let known = Set(found)
    let mistaken = cells.values.filter { $0.count == 1 && known.contains($0[0]) }.count
    #expect(mistaken * 8 <= alone + 8)
  }

  @Test("of a line that was split, each run is found once, and none that is in no chain")
  func split() throws {
    let currency = try #require(Currency(code: "USD"))
    var cart = CartColumns(currency: currency)
    for rank in 0..<Int32(3) {
      cart.skuRanks.append(rank)
      cart.prices.append(700)
      cart.quantities.append(6)
      cart.traits.append(.discountable)
    }
    var table = RunTable()
    table.reset(to: cart, hasClaims: false)
    var used = RunState()
    used.isUsed = true
    func part(_ quantity: Int64) -> RunSegment {
      RunSegment(quantity: quantity, price: 700, state: used)
    }
    let lost = table.split(part(2), off: 1)
    table.restart(1, cart)
    table.set(RunSegment(quantity: 3, price: 700, state: RunState()), of: 1)
    let first = table.split(part(2), off: 1)
    let second = table.split(part(1), off: 1)
    _ = table.openCosts(cart)
    let costs = table.costs.copy
    #expect(costs == [4_200, 2_100, 4_200, 0, 1_400, 700])
    var repeated = RepeatedCells()
    repeated.findSplit(table)
    let found = repeated.runs.copy
    #expect(found.sorted() == [1, first, second])
    #expect(!found.contains(lost))
  }
}
