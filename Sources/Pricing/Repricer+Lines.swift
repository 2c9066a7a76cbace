extension Repricer {
  /// Gives a line another quantity.
  package mutating func setQuantity(_ quantity: Int64, of line: Int32) {
    let more = quantity - pricer.cart.quantities[Int(line)]
    measure(line, leaves: true, .quantity)
    pricer.cart.quantities[Int(line)] = quantity
    pricer.cart.skuQuantities[pricer.cart.skuPlace(Int(line))] += more
    measure(line, leaves: false, .quantity)
    pricer.buckets.add(more, of: line, pricer.cart)
    forgetWide()
    reach(line)
  }

  /// Gives a line another price of one unit.
  package mutating func setPrice(_ price: Int64, isOnSale: Bool, of line: Int32) {
    measure(line, leaves: true, .everything)
    pricer.cart.prices[Int(line)] = price
    pricer.cart.dearestPrice = max(pricer.cart.dearestPrice, price)
    if isOnSale {
      pricer.cart.traits[Int(line)].insert(.onSale)
    } else {
      pricer.cart.traits[Int(line)].remove(.onSale)
    }
    measure(line, leaves: false, .everything)
    forgetSelections(of: line)
    forgetWide()
    reach(line)
  }

  /// Takes in a line that has been put into the columns where there was room.
  package mutating func take(_ line: Int32) {
    pricer.buckets.append(line, pricer.cart, pool: &pricer.pool, stamp: pricer.stamp)
    measure(line, leaves: false, .everything)
    forgetSelections(of: line)
    forgetWide()
    reach(line)
  }

  /// Takes a line out.
  package mutating func remove(_ line: Int32) {
    measure(line, leaves: true, .everything)
    pricer.buckets.remove(line, pricer.cart, pool: &pricer.pool, stamp: pricer.stamp)
    forgetSelections(of: line)
    forgetWide()
    reach(line)
    pricer.cart.vacate(Int(line))
  }

  private enum Change { case quantity, everything }

  /// Brings measures up to date for a line that leaves the selections it is in, or enters them.
  private mutating func measure(_ line: Int32, leaves: Bool, _ change: Change) {
    let stamp = pricer.stamp
    let known = plan.measures(of: pricer.cart.slots(of: line)).filter {
      pricer.measurementStamps[Int($0)] == stamp
    }
    guard !known.isEmpty else { return }
    enterPart([line])
    var held: [(measure: Int32, kind: AggregatePlan.Kind)] = []
    for measure in known {
      guard case .aggregate(let plan) = pricer.program.measures[Int(measure)] else { continue }
      if !pricer.lines(of: plan.selection).isEmpty { held.append((measure, plan.kind)) }
    }
    leavePart()
    visitCount += 1
    for (measure, kind) in held { update(measure, kind, line, leaves: leaves, change) }
  }

  private mutating func update(
    _ measure: Int32, _ kind: AggregatePlan.Kind, _ line: Int32, leaves: Bool, _ change: Change
  ) {
    let (price, quantity) = (pricer.cart.prices[Int(line)], pricer.cart.quantities[Int(line)])
    let before = pricer.measurements[Int(measure)]
    switch (kind, before) {
    case (.quantity, .number(let sum)):
      pricer.measurements[Int(measure)] = .number(leaves ? sum &- quantity : sum &+ quantity)
    case (.subtotal, .number(let sum)):
      let cost = price &* quantity
      pricer.measurements[Int(measure)] = .number(leaves ? sum &- cost : sum &+ cost)
    case (.kinds, .number(let count)) where !pricer.cart.hasRepeatedSKUs:
      if change == .quantity { return }
      pricer.measurements[Int(measure)] = .number(leaves ? count - 1 : count + 1)
    case (.cheapestPrice, .number(let best)), (.dearestPrice, .number(let best)):
      if change == .quantity { return }
      if leaves {
        // Who comes next is found when somebody asks.
        if price == best { forget(measure) }
      } else {
        pricer.measurements[Int(measure)] = .number(
          kind == .cheapestPrice ? min(best, price) : max(best, price))
      }
    case (.kinds, _) where change == .quantity: return
    default: forget(measure)
    }
  }

  private mutating func forget(_ measure: Int32) { pricer.measurementStamps[Int(measure)] = 0 }

  /// Lists that may hold a line are made again when somebody asks for them.
  private mutating func forgetSelections(of line: Int32) {
    for selection in plan.selections(of: pricer.cart.slots(of: line)) {
      pricer.selections.forget(selection)
    }
  }

  /// What was asked of no line may not have been asked at all this time; who looks for campaigns
  /// that are near tells the one from the other.
  mutating func forgetMissing() {
    for measure in plan.extremeMeasures where pricer.measurements[Int(measure)] == .missing {
      forget(measure)
    }
  }

  private mutating func forgetWide() {
    for selection in plan.wideSelections { pricer.selections.forget(selection) }
    for measure in plan.wideMeasures { forget(measure) }
  }
}
