/// Splits an amount over weights by largest remainder, exactly, in storage it keeps.
///
/// Most of the work is one multiplication a part; the parts that get a spare minor unit are found
/// by counting remainders by their leading bits, so nothing is sorted but the few at the border.
struct RemainderSharing {
  /// What each part takes.
  private(set) var shares: [Int64] = []
  private var remainders: [UInt64] = []
  private var counts: [Int32] = []
  private var border: [Int32] = []

  /// Shares an amount; the result stands in `shares`.
  ///
  /// - Parameters:
  ///   - amount: At most `total`.
  ///   - weights: Each at least zero.
  ///   - total: Their sum, above zero.
  ///   - precedes: Which of two parts of one remainder and one weight comes first; a total order.
  /// - Complexity: O(parts).
  mutating func share(
    _ amount: Int64, over weights: Span<Int64>, total: Int64, precedes: (Int, Int) -> Bool
  ) {
    makeRoom(weights.count)
    let shift = UInt64(max(0, 64 - UInt64(total).leadingZeroBitCount - bits(weights.count)))
    let whole = RemainderSharing.divide(
      amount, weights, total, shift, &shares, &remainders, &counts)
    let spare = amount - whole
    guard spare > 0 else { return }
    let (bucket, left) = borderBucket(spare, weights.count)
    let takesAll = counts[bucket] == left
    RemainderSharing.raise(
      above: bucket, orIn: takesAll, weights.count, shift, remainders, &shares, &border)
    if !takesAll {
      RemainderSharing.handOut(Int(left), weights, remainders, &border, &shares, precedes)
    }
  }

  private func bits(_ count: Int) -> Int { count < 256 ? 6 : 10 }

  private mutating func makeRoom(_ count: Int) {
    if shares.count < count {
      shares = Array(repeating: 0, count: max(count, 2 * shares.count))
      remainders = Array(repeating: 0, count: shares.count)
    }
    if counts.isEmpty { counts = Array(repeating: 0, count: 1024) }
    let size = 1 << bits(count)
    var counts = counts.mutableSpan
    for bucket in 0..<size { counts[bucket] = 0 }
  }

  /// Whole shares, remainders, and how many remainders begin with which bits; answers the sum of
  /// the shares.
  private static func divide(
    _ amount: Int64, _ weights: Span<Int64>, _ total: Int64, _ shift: UInt64,
    _ shares: inout [Int64], _ remainders: inout [UInt64], _ counts: inout [Int32]
  ) -> Int64 {
    var shares = shares.mutableSpan
    var remainders = remainders.mutableSpan
    var counts = counts.mutableSpan
    var sum: Int64 = 0
    let isWide = total >= 1 << 62 || amount.multipliedReportingOverflow(by: total).overflow
    let division = Division(by: isWide ? 1 : UInt64(total))
    for part in weights.indices {
      let quotient: UInt64
      let remainder: UInt64
      if isWide {
        let product = UInt64(amount).multipliedFullWidth(by: UInt64(weights[part]))
        (quotient, remainder) = UInt64(total).dividingFullWidth(product)
      } else {
        let product = UInt64(bitPattern: amount &* weights[part])
        quotient = division.quotient(of: product)
        remainder = product &- quotient &* division.divisor
      }
      shares[part] = Int64(bitPattern: quotient)
      remainders[part] = remainder
      counts[Int(remainder &>> shift)] &+= 1
      sum &+= Int64(bitPattern: quotient)
    }
    return sum
  }

  /// The bucket of remainders in which the spare units run out, and how many it still gets.
  private func borderBucket(_ spare: Int64, _ count: Int) -> (bucket: Int, left: Int32) {
    var bucket = (1 << bits(count)) - 1
    var left = Int32(spare)
    while counts[bucket] < left {
      left -= counts[bucket]
      bucket -= 1
    }
    return (bucket, left)
  }

  /// Gives one more to the parts whose remainder lies above a bucket; notes those in it, or raises
  /// them too.
  private static func raise(
    above bucket: Int, orIn takesAll: Bool, _ count: Int, _ shift: UInt64,
    _ remainders: [UInt64], _ shares: inout [Int64], _ border: inout [Int32]
  ) {
    border.removeAll(keepingCapacity: true)
    let remainders = remainders.span
    var shares = shares.mutableSpan
    for part in 0..<count {
      let own = Int(remainders[part] &>> shift)
      if own < bucket { continue }
      if own > bucket || takesAll { shares[part] &+= 1 } else { border.append(Int32(part)) }
    }
  }

  /// Gives one more to some parts of the border, those with the largest remainders.
  private static func handOut(
    _ count: Int, _ weights: Span<Int64>, _ remainders: [UInt64], _ border: inout [Int32],
    _ shares: inout [Int64], _ precedes: (Int, Int) -> Bool
  ) {
    var list = border.mutableSpan
    sortInPlace(&list, 0..<list.count) { first, second in
      let (one, other) = (Int(first), Int(second))
      if remainders[one] != remainders[other] { return remainders[one] > remainders[other] }
      if weights[one] != weights[other] { return weights[one] > weights[other] }
      return precedes(one, other)
    }
    for place in 0..<count { shares[Int(list[place])] &+= 1 }
  }
}
