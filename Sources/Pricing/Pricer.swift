import LocalTime
import Money

/// Prices one cart under a program; reads nothing else, so the same inputs give the same figures.
///
/// The journey: gates (who, code, schedule, limits, conditions) → choice → stages (items, order,
/// shipping, redeem) → earning → verdicts. Each lives in an extension named after it.
package struct Pricer: ~Copyable {
  let program: Program
  let cart: CartColumns
  let shopper: ShopperFacts
  /// Seconds since 1970.
  let now: Int64

  /// Lines of each selection that has been asked for.
  var selectionLines: [[Int32]?]
  var failedSelections: Set<Int32> = []
  var aggregateValues: [Value?]
  /// The line a `where` is being asked of.
  var lineAtHand: Int32 = 0
  /// What `after discounts` reads: prices as this stage finds them.
  var readingStage = Stage.order

  var runs = RunTable()
  var entries: [DiscountEntry] = []
  /// For each line its latest entry, so that gives of one campaign add up; −1 for none.
  var latestEntries: [Int32] = []
  var shippingDiscount: Int64 = 0
  /// The campaigns of the choice at hand, by campaign.
  var progress: [Int32: CampaignProgress] = [:]
  /// Groups that compete unit by unit and have been decided, in the order of `ownerSets`.
  var resolvedGroups: [Int32] = []
  /// Lists of winners, one campaign per decided group; −1 where nobody won. 0 is the empty list.
  var ownerSets: [[Int32]] = [[]]
  /// Lines whose units the campaign at hand has discounted.
  var touchedLines = Set<Int32>()
  var acceptedLines: [Int32] = []
  var withdrawnLines: [Int32] = []
  /// What the gates found, by campaign.
  var admissions: [Int32: Admission] = [:]
  /// What campaigns come to on their own, as far as that was asked.
  var alonePrices: [Int32: AlonePrice] = [:]
  /// How much has been done so far.
  var work = WorkCount()

  /// A pricer for one cart at one moment.
  package init(program: Program, cart: CartColumns, shopper: ShopperFacts, now: Int64) {
    self.program = program
    self.cart = cart
    self.shopper = shopper
    self.now = now
    selectionLines = Array(repeating: nil, count: program.selections.count)
    aggregateValues = Array(repeating: nil, count: program.aggregates.count)
  }

  /// Prices the cart.
  ///
  /// - Parameter asksEverything: Whether campaigns that wait for a code are answered too.
  package mutating func price(asksEverything: Bool) -> Evaluation {
    var result = Evaluation()
    result.verdicts = Array(repeating: .silent, count: program.campaigns.count)
    var givers: [Int32] = []
    var earners: [Int32] = []
    for campaign in campaignsToAsk(everything: asksEverything) {
      switch admit(campaign) {
      case .refused(let refusal): result.verdicts[Int(campaign)] = .refused(refusal)
      case .admitted(let admission):
        admissions[campaign] = admission
        // A row of tiers that only earns competes with nobody, whatever other rows give.
        let plan = plan(campaign)
        if admission.row.map({ !plan.rows[$0].gives.isEmpty }) ?? plan.gives {
          givers.append(campaign)
        } else {
          earners.append(campaign)
        }
      }
    }
    let choice = choose(among: givers)
    result.isProven = choice.isProven
    let chosen = Set(choice.members)
    for campaign in givers where !chosen.contains(campaign) {
      result.verdicts[Int(campaign)] = .refused(refusalOutsideChoice(campaign))
    }
    _ = priceChoice(choice.members)
    nameWinners(of: choice.members, in: &result)
    redeemBalances(into: &result)
    earn(chosen: choice.members, earners: earners, into: &result)
    settle(choice.members, into: &result)
    explainConditions(in: &result)
    writeLines(into: &result)
    result.work = work
    return result
  }

  /// The campaigns a quote answers, in application order.
  private func campaignsToAsk(everything: Bool) -> [Int32] {
    if everything { return program.applicationOrder.filter { self.plan($0).event == nil } }
    guard !shopper.codes.isEmpty else { return program.codeFree }
    var asked = Set(program.codeFree)
    for code in shopper.codes { asked.formUnion(program.codeIndex[code] ?? []) }
    return program.applicationOrder.filter { asked.contains($0) }
  }

  func plan(_ campaign: Int32) -> CampaignPlan { program.campaigns[Int(campaign)] }
}

/// What the gates found of a campaign that passed them.
struct Admission {
  /// The row that applies; nil while it is to be decided on prices after discounts.
  var row: Int?
  /// Minor units its caps leave; nil without a cap.
  var capLeft: Int64?
  /// Into the shopper's codes.
  var code: Int?
  var remainingUses: Int64?
}

/// What a campaign of the choice at hand has done so far.
struct CampaignProgress {
  var row: Int?
  var given: Int64 = 0
  var shippingGiven: Int64 = 0
  var rounds: Int64 = 0
  /// Rounds, units and gifts that `limit … per order` still allows.
  var roundsLeft: Int64 = .max
  var capLeft: Int64?
  var isCapped = false
  var gifts: [(sku: String, quantity: Int64)] = []
  /// A condition on prices after discounts does not hold.
  var isHeldBack = false
  var hasFailed = false
  var hasDeal = false
}
