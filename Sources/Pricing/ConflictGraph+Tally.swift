/// How many choices there are and how often each campaign is in one, without listing them.
struct ChoiceTally {
  /// At most the limit it was made for.
  private(set) var choiceCount = 1
  /// Whether there are more than the limit.
  private(set) var isBeyond = false
  /// For each vertex in how many choices it is, at most the limit.
  private(set) var choicesOf: [Int]
  /// For each vertex whether it conflicts with any.
  private(set) var competes: [Bool]
  /// No choice weighs more.
  private(set) var heaviest = 0

  /// Tallies the choices of a graph.
  ///
  /// Taking vertices away never makes more of any of it: every choice among fewer is part of
  /// another one among all. So what holds for all campaigns holds for those a cart qualifies for.
  /// - Parameters:
  ///   - weights: One for each vertex.
  ///   - limit: The choices that are priced.
  init(_ graph: ConflictGraph, weights: [Int], atMost limit: Int) {
    choicesOf = Array(repeating: 0, count: weights.count)
    competes = Array(repeating: false, count: weights.count)
    var parts: [Part] = []
    for component in graph.components() {
      let part = Part(component, graph, weights, atMost: limit)
      choiceCount = min(saturatingProduct(choiceCount, part.choiceCount), limit + 1)
      heaviest = saturatingSum(heaviest, part.heaviest)
      parts.append(part)
    }
    isBeyond = choiceCount > limit
    choiceCount = min(choiceCount, limit)
    // What the parts after each one multiply to; those before are multiplied on the way.
    var after = [Int](repeating: 1, count: parts.count + 1)
    for index in parts.indices.reversed() {
      after[index] = min(saturatingProduct(after[index + 1], parts[index].choiceCount), limit)
    }
    var before = 1
    for (index, part) in parts.enumerated() {
      let others = min(saturatingProduct(before, after[index + 1]), limit)
      for (vertex, count) in part.choicesOf {
        competes[vertex] = true
        choicesOf[vertex] = min(saturatingProduct(count, others), limit)
      }
      before = min(saturatingProduct(before, part.choiceCount), limit)
    }
    for vertex in weights.indices where !competes[vertex] {
      choicesOf[vertex] = choiceCount
      heaviest = saturatingSum(heaviest, weights[vertex])
    }
  }

  /// As many choices as are priced, any campaign in each, where counting them would take too long.
  init(anyOf weights: [Int], atMost limit: Int) {
    choiceCount = limit
    isBeyond = true
    choicesOf = Array(repeating: limit, count: weights.count)
    competes = Array(repeating: true, count: weights.count)
    heaviest = weights.reduce(0, saturatingSum)
  }

  /// What does not touch the rest of the graph.
  private struct Part {
    var choiceCount = 0
    var heaviest = 0
    var choicesOf: [(vertex: Int, count: Int)] = []

    init(_ twins: [[Int]], _ graph: ConflictGraph, _ weights: [Int], atMost limit: Int) {
      let isSmall = twins.count <= Limits.talliedRivalsMaximum
      guard isSmall, let choices = graph.chosenClasses(of: twins, atMost: limit) else {
        choiceCount = limit + 1
        for vertex in twins.joined().flatMap({ graph.classes[$0].members }) {
          choicesOf.append((vertex, limit))
          heaviest = saturatingSum(heaviest, weights[vertex])
        }
        return
      }
      var counts: [Int: Int] = [:]
      for chosen in choices {
        let groups = chosen.filter { graph.classes[$0].isExclusive }
        let count = groups.reduce(1) { saturatingProduct($0, graph.classes[$1].members.count) }
        choiceCount = saturatingSum(choiceCount, count)
        var weight = 0
        for index in chosen {
          let members = graph.classes[index].members
          let own = graph.classes[index].isExclusive ? count / members.count : count
          counts[index] = saturatingSum(counts[index] ?? 0, own)
          let weighed = members.map { weights[$0] }
          let most =
            graph.classes[index].isExclusive
            ? weighed.max() ?? 0 : weighed.reduce(0, saturatingSum)
          weight = saturatingSum(weight, most)
        }
        heaviest = max(heaviest, weight)
      }
      for index in counts.keys.sorted() {
        for vertex in graph.classes[index].members {
          choicesOf.append((vertex, counts[index] ?? 0))
        }
      }
    }
  }
}

/// The product of two counts that are not negative, or the greatest there is.
func saturatingProduct(_ left: Int, _ right: Int) -> Int {
  let (product, overflow) = left.multipliedReportingOverflow(by: right)
  return overflow ? .max : product
}

/// The sum of two counts that are not negative, or the greatest there is.
func saturatingSum(_ left: Int, _ right: Int) -> Int {
  let (sum, overflow) = left.addingReportingOverflow(right)
  return overflow ? .max : sum
}
