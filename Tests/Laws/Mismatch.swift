import Promo

/// Rules and a cart on which the evaluators differ, as small as dropping parts makes them.
package struct Mismatch: CustomStringConvertible {
  package private(set) var trial: Trial
  package private(set) var visit: Visit
  package private(set) var difference: Difference

  /// Starts from a trial and the cart that showed the difference, and drops what does not matter.
  package init(_ trial: Trial, _ visit: Visit, _ difference: Difference) {
    self.trial = trial
    self.visit = visit
    self.difference = difference
    shrink()
  }

  package var description: String {
    """
    seed \(trial.seed): \(difference)
    \(trial.rules.files.map { "--- \($0.path)\n\($0.text)" }.joined(separator: "\n"))
    --- cart
    \(String(decoding: visit.cart.json(at: visit.at), as: UTF8.self))
    """
  }

  private mutating func shrink() {
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for file in trial.rules.files.indices {
        for campaign in trial.rules.files[file].campaigns.indices.reversed() {
          isSmaller =
            keep { rules, _ in rules.files[file].campaigns.remove(at: campaign) } || isSmaller
        }
      }
      isSmaller = shrinkClauses() || isSmaller
      isSmaller = shrinkCart() || isSmaller
    }
  }

  /// Drops clauses, which stand one a line.
  private mutating func shrinkClauses() -> Bool {
    var isSmaller = false
    for file in trial.rules.files.indices {
      for campaign in trial.rules.files[file].campaigns.indices {
        let lines = trial.rules.files[file].campaigns[campaign].split(separator: "\n")
        for index in lines.indices.dropFirst().dropLast().reversed() {
          isSmaller =
            keep { rules, _ in
              var lines = rules.files[file].campaigns[campaign].split(separator: "\n")
              guard index < lines.count - 1 else { return }
              lines.remove(at: index)
              rules.files[file].campaigns[campaign] = lines.joined(separator: "\n")
            } || isSmaller
        }
      }
    }
    return isSmaller
  }

  private mutating func shrinkCart() -> Bool {
    var isSmaller = false
    for line in visit.cart.lines.indices.reversed() {
      isSmaller = keep { _, cart in cart.lines.remove(at: line) } || isSmaller
    }
    for line in visit.cart.lines.indices {
      let drops: [(inout Cart.Line) -> Void] = [
        { $0.attributes = [:] }, { $0.categories = [] }, { $0.brands = [] }, { $0.tags = [] },
        { $0.name = nil }, { $0.vendor = nil }, { $0.compareAt = nil }, { $0.floor = nil },
        { $0.id = nil }, { $0.quantity = max(1, $0.quantity - 1) }, { $0.isDiscountable = true },
      ]
      for drop in drops {
        isSmaller =
          keep { _, cart in
            if line < cart.lines.count { drop(&cart.lines[line]) }
          } || isSmaller
      }
    }
    let drops: [(inout Cart) -> Void] = [
      { $0.customer = nil }, { $0.customer?.history = [] }, { $0.customer?.redemptions = [] },
      { $0.customer?.attributes = [:] }, { $0.customer?.groups = [] },
      { $0.customer?.balances = [:] }, { $0.customer?.email = nil }, { $0.codes = [] },
      { $0.usage = [:] }, { $0.declined = [] }, { $0.shipping = nil }, { $0.order = Cart.Order() },
      { $0.redeem = [:] }, { $0.pay = [:] }, { $0.explain = .all },
    ]
    for drop in drops { isSmaller = keep { _, cart in drop(&cart) } || isSmaller }
    return isSmaller
  }

  /// Takes a change if the evaluators still differ after it.
  private mutating func keep(_ change: (inout RuleText, inout Cart) -> Void) -> Bool {
    var rules = trial.rules
    var visit = visit
    change(&rules, &visit.cart)
    guard rules.sources != trial.rules.sources || visit.cart != self.visit.cart,
      let smaller = Trial(seed: trial.seed, rules: rules, visits: [visit]),
      let difference = smaller.difference(on: visit), difference.kind == self.difference.kind
    else { return false }
    trial = smaller
    self.visit = visit
    self.difference = difference
    return true
  }
}
