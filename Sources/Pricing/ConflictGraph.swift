/// Which campaigns may not share an order.
///
/// Campaigns that conflict with the same others always go together, so they are one class here;
/// that keeps "one campaign alone against 5,000" at two choices and a shallow search.
struct ConflictGraph {
  private let vertexCount: Int
  /// For each vertex that conflicts with any, those it conflicts with, ascending.
  private var rivals: [Int: [Int]] = [:]

  /// Asks each pair of which at least one may conflict.
  init(
    vertexCount: Int, conflict: (Int, Int) -> Bool, mayConflict: (Int) -> Bool
  ) {
    self.vertexCount = vertexCount
    let restricting = (0..<vertexCount).filter(mayConflict)
    let isRestricting = Set(restricting)
    for vertex in restricting {
      for other in 0..<vertexCount where other != vertex {
        if isRestricting.contains(other), other < vertex { continue }
        guard conflict(vertex, other) else { continue }
        rivals[vertex, default: []].append(other)
        rivals[other, default: []].append(vertex)
      }
    }
    for vertex in rivals.keys { rivals[vertex]?.sort() }
  }

  var isEmpty: Bool { rivals.isEmpty }

  func conflict(_ first: Int, _ second: Int) -> Bool {
    guard let others = rivals[first] else { return false }
    var (low, high) = (0, others.count)
    while low < high {
      let middle = (low + high) / 2
      if others[middle] < second { low = middle + 1 } else { high = middle }
    }
    return low < others.count && others[low] == second
  }

  /// Every set to which no other vertex could be added, ascending; nil when there are too many.
  func maximalSets(atMost limit: Int) -> [[Int]]? {
    let free = (0..<vertexCount).filter { rivals[$0] == nil }
    var sets: [[Int]] = [free]
    for component in components() {
      guard let own = maximalSets(of: component, atMost: limit), own.count <= limit / sets.count
      else { return nil }
      sets = sets.flatMap { set in own.map { set + $0 } }
    }
    return sets.map { $0.sorted() }
  }

  /// Classes of vertices that conflict with the same others, grouped where they touch.
  private func components() -> [[[Int]]] {
    var classes: [[Int]: [Int]] = [:]
    for (vertex, others) in rivals { classes[others, default: []].append(vertex) }
    let sorted = classes.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    var component: [Int: Int] = [:]
    for (index, members) in sorted.enumerated() {
      for vertex in members { component[vertex] = index }
    }
    var groups: [[[Int]]] = []
    var seen = Set<Int>()
    for start in sorted.indices where !seen.contains(start) {
      var pending = [start]
      var group: [[Int]] = []
      seen.insert(start)
      while let index = pending.popLast() {
        group.append(sorted[index])
        for rival in rivals[sorted[index][0]] ?? [] {
          if let next = component[rival], seen.insert(next).inserted { pending.append(next) }
        }
      }
      groups.append(group.sorted { $0[0] < $1[0] })
    }
    return groups
  }

  /// Bron and Kerbosch's search with a pivot, over classes, with a stack of its own.
  private func maximalSets(of classes: [[Int]], atMost limit: Int) -> [[Int]]? {
    let friends: [Set<Int>] = classes.indices.map { first in
      Set(classes.indices.filter { $0 != first && !conflict(classes[first][0], classes[$0][0]) })
    }
    struct Frame {
      var taken: [Int]
      var open: Set<Int>
      var closed: Set<Int>
    }
    var stack = [Frame(taken: [], open: Set(classes.indices), closed: [])]
    var found: [[Int]] = []
    while let frame = stack.popLast() {
      if frame.open.isEmpty {
        guard frame.closed.isEmpty else { continue }
        found.append(frame.taken.flatMap { classes[$0] })
        if found.count > limit { return nil }
        continue
      }
      let candidates = frame.open.union(frame.closed)
      let pivot = candidates.max {
        let (first, second) = (
          friends[$0].intersection(frame.open).count, friends[$1].intersection(frame.open).count
        )
        return first != second ? first < second : $0 > $1
      }
      var open = frame.open
      var closed = frame.closed
      for index in frame.open.subtracting(pivot.map { friends[$0] } ?? []).sorted() {
        stack.append(
          Frame(
            taken: frame.taken + [index], open: open.intersection(friends[index]),
            closed: closed.intersection(friends[index])))
        open.remove(index)
        closed.insert(index)
      }
    }
    return found
  }
}
