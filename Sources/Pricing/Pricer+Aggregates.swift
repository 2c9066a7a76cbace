import Money

extension Pricer {
  /// A sum over a selection on original prices; computed when first asked for.
  mutating func aggregate(_ slot: Int32) -> Value {
    if let value = aggregateValues[Int(slot)] { return value }
    let value = computeAggregate(program.aggregates[Int(slot)])
    aggregateValues[Int(slot)] = value
    return value
  }

  private mutating func computeAggregate(_ plan: AggregatePlan) -> Value {
    let lines = lines(of: plan.selection)
    if failedSelections.contains(plan.selection) { return .failed }
    switch plan.kind {
    case .quantity:
      return .count(lines.reduce(0) { $0 + cart.quantities[Int($1)] })
    case .kinds:
      return .count(Int64(Set(lines.map { cart.skuRanks[Int($0)] }).count))
    case .subtotal:
      return .count(lines.reduce(0) { $0 + cart.prices[Int($1)] * cart.quantities[Int($1)] })
    case .cheapestPrice:
      return lines.map { cart.prices[Int($0)] }.min().map(Value.count) ?? .missing
    case .dearestPrice:
      return lines.map { cart.prices[Int($0)] }.max().map(Value.count) ?? .missing
    }
  }

  /// What a selection costs as the reading stage finds it.
  mutating func subtotalAfterDiscounts(of selection: Int32) -> Value {
    let lines = lines(of: selection)
    if failedSelections.contains(selection) { return .failed }
    return .count(lines.reduce(0) { $0 + cost(ofLine: $1, before: readingStage) })
  }

  /// What a line costs after the stages before one.
  func cost(ofLine line: Int32, before stage: Stage) -> Int64 {
    var cost: Int64 = 0
    runs.forEachRun(of: line) { run in
      cost += runs.price(run) * runs.quantity(run)
      if stage > .order { cost -= runs.orderShares[Int(run)] }
      if stage > .shipping { cost -= runs.redeemedShares[Int(run)] }
    }
    return cost
  }
}
