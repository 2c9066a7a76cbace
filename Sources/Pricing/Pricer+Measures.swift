import Money

extension Pricer {
  /// What a measure comes to; computed when first asked for.
  mutating func measurement(_ slot: Int32) -> Measurement {
    if measurementStamps[Int(slot)] == stamp { return measurements[Int(slot)] }
    let found =
      switch program.measures[Int(slot)] {
      case .aggregate(let plan): aggregate(plan)
      case .history(let query, let zone): history(query, zone: zone)
      case .balance(let index):
        shopper.isAnonymous ? Measurement.missing : .number(shopper.balances[Int(index)])
      }
    measurements[Int(slot)] = found
    measurementStamps[Int(slot)] = stamp
    return found
  }

  /// A sum over a selection on original prices.
  private mutating func aggregate(_ plan: AggregatePlan) -> Measurement {
    if plan.kind == .quantity, let units = bucketUnits(plan.selection) { return .number(units) }
    let lines = lines(of: plan.selection)
    if selections.hasFailed(plan.selection) { return .failed }
    work.lineCount += lines.count
    switch plan.kind {
    case .quantity: return .number(sum(lines) { $0.quantities[$1] })
    case .kinds: return .number(kinds(lines))
    case .subtotal: return .number(sum(lines) { $0.prices[$1] &* $0.quantities[$1] })
    case .cheapestPrice: return extremePrice(lines) { $0 < $1 }
    case .dearestPrice: return extremePrice(lines) { $0 > $1 }
    }
  }

  /// Units of a selection that is one bucket of a cart without undiscountable lines.
  private mutating func bucketUnits(_ selection: Int32) -> Int64? {
    guard cart.isAllDiscountable, case .narrowed(0, let slot) = program.selections[Int(selection)]
    else { return nil }
    return buckets.units(of: slot, stamp)
  }

  private mutating func sum(_ lines: Range<Int>, _ term: (borrowing CartColumns, Int) -> Int64)
    -> Int64
  {
    var sum: Int64 = 0
    for place in lines { sum &+= term(cart, Int(pool.lines[place])) }
    return sum
  }

  private mutating func extremePrice(
    _ lines: Range<Int>, _ precedes: (Int64, Int64) -> Bool
  ) -> Measurement {
    guard let first = lines.first else { return .missing }
    var best = cart.prices[Int(pool.lines[first])]
    for place in lines {
      let price = cart.prices[Int(pool.lines[place])]
      if precedes(price, best) { best = price }
    }
    return .number(best)
  }

  private static func sort(_ numbers: inout Column<Int32>, from start: Int) {
    var span = numbers.mutableSpan
    sortInPlace(&span, start..<span.count) { $0 < $1 }
  }

  /// How many skus are among some lines.
  private mutating func kinds(_ lines: Range<Int>) -> Int64 {
    guard cart.hasRepeatedSKUs else { return Int64(lines.count) }
    let noted = scratch.lines.count
    for place in lines { scratch.lines.append(cart.skuRanks[Int(pool.lines[place])]) }
    Pricer.sort(&scratch.lines, from: noted)
    var kinds: Int64 = 0
    for place in noted..<scratch.lines.count
    where place == noted || scratch.lines[place] != scratch.lines[place - 1] {
      kinds += 1
    }
    scratch.lines.cut(to: noted)
    return kinds
  }

  /// What a selection costs as the reading stage finds it.
  mutating func subtotalAfterDiscounts(of selection: Int32) -> Value {
    let lines = lines(of: selection)
    if selections.hasFailed(selection) { return .failed }
    var sum: Int64 = 0
    for place in lines { sum += cost(ofLine: pool.lines[place], before: readingStage) }
    return .count(sum)
  }

  /// What a line costs after the stages before one.
  func cost(ofLine line: Int32, before stage: Stage) -> Int64 {
    runs.cost(ofLine: line, before: stage)
  }
}
