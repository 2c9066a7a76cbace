import Promo
import Testing

@Suite("units of one sku and price") struct TurnTests {
  /// Two units that a deal has used, then a cent more off some of the units, then a deal on the rest.
  private let rules = """
    campaign deal { priority 3 give 0.1% off cheapest 2 of items }
    campaign share { priority 2 give $0.06 off subtotal of items }
    campaign rest { give 50% off cheapest 1 of items }
    """

  private func total(_ quantities: [Int64]) throws -> Int64 {
    try Quoting.quote(rules: rules, quantities.map { try Quoting.line("A", 100, $0) })
      .total.minorUnits
  }

  @Test("the odd cents of a share go to units no deal has used, however lines are split")
  func oddCents() throws {
    // 0.1% of $1.00 rounds to nothing, so four units cost $1.00 and two of them are used. Of six
    // cents each takes one, and the two odd cents go to the free ones: $0.98 each, one of them half.
    #expect(try total([4]) == 400 - 6 - 49)
    for quantities in [[2, 2], [1, 3], [3, 1], [1, 1, 1, 1], [1, 2, 1]] as [[Int64]] {
      #expect(try total(quantities) == 400 - 6 - 49, "\(quantities)")
    }
  }

  @Test("a limit on units takes those first that no deal has used")
  func limited() throws {
    let rules = """
      campaign deal { priority 3 give 0.1% off cheapest 2 of items }
      campaign each { priority 2 give $0.10 off each of items limit 2 per order }
      campaign rest { give 50% off cheapest 1 of items }
      """
    for quantities in [[4], [2, 2], [1, 3], [3, 1]] as [[Int64]] {
      let lines = try quantities.map { try Quoting.line("A", 100, $0) }
      #expect(try Quoting.quote(rules: rules, lines).total.minorUnits == 400 - 20 - 45)
    }
  }

  @Test("between units of one price the dearer original comes first, wherever its line stands")
  func originals() throws {
    let rules = """
      campaign even { priority 3 give price $1 for each of items }
      campaign share { priority 2 give $0.01 off subtotal of items }
      campaign again { base original give 10% off items }
      """
    let lines = [try Quoting.line("A", 150), try Quoting.line("A", 250)]
    for lines in [lines, lines.reversed()] {
      let quote = try Quoting.quote(rules: rules, lines)
      #expect(quote.lines.map(\.total.minorUnits).sorted() == [74, 85])
    }
  }
}
