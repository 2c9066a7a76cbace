/// Something that takes part in an amount.
package struct SharePart: Sendable {
  /// Its weight; at least zero.
  package var weight: Int64
  /// The most it can take; at least zero.
  package var capacity: Int64
  /// Its place among parts of one weight and one remainder; the lower comes first.
  package var rank: Int32
  /// What it takes; filled in.
  package var share: Int64 = 0
  /// A part that takes nothing yet.
  package init(weight: Int64, capacity: Int64, rank: Int32) {
    self.weight = weight
    self.capacity = capacity
    self.rank = rank
  }
}

/// Splits an amount over parts in proportion to their weights, by largest remainder, exactly.
///
/// Parts whose exact share passes what they can take are set to it, what is left is shared over the
/// others, and only then rounded. Spare minor units go one each to the largest remainders; ties to
/// the larger weight, then to the lower rank. What no part can take is not given.
///
/// - Parameters:
///   - amount: Minor units to hand out; below zero hands out nothing.
///   - parts: Their shares are filled in; ranks differ.
/// - Returns: What was handed out.
/// - Complexity: O(n log n) in the parts.
package func shareProportionally(_ amount: Int64, over parts: inout [SharePart]) -> Int64 {
  var left = Int128(max(0, amount))
  var free: [Int] = []
  var weight: Int128 = 0
  for index in parts.indices {
    parts[index].share = 0
    guard parts[index].weight > 0, parts[index].capacity > 0 else { continue }
    free.append(index)
    weight += Int128(parts[index].weight)
  }
  var isSettled = false
  while !isSettled, !free.isEmpty {
    let (rest, restWeight) = (left, weight)
    let full = free.filter {
      rest * Int128(parts[$0].weight) > Int128(parts[$0].capacity) * restWeight
    }
    isSettled = full.isEmpty
    for index in full {
      parts[index].share = parts[index].capacity
      left -= Int128(parts[index].capacity)
      weight -= Int128(parts[index].weight)
    }
    if !isSettled { free.removeAll { parts[$0].share > 0 } }
  }
  var spare = left
  var remainders: [(index: Int, remainder: Int128)] = []
  for index in free {
    let (quotient, remainder) = (left * Int128(parts[index].weight)).quotientAndRemainder(
      dividingBy: weight)
    parts[index].share = Int64(quotient)
    spare -= quotient
    if remainder > 0 { remainders.append((index, remainder)) }
  }
  if spare > 0, !free.isEmpty {
    remainders.sort {
      if $0.remainder != $1.remainder { return $0.remainder > $1.remainder }
      let (first, second) = (parts[$0.index].weight, parts[$1.index].weight)
      if first != second { return first > second }
      return parts[$0.index].rank < parts[$1.index].rank
    }
    for entry in remainders.prefix(Int(spare)) { parts[entry.index].share += 1 }
  }
  return parts.reduce(0) { $0 + $1.share }
}
