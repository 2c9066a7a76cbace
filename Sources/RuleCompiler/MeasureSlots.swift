import Pricing

/// Gives every distinct measure one slot, and one expression for all who read it.
struct MeasureSlots {
  /// By slot.
  private(set) var plans: [MeasurePlan] = []
  private var expressions: [Expression] = []
  /// The slots of sums, by selection and kind; −1 for none.
  private var aggregateSlots: [Int32] = []
  private var otherSlots: [MeasurePlan: Int32] = [:]

  private static let kindCount = 5

  /// Makes room for sums over as many selections as there will be.
  mutating func reserve(selections count: Int) {
    aggregateSlots = Array(repeating: -1, count: count * MeasureSlots.kindCount)
  }

  /// What reads a sum over a selection.
  mutating func expression(_ plan: AggregatePlan) -> Expression {
    let place = Int(plan.selection) * MeasureSlots.kindCount + number(of: plan.kind)
    if aggregateSlots[place] < 0 { aggregateSlots[place] = add(.aggregate(plan)) }
    return expressions[Int(aggregateSlots[place])]
  }

  /// What reads a measure that is no sum over a selection.
  mutating func expression(_ plan: MeasurePlan) -> Expression {
    if let slot = otherSlots[plan] { return expressions[Int(slot)] }
    let slot = add(plan)
    otherSlots[plan] = slot
    return expressions[Int(slot)]
  }

  private mutating func add(_ plan: MeasurePlan) -> Int32 {
    let slot = Int32(plans.count)
    plans.append(plan)
    expressions.append(.measure(slot))
    return slot
  }

  private func number(of kind: AggregatePlan.Kind) -> Int {
    switch kind {
    case .quantity: 0
    case .kinds: 1
    case .subtotal: 2
    case .cheapestPrice: 3
    case .dearestPrice: 4
    }
  }
}
