/// Splits an amount over weights by largest remainder, exactly, in storage it keeps.
///
/// Most of the work is one multiplication a part; the parts that get a spare minor unit are found
/// by counting remainders by their leading bits, so nothing is sorted but the few at the border. A
/// large cart waits for memory longer than for a multiplication, so remainders are worked out
/// twice and kept nowhere.
///
/// Two loops read and write without asking for bounds part by part, which makes a large cart's order
/// discount a fifth cheaper. The proof stands before each: every list is at least as long as the
/// weights are, and the loop counts those.
struct RemainderSharing: ~Copyable {
  /// What each part takes, where that is kept.
  private(set) var shares = Column<Int64>()
  private var remainders = Column<UInt64>()
  private var counts = Column<Int32>()
  private var border = Column<BorderPart>()

  /// Takes an amount off some weights, each its share.
  ///
  /// - Parameters:
  ///   - amount: Above zero, at most `total`.
  ///   - weights: Each at least zero; what is left of each afterwards.
  ///   - total: Their sum.
  ///   - heaviest: No weight is above it.
  ///   - keepsShares: Whether the shares stand in `shares` afterwards.
  ///   - precedes: Which of two parts of one remainder and one weight comes first; a total order
  ///     of parts that weigh something.
  /// - Complexity: O(parts).
  mutating func share(
    _ amount: Int64, offEach weights: inout Column<Int64>, total: Int64, heaviest: Int64,
    keepsShares: Bool, precedes: (Int, Int) -> Bool
  ) {
    if weights.count <= RemainderSharing.few {
      return shareOverFew(amount, offEach: &weights, total: total, heaviest, precedes)
    }
    shares.fill(0, count: keepsShares ? weights.count : 0)
    let (product, isWide) = amount.multipliedReportingOverflow(by: heaviest)
    if isWide || total >= 1 << 62 || total < 2 {
      share(
        amount, &weights, WideShares(amount: amount, total: total), largest: total, precedes)
    } else if product < total {
      share(amount, &weights, NoShares(), largest: heaviest, precedes)
    } else {
      share(amount, &weights, PlainShares(amount: amount, total: total), largest: total, precedes)
    }
  }

  /// Nothing has been taken off a part after all.
  mutating func forgetShare(of part: Int) { shares[part] = 0 }

  /// So many parts are shared over without counting remainders.
  private static let few = 12

  /// The spare units go out one by one, each to the part that has most left over.
  private mutating func shareOverFew(
    _ amount: Int64, offEach weights: inout Column<Int64>, total: Int64, _ heaviest: Int64,
    _ precedes: (Int, Int) -> Bool
  ) {
    shares.clear()
    remainders.clear()
    let isWide = amount.multipliedReportingOverflow(by: heaviest).overflow
    var spare = amount
    for part in weights.indices {
      let product = UInt64(bitPattern: amount).multipliedFullWidth(
        by: UInt64(bitPattern: weights[part]))
      let (quotient, remainder) =
        isWide
        ? UInt64(bitPattern: total).dividingFullWidth(product)
        : product.low.quotientAndRemainder(dividingBy: UInt64(bitPattern: total))
      shares.append(Int64(bitPattern: quotient))
      remainders.append(remainder)
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

  /// - Parameter largest: No remainder is above it.
  private mutating func share(
    _ amount: Int64, _ weights: inout Column<Int64>, _ division: some ShareDivision,
    largest: Int64, _ precedes: (Int, Int) -> Bool
  ) {
    let bits = weights.count < 256 ? 6 : weights.count < 65_536 ? 10 : 12
    let shift = UInt64(max(0, 64 - largest.leadingZeroBitCount - bits))
    counts.fill(0, count: 1 << bits)
    let whole = RemainderSharing.count(weights.span, division, shift, &counts)
    let (bucket, left) = borderBucket(amount - whole)
    RemainderSharing.take(division, above: bucket, shift, &weights, &shares, &border)
    handOut(left, &weights, precedes)
  }

  /// Counts how many remainders begin with which bits; answers the sum of the whole shares.
  private static func count(
    _ weights: Span<Int64>, _ division: some ShareDivision, _ shift: UInt64,
    _ counts: inout Column<Int32>
  ) -> Int64 {
    var counts = counts.mutableSpan
    var sum: UInt64 = 0
    for part in weights.indices {
      let (share, remainder) = division.share(of: UInt64(bitPattern: weights[part]))
      counts[Int(truncatingIfNeeded: remainder &>> shift)] &+= 1
      sum &+= share
    }
    return Int64(bitPattern: sum)
  }

  /// The bucket of remainders in which the spare units run out, and how many it still gets.
  private func borderBucket(_ spare: Int64) -> (bucket: Int, left: Int) {
    // Without a spare unit no part lies above the border.
    guard spare > 0 else { return (counts.count, 0) }
    var bucket = counts.count - 1
    var left = Int(spare)
    while counts[bucket] < left {
      left -= Int(counts[bucket])
      bucket -= 1
    }
    return (bucket, left)
  }

  /// Takes the whole shares off the weights, and one more where the remainder lies above a bucket;
  /// notes the parts in it.
  private static func take(
    _ division: some ShareDivision, above bucket: Int, _ shift: UInt64,
    _ weights: inout Column<Int64>, _ shares: inout Column<Int64>,
    _ border: inout Column<BorderPart>
  ) {
    border.clear()
    var shares = shares.mutableSpan
    var weights = weights.mutableSpan
    let bucket = UInt64(bucket)
    let keepsShares = !shares.isEmpty
    let parts = weights.count
    precondition(!keepsShares || shares.count == parts, "room has been made")
    for part in 0..<parts {
      let weight = weights[unchecked: part]
      let (whole, remainder) = division.share(of: UInt64(bitPattern: weight))
      let own = remainder &>> shift
      let share = Int64(bitPattern: whole &+ (own > bucket ? 1 : 0))
      weights[unchecked: part] = weight &- share
      if keepsShares { shares[unchecked: part] = share }
      if own == bucket {
        border.append(
          BorderPart(
            remainder: remainder, weight: weight, part: Int32(truncatingIfNeeded: part)))
      }
    }
  }

  /// Gives one more to some parts of the border, those with the largest remainders; of one
  /// remainder, those that weighed most.
  private mutating func handOut(
    _ count: Int, _ weights: inout Column<Int64>, _ precedes: (Int, Int) -> Bool
  ) {
    if count < border.count { RemainderSharing.sort(&border, precedes) }
    for place in 0..<count {
      let part = Int(border[place].part)
      weights[part] &-= 1
      if !shares.isEmpty { shares[part] &+= 1 }
    }
  }

  private static func sort(_ border: inout Column<BorderPart>, _ precedes: (Int, Int) -> Bool) {
    var list = border.mutableSpan
    sortInPlace(&list, 0..<list.count) { one, other in
      if one.remainder != other.remainder { return one.remainder > other.remainder }
      if one.weight != other.weight { return one.weight > other.weight }
      return precedes(Int(one.part), Int(other.part))
    }
  }
}

/// A part whose remainder begins as those do among which the spare units run out.
struct BorderPart: BitwiseCopyable {
  let remainder: UInt64
  /// What it weighed.
  let weight: Int64
  let part: Int32
}

/// How much of an amount falls on a weight.
private protocol ShareDivision {
  /// The whole share, and what is left over of it.
  func share(of weight: UInt64) -> (whole: UInt64, remainder: UInt64)
}

/// Where every product of the amount and a weight fits 63 bits.
private struct PlainShares: ShareDivision {
  private let amount: UInt64
  private let division: Division

  init(amount: Int64, total: Int64) {
    self.amount = UInt64(amount)
    division = Division(by: UInt64(total))
  }

  @inline(__always)
  func share(of weight: UInt64) -> (whole: UInt64, remainder: UInt64) {
    let product = amount &* weight
    let quotient = division.quotient(of: product)
    return (quotient, product &- quotient &* division.divisor)
  }
}

/// Where no product reaches the total: no share is whole, and remainders rank as weights do.
private struct NoShares: ShareDivision {
  @inline(__always)
  func share(of weight: UInt64) -> (whole: UInt64, remainder: UInt64) { (0, weight) }
}

/// Where products need 128 bits.
private struct WideShares: ShareDivision {
  let amount: UInt64
  let total: UInt64

  init(amount: Int64, total: Int64) {
    self.amount = UInt64(amount)
    self.total = UInt64(total)
  }

  @inline(__always)
  func share(of weight: UInt64) -> (whole: UInt64, remainder: UInt64) {
    let (quotient, remainder) = total.dividingFullWidth(amount.multipliedFullWidth(by: weight))
    return (quotient, remainder)
  }
}
