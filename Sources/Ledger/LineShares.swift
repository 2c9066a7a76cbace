import Money

/// How an amount of a purchase belongs to its lines.
public enum LineShares {
  /// Splits an amount over lines in proportion to their weights, by largest remainder, exactly.
  ///
  /// - Parameters:
  ///   - amount: At least zero.
  ///   - weights: One each line, at least zero; all zero counts as all the same.
  /// - Returns: One share each line; they sum to the amount, and are empty without lines.
  public static func split(_ amount: Int64, by weights: [Int64]) -> [Int64] {
    let isFlat = weights.allSatisfy { $0 == 0 }
    var parts = weights.enumerated().map { index, weight in
      SharePart(weight: isFlat ? 1 : weight, capacity: amount, rank: Int32(index))
    }
    _ = shareProportionally(amount, over: &parts)
    return parts.map(\.share)
  }

  /// The part of a line's share that belongs to its first units.
  ///
  /// It depends on how many units alone, so whatever is returned in whatever order, the parts of
  /// all units sum to the share.
  public static func part(of share: Int64, units: Int64, of quantity: Int64) -> Int64 {
    let product = Int128(share) * Int128(units)
    return Int64(product / Int128(quantity))
  }
}
