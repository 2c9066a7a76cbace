import Money

/// Counts what each campaign of a program looks at; see `ProgramCost` for the figures.
struct CostCensus {
  let program: Program
  /// Campaigns that some quote in the currency at hand asks.
  let priced: [Int]
  /// Steps a line, by campaign: each time it is priced, and once for a cart.
  var stepsPerPricing: [Int]
  var stepsOnce: [Int]
  var cartSteps = 4
  /// Steps a line that begin each pricing.
  var stepsOfPricing = 1
  var sharedSteps = 0
  var sharedCount = 0
  /// How often one choice is priced at most, since effects may fail.
  var passCount = 1
  var selectionUsers: [User]
  var measureUsers: [User]
  /// Selections whose users have changed and are still to be spread.
  var waiting: [Int32] = []
  /// Whether what one campaign did to units may keep another from them.
  var hasClaims = false
  /// Multipliers of each balance.
  var multiplierCounts: [Int]

  /// Who uses something that is computed once for a cart.
  enum User: Equatable {
    case none, several
    case campaign(Int)

    /// Who uses it when this one does too.
    func joined(by other: User) -> User {
      self == .none || self == other ? other : .several
    }
  }

  /// Binary digits of the number of lines.
  static let sorting = Int.bitWidth - Limits.costedLines.leadingZeroBitCount
  static let sharing = 2 + sorting
  static let textTest = 16
  /// Planning a cut of some units and writing it into their lines.
  static let cutting = 8
  /// Parts a line is counted as where one amount leaves its units at different prices.
  static let parts = 4
  /// A look at a line in a round of a bundle, which is priced as an amount of its own.
  static let round = 16

  /// Counts for carts in one currency; nil for those whose currency no campaign names.
  init(_ program: Program, currency: Currency?) {
    self.program = program
    priced = program.gates.indices.filter { index in
      let gate = program.gates[index]
      guard !gate.flags.contains(.runsOnEvent), !program.campaigns[index].isNeverActive else {
        return false
      }
      guard let own = program.campaigns[index].currency else { return true }
      return own == currency
    }
    stepsPerPricing = Array(repeating: 0, count: program.campaigns.count)
    stepsOnce = stepsPerPricing
    selectionUsers = Array(repeating: .none, count: program.selections.count)
    measureUsers = Array(repeating: .none, count: program.measures.count)
    multiplierCounts = Array(repeating: 0, count: program.balances.count)
  }

  /// Whether what it gives hangs on prices after discounts.
  func readsLate(_ campaign: Int) -> Bool {
    program.gates[campaign].flags.contains(.hasLateTests)
  }

  mutating func run() {
    hasClaims = priced.contains { program.gates[$0].flags.contains(.stacksOnItems) }
    for campaign in priced where program.gates[campaign].flags.contains(.earns) {
      program.campaigns[campaign].rows.forEach { row in
        for earn in row.earns {
          if case .times = earn.kind { multiplierCounts[Int(earn.balance)] += 1 }
        }
      }
    }
    // Read where they lie: a copy of each would cost more than what is counted of it.
    let campaigns = program.campaigns
    let plans = campaigns.span
    for campaign in priced where !countPlain(campaign) { count(campaign, plans[campaign]) }
    countBalances()
    countCompetition()
    countPasses()
    spreadUsers()
    charge()
  }
}
