import Money

extension Pricer {
  typealias Multiplier = (campaign: Int32, balance: Int32, factor: Rational, lines: [Int32])

  /// What one `earn` comes to, exactly; nil when it does not fit.
  mutating func amountEarned(
    _ kind: EarnPlan.Kind, multipliers: [Multiplier]
  ) -> Rational? {
    switch kind {
    case .fixed(let amount): return Rational(amount)
    case .times: return .zero
    case .perAmount(let points, let per, let base):
      return rate(multipliers, lines(of: base), shipping: shipping(of: base)) { measure in
        Rational(Int128(measure) / Int128(per), over: 1)?.multiplied(by: Rational(points))
      }
    case .perUnits(let points, let per, let selection):
      let covered = lines(of: selection).map { pool.lines[$0] }
      let quantities = cart.quantities
      return rate(multipliers, covered, measure: { quantities[Int($0)] }) { units in
        Rational(units / per).multiplied(by: Rational(points))
      }
    case .percent(let fraction, let base):
      return rate(multipliers, lines(of: base), shipping: shipping(of: base)) { measure in
        Rational(measure).multiplied(by: fraction)
      }
    }
  }

  private mutating func lines(of base: EarnPlan.Base) -> [Int32] {
    switch base {
    case .selection(let selection):
      lines(of: selection).map { pool.lines[$0] }.filter {
        !cart.traits[Int($0)].contains(.giftCard)
      }
    case .order:
      (0..<Int32(cart.lineCount)).filter {
        cart.traits[Int($0)].isDisjoint(with: [.giftCard, .gift])
      }
    }
  }

  private mutating func shipping(of base: EarnPlan.Base) -> Int64 {
    guard case .order(withShipping: true) = base, let price = cart.shipping else { return 0 }
    return price - shippingDiscount
  }

  private mutating func rate(
    _ multipliers: [Multiplier], _ covered: [Int32], shipping: Int64, _ amount: (Int64) -> Rational?
  ) -> Rational? {
    var paid: [Int32: Int64] = [:]
    for line in covered { paid[line] = cost(ofLine: line, before: .redeem) }
    let base = paid.values.reduce(shipping, +)
    return rate(multipliers, covered, base: base, measure: { paid[$0] ?? 0 }, amount)
  }

  private mutating func rate(
    _ multipliers: [Multiplier], _ covered: [Int32], measure: (Int32) -> Int64,
    _ amount: (Int64) -> Rational?
  ) -> Rational? {
    let base = covered.reduce(0) { $0 + measure($1) }
    return rate(multipliers, covered, base: base, measure: measure, amount)
  }

  /// The base counts once; what a factor covers counts (factor − 1) times more.
  ///
  /// A line is covered by the largest factor above one that speaks of it.
  private mutating func rate(
    _ multipliers: [Multiplier], _ covered: [Int32], base: Int64, measure: (Int32) -> Int64,
    _ amount: (Int64) -> Rational?
  ) -> Rational? {
    guard var sum = amount(base) else { return nil }
    var best: [Int32: Int] = [:]
    for (index, multiplier) in multipliers.enumerated() where multiplier.factor > .one {
      for line in multiplier.lines
      where best[line].map({ multipliers[$0].factor < multiplier.factor }) ?? true {
        best[line] = index
      }
    }
    var measures: [Rational: (measure: Int64, campaigns: Set<Int32>)] = [:]
    for line in covered {
      guard let index = best[line] else { continue }
      let multiplier = multipliers[index]
      measures[multiplier.factor, default: (0, [])].measure += measure(line)
      measures[multiplier.factor]?.campaigns.insert(multiplier.campaign)
    }
    for (factor, group) in measures.sorted(by: { $0.key < $1.key }) {
      guard let more = factor.subtracting(.one), let part = amount(group.measure),
        let product = part.multiplied(by: more), let total = sum.adding(product)
      else { return nil }
      if product > .zero {
        for campaign in group.campaigns { campaigns[campaign].hasRaised = true }
      }
      sum = total
    }
    return sum
  }
}
