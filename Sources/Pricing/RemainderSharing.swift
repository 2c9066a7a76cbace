/// Splits an amount over weights by largest remainder, exactly, in storage it keeps.
///
/// Most of the work is one multiplication a part; the parts that get a spare minor unit are found
/// by counting remainders by their leading bits, so nothing is sorted but the few at the border.
///
/// Two loops read and write without asking for bounds part by part, which makes a large cart's order
/// discount a fifth cheaper. The proof stands before each: every list is at least as long as the
/// weights are, and the loop counts those.
struct RemainderSharing {
  /// What each part takes.
  private(set) var shares: [Int64] = []
  private var remainders: [UInt64] = []
  private var counts: [Int32] = []
  private var border: [Int32] = []

  /// Takes an amount off some weights, each its share; the shares stand in `shares`.
  ///
  /// - Parameters:
  ///   - amount: Above zero, at most `total`.
  ///   - weights: Each at least zero; what is left of each afterwards.
  ///   - total: Their sum.
  ///   - heaviest: No weight is above it.
  ///   - precedes: Which of two parts of one remainder and one weight comes first; a total order.
  /// - Complexity: O(parts).
  mutating func share(
    _ amount: Int64, offEach weights: inout Column<Int64>, total: Int64, heaviest: Int64,
    precedes: (Int, Int) -> Bool
  ) {
    if weights.count <= RemainderSharing.few {
      return shareOverFew(amount, offEach: &weights, total: total, heaviest, precedes)
    }
    let bits = weights.count < 256 ? 6 : weights.count < 65_536 ? 10 : 12
    makeRoom(weights.count, buckets: 1 << bits)
    let (product, isWide) = amount.multipliedReportingOverflow(by: heaviest)
    let largest = isWide ? total : min(total, product)
    let shift = UInt64(max(0, 64 - largest.leadingZeroBitCount - bits))
    let whole =
      isWide || total >= 1 << 62 || total < 2
      ? RemainderSharing.divideWide(
        amount, weights.span, total, shift, &shares, &remainders, &counts)
      : RemainderSharing.divide(
        amount, weights.span, total, shift, &shares, &remainders, &counts)
    let (bucket, left) = borderBucket(amount - whole, buckets: 1 << bits)
    RemainderSharing.raise(above: bucket, shift, remainders, &shares, &weights, &border)
    RemainderSharing.handOut(Int(left), remainders, &border, &shares, &weights, precedes)
  }

  /// So many parts are shared over without counting remainders.
  private static let few = 12

  /// The spare units go out one by one, each to the part that has most left over.
  private mutating func shareOverFew(
    _ amount: Int64, offEach weights: inout Column<Int64>, total: Int64, _ heaviest: Int64,
    _ precedes: (Int, Int) -> Bool
  ) {
    makeRoom(RemainderSharing.few, buckets: 0)
    let isWide = amount.multipliedReportingOverflow(by: heaviest).overflow
    var spare = amount
    for part in weights.indices {
      let product = UInt64(bitPattern: amount).multipliedFullWidth(
        by: UInt64(bitPattern: weights[part]))
      let (quotient, remainder) =
        isWide
        ? UInt64(bitPattern: total).dividingFullWidth(product)
        : product.low.quotientAndRemainder(dividingBy: UInt64(bitPattern: total))
      shares[part] = Int64(bitPattern: quotient)
      remainders[part] = remainder
      spare -= Int64(bitPattern: quotient)
    }
    while spare > 0 {
      var best = 0
      for part in 1..<weights.count where isBefore(part, best, weights, precedes) { best = part }
      shares[best] += 1
      remainders[best] = 0
      spare -= 1
    }
    for part in weights.indices { weights[part] -= shares[part] }
  }

  /// Whether a part gets a spare unit before another.
  @inline(__always)
  private func isBefore(
    _ part: Int, _ other: Int, _ weights: borrowing Column<Int64>, _ precedes: (Int, Int) -> Bool
  ) -> Bool {
    if remainders[part] != remainders[other] { return remainders[part] > remainders[other] }
    if weights[part] != weights[other] { return weights[part] > weights[other] }
    return precedes(part, other)
  }

  private mutating func makeRoom(_ count: Int, buckets: Int) {
    if shares.count < count {
      shares = Array(repeating: 0, count: max(count, 2 * shares.count))
      remainders = Array(repeating: 0, count: shares.count)
    }
    if counts.isEmpty { counts = Array(repeating: 0, count: 4096) }
    var counts = counts.mutableSpan
    for bucket in 0..<buckets { counts[bucket] = 0 }
  }

  /// Whole shares, remainders, and how many remainders begin with which bits, where every product
  /// fits 63 bits; answers the sum of the shares.
  private static func divide(
    _ amount: Int64, _ weights: Span<Int64>, _ total: Int64, _ shift: UInt64,
    _ shares: inout [Int64], _ remainders: inout [UInt64], _ counts: inout [Int32]
  ) -> Int64 {
    let parts = weights.count
    var shares = shares.mutableSpan
    var remainders = remainders.mutableSpan
    var counts = counts.mutableSpan
    precondition(shares.count >= parts && remainders.count >= parts, "room has been made")
    let division = Division(by: UInt64(total))
    var sum: UInt64 = 0
    for part in 0..<parts {
      let product = UInt64(bitPattern: amount &* weights[unchecked: part])
      let quotient = division.quotient(of: product)
      let remainder = product &- quotient &* division.divisor
      shares[unchecked: part] = Int64(bitPattern: quotient)
      remainders[unchecked: part] = remainder
      counts[Int(truncatingIfNeeded: remainder &>> shift)] &+= 1
      sum &+= quotient
    }
    return Int64(bitPattern: sum)
  }

  /// The same where products need 128 bits.
  private static func divideWide(
    _ amount: Int64, _ weights: Span<Int64>, _ total: Int64, _ shift: UInt64,
    _ shares: inout [Int64], _ remainders: inout [UInt64], _ counts: inout [Int32]
  ) -> Int64 {
    var sum: Int64 = 0
    for part in weights.indices {
      let product = UInt64(amount).multipliedFullWidth(by: UInt64(weights[part]))
      let (quotient, remainder) = UInt64(total).dividingFullWidth(product)
      shares[part] = Int64(quotient)
      remainders[part] = remainder
      counts[Int(remainder >> shift)] += 1
      sum += shares[part]
    }
    return sum
  }

  /// The bucket of remainders in which the spare units run out, and how many it still gets.
  private func borderBucket(_ spare: Int64, buckets: Int) -> (bucket: Int, left: Int32) {
    // Without a spare unit no part lies above the border.
    guard spare > 0 else { return (buckets, 0) }
    var bucket = buckets - 1
    var left = Int32(spare)
    while counts[bucket] < left {
      left -= counts[bucket]
      bucket -= 1
    }
    return (bucket, left)
  }

  /// Gives one more to the parts whose remainder lies above a bucket, notes those in it, and takes
  /// the shares off the weights.
  private static func raise(
    above bucket: Int, _ shift: UInt64, _ remainders: [UInt64], _ shares: inout [Int64],
    _ weights: inout Column<Int64>, _ border: inout [Int32]
  ) {
    border.clear()
    let remainders = remainders.span
    var shares = shares.mutableSpan
    var weights = weights.mutableSpan
    let bucket = UInt64(bucket)
    let parts = weights.count
    precondition(shares.count >= parts && remainders.count >= parts, "room has been made")
    for part in 0..<parts {
      let own = remainders[unchecked: part] &>> shift
      let share = shares[unchecked: part] &+ (own > bucket ? 1 : 0)
      shares[unchecked: part] = share
      weights[unchecked: part] &-= share
      if own == bucket { border.append(Int32(truncatingIfNeeded: part)) }
    }
  }

  /// Gives one more to some parts of the border, those with the largest remainders; of one
  /// remainder, those that weighed most.
  private static func handOut(
    _ count: Int, _ remainders: [UInt64], _ border: inout [Int32], _ shares: inout [Int64],
    _ weights: inout Column<Int64>, _ precedes: (Int, Int) -> Bool
  ) {
    var list = border.mutableSpan
    let remainders = remainders.span
    var shares = shares.mutableSpan
    var weights = weights.mutableSpan
    if count < list.count {
      sortInPlace(&list, 0..<list.count) { first, second in
        let (one, other) = (Int(first), Int(second))
        if remainders[one] != remainders[other] { return remainders[one] > remainders[other] }
        let (weight, otherWeight) = (
          weights[one] &+ shares[one], weights[other] &+ shares[other]
        )
        if weight != otherWeight { return weight > otherWeight }
        return precedes(one, other)
      }
    }
    for place in 0..<count {
      shares[Int(list[place])] &+= 1
      weights[Int(list[place])] &-= 1
    }
  }
}
