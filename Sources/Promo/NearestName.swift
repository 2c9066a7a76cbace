/// The known name that a mistyped one most likely means; nil when none is near.
///
/// Near is at most a third of the letters mistyped; case and the marks between words do not count.
func nearestName(to name: String, in known: [String]) -> String? {
  let folded = Array(foldedBytes(name).prefix(64))
  var best: (name: String, distance: Int)?
  for candidate in known {
    let letters = foldedBytes(candidate)
    let distance = editDistance(folded, letters)
    guard 3 * distance <= max(folded.count, letters.count) else { continue }
    if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
  }
  return best?.name
}

private func foldedBytes(_ name: String) -> [UInt8] {
  name.utf8.compactMap { byte in
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: " "): nil
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    default: byte
    }
  }
}

/// Letters put in, left out, mistaken or swapped with their neighbour, at least.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let isSame = left[row] == right[column]
      var cost = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.count]
}
