import Testing

@testable import Money

@Suite("shares of one amount") struct ProportionalSharesTests {
  private func shares(_ amount: Int64, _ parts: [(weight: Int64, capacity: Int64)]) -> [Int64] {
    var cells = parts.enumerated().map { rank, part in
      SharePart(weight: part.weight, capacity: part.capacity, rank: Int32(rank))
    }
    let given = shareProportionally(amount, over: &cells)
    #expect(given == cells.reduce(0) { $0 + $1.share })
    return cells.map(\.share)
  }

  private func shares(_ amount: Int64, weights: [Int64]) -> [Int64] {
    shares(amount, weights.map { ($0, .max) })
  }

  @Test("spare cents go to the largest remainders, ties to the heavier, then to the earlier")
  func remainders() {
    #expect(shares(100, weights: [1, 1, 1]) == [34, 33, 33])
    #expect(shares(5, weights: [7, 3, 0]) == [4, 1, 0])
    // 2.5 and 7.5 leave equal remainders; the heavier takes the spare cent.
    #expect(shares(10, weights: [1, 3]) == [2, 8])
  }

  @Test("what a full part cannot take moves to the others, and what none can take is not given")
  func capacities() {
    #expect(shares(600, [(1000, 100), (1000, 1000)]) == [100, 500])
    #expect(shares(5000, [(1000, 100), (1000, 1000)]) == [100, 1000])
    #expect(shares(100, [(1, 0), (1, 50)]) == [0, 50])
  }

  @Test("nothing is shared over nothing, and no negative amount is")
  func nothing() {
    #expect(shares(100, weights: []) == [])
    #expect(shares(100, weights: [0, 0]) == [0, 0])
    #expect(shares(-5, weights: [1, 1]) == [0, 0])
  }

  @Test("products beyond 64 bits are exact")
  func large() {
    let half = Int64.max / 2
    #expect(shares(half, weights: [half, half]) == [half / 2 + half % 2, half / 2])
  }
}
