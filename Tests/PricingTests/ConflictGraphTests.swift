import Testing

@testable import Pricing

@Suite("choices of campaigns") struct ConflictGraphTests {
  private func graph(_ count: Int, _ edges: Set<[Int]>) -> ConflictGraph {
    ConflictGraph(vertexCount: count) {
      edges.contains([min($0, $1), max($0, $1)])
    } mayConflict: {
      vertex in
      edges.contains { $0.contains(vertex) }
    }
  }

  /// Every maximal set, found by trying all subsets.
  private func bruteForce(_ count: Int, _ edges: Set<[Int]>) -> Set<[Int]> {
    let allowed = (0..<(1 << count)).map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
      .filter { set in
        !edges.contains { edge in set.contains(edge[0]) && set.contains(edge[1]) }
      }
    return Set(
      allowed.filter { set in
        (0..<count).allSatisfy { vertex in
          set.contains(vertex)
            || edges.contains {
              $0.contains(vertex) && set.contains($0[0] == vertex ? $0[1] : $0[0])
            }
        }
      })
  }

  @Test("the sets are all maximal ones, each once, for every small graph of a seed")
  func allGraphs() throws {
    var state: UInt64 = 7
    for _ in 0..<300 {
      let count = 7
      var edges = Set<[Int]>()
      for first in 0..<count {
        for second in first + 1..<count {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          if state >> 61 < 2 { edges.insert([first, second]) }
        }
      }
      let found = try #require(graph(count, edges).maximalSets(atMost: 4096))
      #expect(Set(found) == bruteForce(count, edges))
      #expect(Set(found).count == found.count)
    }
  }

  @Test("one campaign alone against 5,000 is two choices")
  func star() throws {
    let star = ConflictGraph(vertexCount: 5001) {
      min($0, $1) == 0
    } mayConflict: {
      $0 == 0
    }
    let sets = try #require(star.maximalSets(atMost: 4096))
    #expect(sets.map(\.count).sorted() == [1, 5000])
  }

  @Test("4,096 choices are listed and 8,192 are not")
  func limit() throws {
    func pairs(_ count: Int) -> ConflictGraph {
      ConflictGraph(vertexCount: 2 * count) {
        $0 / 2 == $1 / 2
      } mayConflict: { _ in
        true
      }
    }
    #expect(try #require(pairs(12).maximalSets(atMost: 4096)).count == 4096)
    #expect(pairs(13).maximalSets(atMost: 4096) == nil)
  }

  @Test("kinds change no set, for every small graph of a seed whose kinds are kept")
  func kinds() throws {
    var state: UInt64 = 11
    for _ in 0..<300 {
      var kinds: [StackingPlan] = []
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var kind = StackingPlan()
        kind.isAlone = state >> 60 == 0
        if state >> 59 & 1 == 1 { kind.bestOf.append(Int32(state >> 50 & 1)) }
        if state >> 58 & 7 == 1 { kind.bestOf.append(2) }
        kinds.append(kind)
      }
      var edges = Set<[Int]>()
      for first in kinds.indices {
        for second in first + 1..<kinds.count {
          let (one, other) = (kinds[first], kinds[second])
          let isGroup = one.bestOf.contains { other.bestOf.contains($0) }
          if one.isAlone || other.isAlone || isGroup { edges.insert([first, second]) }
        }
      }
      let graph = ConflictGraph(vertexCount: kinds.count) {
        edges.contains([min($0, $1), max($0, $1)])
      } mayConflict: {
        kinds[$0].restricts
      } kind: {
        kinds[$0]
      }
      let found = try #require(graph.maximalSets(atMost: 4096))
      #expect(Set(found) == bruteForce(kinds.count, edges))
      #expect(Set(found).count == found.count)
      #expect(graph.isEmpty == edges.isEmpty)
      for first in kinds.indices {
        for second in kinds.indices where first != second {
          let isEdge = edges.contains([min(first, second), max(first, second)])
          #expect(graph.conflict(first, second) == isEdge)
        }
      }
    }
  }

  @Test("a group of 500 beside 500 others is asked of a handful of pairs")
  func group() throws {
    var asked = 0
    var member = StackingPlan()
    member.bestOf = [0]
    let graph = ConflictGraph(vertexCount: 1000) { first, second in
      asked += 1
      return first % 2 == 0 && second % 2 == 0
    } mayConflict: {
      $0 % 2 == 0
    } kind: {
      $0 % 2 == 0 ? member : StackingPlan()
    }
    let sets = try #require(graph.maximalSets(atMost: 4096))
    #expect(sets.count == 500 && sets.allSatisfy { $0.count == 501 })
    #expect(asked <= 4)
  }

  @Test("choices are tallied as they would be listed, and fewer campaigns never make more")
  func tally() throws {
    var state: UInt64 = 13
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    for _ in 0..<300 {
      let count = 8
      let weights = (0..<count).map { _ in Int(next() % 20) }
      var edges = Set<[Int]>()
      for first in 0..<count {
        for second in first + 1..<count where next() % 4 == 0 { edges.insert([first, second]) }
      }
      let tally = ChoiceTally(graph(count, edges), weights: weights, atMost: 4096)
      let sets = bruteForce(count, edges)
      #expect(tally.choiceCount == sets.count && !tally.isBeyond)
      #expect(tally.choicesOf == (0..<count).map { vertex in sets.count { $0.contains(vertex) } })
      #expect(
        tally.competes == (0..<count).map { vertex in edges.contains { $0.contains(vertex) } })
      #expect(tally.heaviest == sets.map { $0.reduce(0) { $0 + weights[$1] } }.max())
      let fewer = ChoiceTally(
        graph(count - 1, edges.filter { !$0.contains(count - 1) }),
        weights: Array(weights.dropLast()), atMost: 4096)
      #expect(fewer.choiceCount <= tally.choiceCount && fewer.heaviest <= tally.heaviest)
      #expect(zip(fewer.choicesOf, tally.choicesOf).allSatisfy { $0 <= $1 })
    }
  }

  @Test("beyond the limit a tally says so and stays at the limit")
  func tallyBeyond() {
    func tally(_ count: Int) -> ChoiceTally {
      let pairs = ConflictGraph(vertexCount: 2 * count) {
        $0 / 2 == $1 / 2
      } mayConflict: { _ in
        true
      }
      return ChoiceTally(pairs, weights: Array(repeating: 3, count: 2 * count), atMost: 4096)
    }
    let (within, beyond) = (tally(12), tally(13))
    #expect(within.choiceCount == 4096 && !within.isBeyond && within.choicesOf[0] == 2048)
    #expect(beyond.choiceCount == 4096 && beyond.isBeyond && beyond.choicesOf[0] == 4096)
    #expect(within.heaviest == 36 && beyond.heaviest == 39)
    // More classes than are searched count as all the choices there may be.
    let ring = ConflictGraph(vertexCount: 26) {
      [1, 25].contains(abs($0 - $1))
    } mayConflict: { _ in
      true
    }
    #expect(ChoiceTally(ring, weights: Array(repeating: 1, count: 26), atMost: 4096).isBeyond)
  }
}
