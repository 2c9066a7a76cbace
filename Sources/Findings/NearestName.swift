/// The name an author most likely meant, or nil when none is near enough.
///
/// Near enough is an edit distance of at most a third of the name's length, where exchanging two
/// neighbours counts once. Among equals the first in alphabetical order is taken.
package func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  nearName(to: name, among: candidates)?.name
}

/// A name that an author may have meant.
package struct NearName: Sendable {
  package var name: String
  /// Whether it is the only one as near, and not just the same with other digits.
  package var isSure: Bool
}

/// The nearest name, as `nearestName` finds it, and whether there is no doubt about it.
package func nearName(to name: String, among candidates: some Sequence<String>) -> NearName? {
  let wanted = Array(name.utf8)
  let limit = wanted.count / 3
  guard limit > 0, wanted.count <= 128 else { return nil }
  var best: (distance: Int, name: String)?
  var isAlone = true
  for candidate in candidates {
    let letters = Array(candidate.utf8)
    guard abs(letters.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    guard distance <= limit, distance > 0 else { continue }
    if let best {
      if distance == best.distance, candidate != best.name { isAlone = false }
      if distance < best.distance { isAlone = true }
      if (best.distance, best.name) <= (distance, candidate) { continue }
    }
    best = (distance, candidate)
  }
  guard let best else { return nil }
  return NearName(name: best.name, isSure: isAlone && !differInDigits(name, best.name))
}

/// Whether two names are the same but for digits, which are hardly ever a slip.
private func differInDigits(_ left: String, _ right: String) -> Bool {
  func letters(_ name: String) -> [UInt8] { name.utf8.filter { $0 &- 0x30 >= 10 } }
  return letters(left) == letters(right)
}

/// Insertions, deletions, replacements and exchanges of neighbours that turn one into the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let isSame = left[row] == right[column]
      var cost = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
