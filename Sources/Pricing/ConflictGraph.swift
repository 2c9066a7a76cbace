/// Which campaigns may not share an order.
///
/// Campaigns that conflict with the same others are one class here. Those of a class either all go
/// together or exclude one another: "one campaign alone against 5,000" is two classes, and so is a
/// group of 500 of which one is chosen beside any number that conflict with nothing.
struct ConflictGraph {
  /// Which of the campaigns that stack alike a vertex is one of; nil where it is like no other.
  typealias Kind = StackingPlan

  /// Vertices that conflict with the same others.
  struct Class {
    var members: [Int]
    /// Whether its members conflict with each other.
    var isExclusive = false
    /// The classes it conflicts with, ascending.
    var rivals: [Int] = []
  }

  private(set) var classes: [Class] = []
  /// For each vertex the class it is in.
  private var classOf: [Int] = []

  /// Asks each pair of classes of which at least one may conflict.
  ///
  /// - Parameter kind: Vertices of one kind conflict with the same others.
  init(
    vertexCount: Int, conflict: (Int, Int) -> Bool, mayConflict: (Int) -> Bool,
    kind: (Int) -> Kind? = { _ in nil }
  ) {
    var known: [Kind: Int] = [:]
    for vertex in 0..<vertexCount {
      let kind = kind(vertex)
      if let kind, let index = known[kind] {
        classes[index].members.append(vertex)
        classOf.append(index)
        continue
      }
      if let kind { known[kind] = classes.count }
      classOf.append(classes.count)
      classes.append(Class(members: [vertex]))
    }
    for index in classes.indices where classes[index].members.count > 1 {
      classes[index].isExclusive = conflict(classes[index].members[0], classes[index].members[1])
    }
    let restricts = classes.map { mayConflict($0.members[0]) }
    for first in classes.indices where restricts[first] {
      for second in classes.indices where second != first {
        if restricts[second], second < first { continue }
        guard conflict(classes[first].members[0], classes[second].members[0]) else { continue }
        classes[first].rivals.append(second)
        classes[second].rivals.append(first)
      }
    }
    for index in classes.indices { classes[index].rivals.sort() }
  }

  var isEmpty: Bool { classes.allSatisfy { $0.rivals.isEmpty && !$0.isExclusive } }

  func conflict(_ first: Int, _ second: Int) -> Bool {
    let (one, other) = (classOf[first], classOf[second])
    if one == other { return classes[one].isExclusive && first != second }
    return conflict(classes: one, other)
  }

  private func conflict(classes first: Int, _ second: Int) -> Bool {
    let others = classes[first].rivals
    var (low, high) = (0, others.count)
    while low < high {
      let middle = (low + high) / 2
      if others[middle] < second { low = middle + 1 } else { high = middle }
    }
    return low < others.count && others[low] == second
  }

  /// Every set to which no other vertex could be added, ascending; nil when there are too many.
  func maximalSets(atMost limit: Int) -> [[Int]]? {
    let free = classes.filter { $0.rivals.isEmpty && !$0.isExclusive }.flatMap(\.members)
    var sets: [[Int]] = [free]
    for component in components() {
      guard let own = maximalSets(of: component, atMost: limit), own.count <= limit / sets.count
      else { return nil }
      sets = sets.flatMap { set in own.map { set + $0 } }
    }
    return sets.map { $0.sorted() }
  }

  /// Classes that conflict with the same others, taken together, grouped where they touch.
  func components() -> [[[Int]]] {
    var twins: [[Int]: [Int]] = [:]
    var sorted: [[Int]] = []
    for index in classes.indices where classes[index].isExclusive || !classes[index].rivals.isEmpty
    {
      if classes[index].rivals.isEmpty {
        sorted.append([index])
      } else {
        twins[classes[index].rivals, default: []].append(index)
      }
    }
    sorted = (sorted + twins.values).sorted { $0[0] < $1[0] }
    var place: [Int: Int] = [:]
    for (index, members) in sorted.enumerated() {
      for member in members { place[member] = index }
    }
    var groups: [[[Int]]] = []
    var seen = Set<Int>()
    for start in sorted.indices where !seen.contains(start) {
      var pending = [start]
      var group: [[Int]] = []
      seen.insert(start)
      while let index = pending.popLast() {
        group.append(sorted[index])
        for rival in classes[sorted[index][0]].rivals {
          if let next = place[rival], seen.insert(next).inserted { pending.append(next) }
        }
      }
      groups.append(group.sorted { $0[0] < $1[0] })
    }
    return groups
  }

  /// The sets of vertices that some classes chosen together stand for; nil when too many.
  private func vertexSets(of chosen: [Int], atMost limit: Int) -> [[Int]]? {
    let together = chosen.filter { !classes[$0].isExclusive }
    var sets: [[Int]] = [together.flatMap { classes[$0].members }]
    for index in chosen where classes[index].isExclusive {
      let members = classes[index].members
      guard members.count <= limit / sets.count else { return nil }
      sets = sets.flatMap { set in members.map { set + [$0] } }
    }
    return sets
  }

  private func maximalSets(of twins: [[Int]], atMost limit: Int) -> [[Int]]? {
    guard let choices = chosenClasses(of: twins, atMost: limit) else { return nil }
    var found: [[Int]] = []
    for chosen in choices {
      guard let sets = vertexSets(of: chosen, atMost: limit) else { return nil }
      found += sets
      if found.count > limit { return nil }
    }
    return found
  }

  /// The classes of each maximal set, found by Bron and Kerbosch's search with a pivot, over twins,
  /// with a stack of its own.
  func chosenClasses(of twins: [[Int]], atMost limit: Int) -> [[Int]]? {
    let friends: [Set<Int>] = twins.indices.map { first in
      Set(
        twins.indices.filter { $0 != first && !conflict(classes: twins[first][0], twins[$0][0]) })
    }
    struct Frame {
      var taken: [Int]
      var open: Set<Int>
      var closed: Set<Int>
    }
    var stack = [Frame(taken: [], open: Set(twins.indices), closed: [])]
    var found: [[Int]] = []
    while let frame = stack.popLast() {
      if frame.open.isEmpty {
        guard frame.closed.isEmpty else { continue }
        found.append(frame.taken.flatMap { twins[$0] })
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
